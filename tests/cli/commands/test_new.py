"""``exactdyn new``, as users run it."""

import json

import pytest

from exactdyn.documents.builtin import TEMPLATES, template_text
from tests.command import assert_refused, inside, printed


@pytest.mark.parametrize("kind", TEMPLATES)
def test_what_new_writes_runs_as_it_is(tmp_path, kind):
    (tmp_path / "mine.toml").write_text("what stood there before")
    made = inside("new", kind, "-o", "mine.toml", folder=tmp_path)
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    assert (tmp_path / "mine.toml").read_text() == template_text(kind)
    softmax = ["softmax", "mine.toml", "--until", "1/8"]
    commands = {"softmax": softmax, "softmax-steps": softmax, "parameter": ["cells", "mine.toml"]}
    ran = inside(*commands.get(kind, ["run", "mine.toml"]), folder=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.toml"]


def test_new_prints_where_no_file_is_named_and_its_help_lists_the_kinds():
    assert printed("new", "mask") == template_text("mask")
    assert json.loads(printed("new", "mask", "--json")) == {"kind": "mask", "text": template_text("mask")}
    shown = " ".join(printed("new", "--help").split())
    assert all(kind in shown for kind in TEMPLATES)


def test_new_refuses_another_kind_and_another_ending_and_writes_nothing(tmp_path):
    assert_refused(inside("new", "window", folder=tmp_path), "KIND", "hardmax, schedule", "'window'")
    refused = inside("new", "mask", "-o", "mine.json", folder=tmp_path)
    assert_refused(refused, "mine.json", "requires a name that ends in .toml")
    assert_refused(inside("new", "mask", "-o", "missing/mine.toml", folder=tmp_path), "missing/mine.toml")
    assert not list(tmp_path.iterdir())


def test_new_with_json_says_where_it_wrote(tmp_path):
    said = json.loads(printed("new", "heads", "-o", "mine.toml", "--json", folder=tmp_path))
    assert said == {"kind": "heads", "file": "mine.toml"}
