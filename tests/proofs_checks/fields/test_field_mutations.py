"""Changed certificates over number fields: the checker accepts one only if the judge confirms what it says.

The judge (``tests/judges/oracle/real.py``) computes in the field of the irreducible factor that has the root,
with balls of 700 bits. What the checker accepts is true; where it rejects something true, it says why: a
polynomial that can be factored has numbers that it does not tell from 0.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flint import fmpq, fmpq_poly, fmpz_poly

from exactdyn.certificates.envelope import certificate_text
from exactdyn.statements.theorem import check
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import HYPOTHESES, STATEMENTS, MalformedError, RejectedError, verify
from tests.amounts import amount
from tests.judges.oracle import confirms
from tests.judges.oracle.reading import UnconfirmedError, field_of
from tests.mutations import Edit, edits, places, with_one_claim, words_in
from tests.polygons import polygon, rotation

VALID = sorted((Path(__file__).parents[2] / "certificates" / "valid").glob("number-field-*.json"))
NAMES = [*(path.stem for path in VALID), *(f"{n}-gon" for n in (3, 5, 8))]
NOT_TOLD = "system.field: a number other than 0 is not told from 0"
NO_INVERSE = "system.field: requires a divisor that has an inverse"


@cache
def original(name: str) -> Any:
    if name.endswith("-gon"):
        n = int(name.partition("-")[0])
        return json.loads(
            certificate_text(check(Hardmax(rotation(n), alpha=1).run(polygon(n), layers=2)).certificate)
        )
    return json.loads(next(path for path in VALID if path.stem == name).read_text())


WORDS = words_in([json.loads(path.read_text()) for path in VALID]) | HYPOTHESES.keys() | STATEMENTS.keys()


ADDED = ([-2, 0, 1], [-3, 0, 1], [0, 1], [0, 0, 1], [0, 0, 0, 1], [-2, 0, 0, 1], [6, 0, -5, 0, 1])
"""Vectors, of which some are 0 for the root of some of the polynomials."""


def fate(document: Any) -> str:
    try:
        verify(json.dumps(document))
    except RejectedError as error:
        return str(error) if str(error) in (NOT_TOLD, NO_INVERSE) else "RejectedError"
    except MalformedError:
        return "MalformedError"
    return "accepted"


def can_be_factored(document: Any) -> bool:
    polynomial = fmpz_poly(document["system"]["field"]["polynomial"])
    return sum(power for _, power in polynomial.factor()[1]) > 1


def judged(mutant: Any) -> str:
    """Return what becomes of a mutant, and fail where the checker and the judge do not agree."""
    outcome, true = fate(mutant), confirms(json.loads(json.dumps(mutant)))
    if outcome in (NOT_TOLD, NO_INVERSE):
        assert can_be_factored(mutant), json.dumps(mutant)
        return "true, not told" if true else "false, not told"
    assert true == (outcome == "accepted"), f"{outcome}: {json.dumps(mutant)}"
    return outcome


def any_edit(document: Any, random: Random) -> Any:
    """Change one place, in any way that is tried of such a place."""
    spots = list(places(document))
    path, value = random.choice(spots)
    ways = list(edits(value, WORDS))
    own = [way for way in ways if way.path == ()]
    return Edit(path, random.choice(own).value).apply(document) if own else document


def another_representation(document: Any, random: Random) -> Any:
    """Make the polynomial one that can be factored, with the same root: numbers stay as they are written."""
    field = document["system"]["field"]
    factor = random.choice([[1, 0, 1], [7, 1], [-3, 0, 1], [1, 1, 1], [-2, 0, 1], [-1, -1, 1]])
    product = fmpz_poly(field["polynomial"]) * fmpz_poly(factor)
    changed = {
        "polynomial": [int(g) for g in product.coeffs()],
        "interval": nearer(field, random.choice([0, 12])),
    }
    return document | {"system": document["system"] | {"field": changed}}


def nearer(field: Any, halvings: int) -> list[Any]:
    """Return ends closer to the root, where the derivative of a product is more likely seen not to be 0."""
    low, high = map(Fraction, field["interval"])
    polynomial = fmpq_poly(field["polynomial"])
    for _ in range(halvings):
        middle = (low + high) / 2
        values = [polynomial(fmpq(end.numerator, end.denominator)) for end in (low, middle)]
        low, high = (low, middle) if values[0] * values[1] < 0 else (middle, high)
    return [str(low), str(high)]


def other_vector(document: Any, random: Random) -> Any:
    """Add to a number a multiple of the original polynomial, if there is room, or of another small vector."""
    spots = [
        (path, value)
        for path, value in places(document)
        if isinstance(value, list) and value and all(isinstance(x, str) for x in value)
    ]
    if not spots:
        return document
    path, value = random.choice(spots)
    degree = len(document["system"]["field"]["polynomial"]) - 1
    added = random.choice(
        [[-2, 0, 1], [-3, 0, 1], [0, 1], [0, 0, 1], [0, 0, 0, 1], [-2, 0, 0, 1], [6, 0, -5, 0, 1]]
    )
    size = max(len(value), len(added))
    pairs = zip([*value, *["0"] * (size - len(value))], [*added, *[0] * (size - len(added))], strict=True)
    changed = [x if not a else f"{a}" if x == "0" else x for x, a in pairs]
    return Edit(path, changed[: degree + 1]).apply(document)


CHANGES: list[Callable[[Any, Random], Any]] = [
    any_edit,
    any_edit,
    any_edit,
    any_edit,
    another_representation,
    other_vector,
]


def has_a_field(document: Any) -> bool:
    try:
        field_of(document["system"]["field"])
    except (UnconfirmedError, KeyError, TypeError):
        return False
    return True


def mutants(name: str, random: Random) -> Iterator[Any]:
    whole = original(name)
    parts = [whole, *with_one_claim(whole), *with_one_claim(whole)]
    while True:
        document = random.choice(parts)
        for _ in range(random.choice([1, 1, 2])):
            document = random.choice(CHANGES)(document, random)
            if not has_a_field(document):
                break
        yield document


def tried(name: str, count: int) -> Counter[str]:
    random, counts = Random(name), Counter[str]()
    made = mutants(name, random)
    for _ in range(count):
        counts[judged(next(made))] += 1
    print(name, dict(counts))
    return counts


@pytest.mark.parametrize("name", NAMES)
def test_an_unchanged_certificate_over_a_field_is_confirmed(name: str) -> None:
    assert judged(original(name)) == "accepted"


def test_few_changes_of_certificates_over_fields_do_not_slip_through() -> None:
    counts = sum((tried(name, 12) for name in NAMES), Counter[str]())
    assert counts["RejectedError"] > 40 and counts["MalformedError"] > 40 and counts["accepted"] > 10


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_many_changes_of_certificates_over_fields_do_not_slip_through(name: str) -> None:
    counts = tried(name, amount(100, 1000))
    assert counts["RejectedError"] > amount(10, 20)
