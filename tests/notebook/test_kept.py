"""Answers are kept in files, and read again if the checker accepts what they say."""

import json

import pytest

from exactdyn import (
    Hardmax,
    InputError,
    load,
    run,
    verify,
)
from tests.notebook.every_kind import CERTIFIED, KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_saved_is_loaded_again(answers, kind, tmp_path):
    file = tmp_path / "answer.json"
    answers[kind].save(file)
    again = load(file)
    assert repr(again).startswith("Run(" if kind == "run" else "Kept(")
    assert again.to_dict() == answers[kind].to_dict()
    if kind in CERTIFIED:
        assert again.certificate == json.loads(json.dumps(answers[kind].certificate))
        assert verify(again).verdict == "accepted"


def test_what_was_changed_in_a_file_is_not_loaded(answers, tmp_path):
    file = tmp_path / "check.json"
    answers["check"].save(file)
    document = json.loads(file.read_text())
    document["certificate"]["system"]["alpha"] = "-1/2"
    file.write_text(json.dumps(document))
    with pytest.raises(InputError, match=r"check\.json: certificate: rejected: positive-alpha"):
        load(file)
    file.write_text('{"kind": "Check"}')
    with pytest.raises(InputError, match=r"check\.json: exactdyn: requires what save wrote"):
        load(file)


def test_a_run_over_a_field_and_any_layer_is_kept_as_it_is(tmp_path):
    irrational = run(Hardmax([["sqrt(2)", 0], [0, 1]], "1/2"), 2, tokens=[["sqrt(2)", 1], [0, "1/3"]])
    varying = run(Hardmax(alpha=[1, 2], form="unnormalised"), 3, tokens=[[1], ["1/2"]])
    for found in (irrational, varying):
        found.save(tmp_path / "run.json")
        assert load(tmp_path / "run.json") == found
        assert load(tmp_path / "run.json").tokens(2) == found.tokens(2)
