"""Templates: each is a whole document that runs, and is written as users write it."""

import pytest

from exactdyn import InputError, load_example
from exactdyn.documents.builtin import TEMPLATES, template_text
from exactdyn.documents.uses import FIELDS
from tests.example_files import saved


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_says_what_it_shows_and_comments_its_fields(tmp_path, kind):
    text = template_text(kind)
    example = load_example(saved(tmp_path, "new.toml", text))
    assert example.about
    assert text.count("\n#") >= 2
    if kind not in ("softmax", "softmax-steps", "parameter"):
        assert example.run(3).layers == 3


def test_the_templates_together_state_every_field(tmp_path):
    stated = set()
    for kind in TEMPLATES:
        stated |= load_example(saved(tmp_path, "new.toml", template_text(kind))).stated
    assert stated == set(FIELDS)


def test_another_kind_is_refused_with_the_list_of_kinds():
    with pytest.raises(InputError, match=r"^KIND: requires one of hardmax, schedule, .*, got 'hard'$"):
        template_text("hard")
