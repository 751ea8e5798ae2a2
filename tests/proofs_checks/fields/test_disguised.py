"""Rational certificates whose numbers are written as those of a field have the fate that they had.

Every rule of the checker is in some of them, so no rule asks of numbers what numbers of a field do not have:
a hash, a numerator that is an int, a float.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from proofs_checks import MalformedError, RejectedError, TooMuchWorkError, verify
from tests.disguised import ROOT_OF_2, disguised

CERTIFICATES = Path(__file__).parents[2] / "certificates"
OTHER_FIELDS = {
    "a field of degree 3": {"polynomial": [-2, 0, 0, 1], "interval": ["1", "2"]},
    "a reducible polynomial": {"polynomial": [6, 0, -5, 0, 1], "interval": ["4/3", "3/2"]},
}


def documents(kind: str) -> dict[str, Any]:
    read = {path.stem: json.loads(path.read_text()) for path in sorted((CERTIFICATES / kind).glob("*.json"))}
    return {
        name: document
        for name, document in read.items()
        if document["format"] == "exactdyn certificate" and document["version"] < 3 and "system" in document
    }


def fate(document: Any) -> str:
    try:
        verify(json.dumps(document))
    except (MalformedError, RejectedError, TooMuchWorkError) as error:
        return f"{type(error).__name__}: {error}"
    return "accepted"


@pytest.mark.parametrize("kind", ["valid", "invalid"])
def test_a_rational_certificate_in_disguise_has_its_fate(kind: str) -> None:
    found = documents(kind)
    assert len(found) > 80
    assert {name: fate(disguised(own)) for name, own in found.items()} == {
        name: fate(own) for name, own in found.items()
    }


@pytest.mark.parametrize("field", OTHER_FIELDS.values(), ids=list(OTHER_FIELDS))
def test_so_it_has_in_any_field(field: Any) -> None:
    for own in list(documents("valid").values())[::4]:
        assert fate(disguised(own, field)) == "accepted"


def test_numbers_are_disguised() -> None:
    hidden = json.dumps([disguised(own) for own in documents("valid").values()])
    assert hidden.count('", "0"]') > 1000 and json.dumps(ROOT_OF_2) in hidden
