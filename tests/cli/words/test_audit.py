"""An audit as a table says what its data say."""

from exactdyn.cli.commands.audit import audit_data
from exactdyn.cli.words.audit import audit_table
from exactdyn.sentiment.audit.audit import run_audit
from exactdyn.sentiment.model.load import load_model, load_reviews


def test_accuracy_limits_and_leading_words_are_in_the_table():
    model = load_model("handmade")
    data = audit_data(run_audit(model, load_reviews("handmade", model), processes=1)) | {"texts": None}
    text = audit_table(data)
    assert f"proved for {data['limits']['proved']} of {data['reviews']}" in text
    for word, count in data["top_leaders"][:2]:
        assert word in text
        assert str(count) in text
