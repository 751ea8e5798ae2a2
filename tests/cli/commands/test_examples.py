"""``exactdyn examples``."""

import json

from exactdyn.documents import example_names, example_text
from tests.command import printed


def test_examples_lists_all_and_shows_one():
    entries = json.loads(printed("examples", "--json"))["examples"]
    assert [entry["name"] for entry in entries] == list(example_names())
    assert all(entry["about"] for entry in entries)
    lines = printed("examples").splitlines()
    assert sorted(line.split()[0] for line in lines if line.startswith("  ") and line[2] != " ") == [
        *example_names()
    ]
    assert sum(line.endswith(":") and line[0] != " " for line in lines) == 4
    assert max(map(len, lines)) <= 110
    assert printed("examples", "sixty", "--show") == example_text("sixty")
    assert json.loads(printed("examples", "sixty", "--show", "--json"))["examples"][0][
        "text"
    ] == example_text("sixty")
