"""The constructors of the development are those that the reader makes claims with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import proofs_checks
from proofs_checks.verified.claims import RULES
from proofs_checks.verified.constructors import require_constructors


def test_the_reader_knows_the_constructors_of_a_claim_with_as_many_arguments_in_their_order() -> None:
    text = (Path(proofs_checks.__file__).parent / "formal" / "Certificates.v").read_text(encoding="utf-8")
    declared = text.split("Inductive claim :=")[1].split(".\n")[0]
    made = [part.strip() for part in re.sub(r"\(\*.*?\*\)", "", declared).split("|")[1:]]
    assert [re.match(r"\w+", part)[0] for part in made] == list(RULES)
    for part in made:
        name, *_ = part.split()
        count = sum(len(group.split()) for group in re.findall(r"\(([\w ]+) :", part))
        doubles = {"two tokens", "two numbers", "factorisation"}
        assert count == sum(1 + (kind in doubles) for kind in RULES[name].members.values()), name


@pytest.mark.parametrize(
    "value", [("Nothing",), ("HullEvery", ("Nothing", 1)), (("HullEvery",), ("hullevery",))]
)
def test_a_name_that_no_constructor_has_is_refused_however_deep(value: Any) -> None:
    require_constructors([("HullEvery",), (("HullEvery", 3),)])
    with pytest.raises(ValueError, match="no constructor of the development"):
        require_constructors([("HullEvery",), value])
