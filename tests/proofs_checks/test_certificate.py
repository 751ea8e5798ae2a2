"""The checker on certificates that are data (tests/certificates) and on the examples of FORMAT.md."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from exactdyn.limits import limit
from exactdyn.statements.catalogue import QUESTIONS
from exactdyn.statements.theorem import check
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.run import Run
from proofs_checks import HYPOTHESES, STATEMENTS, MalformedError, RejectedError, describe, parse, verify
from proofs_checks.__main__ import read_text
from proofs_checks.format.claims import Claim, read_claim
from proofs_checks.format.reading import Field
from tests.certified_systems import certified_run
from tests.judges import oracle, reference
from tests.judges.oracle import confirms, temperature
from tests.judges.oracle.families import contradiction
from tests.judges.oracle.hypotheses import definite
from tests.judges.oracle.reading import UnconfirmedError
from tests.judges.oracle.world import World, transposed
from tests.judges.reference import form, rational_rows, times
from tests.judges.truth import in_hull
from tests.valid_certificates import FORMAT, json_blocks

CERTIFICATES = Path(__file__).parents[1] / "certificates"
VALID, INVALID, MALFORMED = (
    sorted((CERTIFICATES / kind).glob("*.json")) for kind in ("valid", "invalid", "malformed")
)
SOFTMAX = [path for path in INVALID if path.stem.startswith("softmax-")]
INVALID_RUNS = [path for path in INVALID if path not in SOFTMAX]
RULES, PROOFS = FORMAT.split("\n## Lemmas\n")
LEMMAS = {lemma for judges in oracle.statements.STATEMENTS.values() for lemma in judges.by_lemma}
"""The lemmas that claims name; others are used inside rules, or by the program that runs the dynamics."""

LOOKED_AT = 9
"""So many layers show that what the certificates of version 2 in ``invalid`` claim is false."""

FALSE_BY_HAND = (
    "leader-vertex-claimed-for-a-long-step",
    "leader-vertex-claimed-for-a-negative-step",
)
"""Certificates of theorems whose opposite exactdyn does not prove; a test does."""

INFINITE = (
    "limit-set-claimed-where-it-is-infinite",
    "limit-set-claimed-where-it-is-infinite-by-the-factors-of-another-matrix",
)


def stops_at_once(world: World) -> bool:
    """Layer 0 has no step: there is no layer 1."""
    return world.given.pulls(0) is None


def falls_by_the_first_matrix(world: World) -> bool:
    """There are two matrices, and <Az, z> does not grow for a token that moves, A being the first."""
    A = world.given.heads[0]["A"][0]
    pairs = [pair for k in range(9) for pair in zip(world.state(k), world.state(k + 1), strict=True)]
    return any(here != there and form(A, there) <= form(A, here) for here, there in pairs)


OPPOSITE: dict[str, Callable[[World], bool]] = {
    "attention-settles-where-no-step-exists": stops_at_once,
    "convergence-by-a-finite-sum-after-a-layer-without-a-step": stops_at_once,
    "norm-by-the-lemma-for-heads-of-two-matrices": falls_by_the_first_matrix,
    "convergence-denied-by-growth-that-a-block-stops": lambda world: world.state(8) == world.state(9),
    "convergence-by-a-finite-sum-of-steps-beyond": lambda world: all(
        world.state(k + 1)[0][0] > 2 * world.state(k)[0][0] > 0 for k in range(20)
    ),
    "leader-vertex-by-leading-points-for-a-whole-step": lambda world: (
        world.state(1) == [world.tokens[0]] * world.count
    ),
    "leader-vertex-by-leading-points-for-scores-that-turn": lambda world: all(
        world.attention(k) == [{1}, {0}] for k in range(1, 10)
    ),
    "leaders-persist-on-layers-that-no-step-leads-to": lambda world: world.given.pulls(1) is None,
    "leader-vertex-denied-after-a-leader-is-lost": lambda world: (
        bool(world.leaders()) and world.state(1) == [world.tokens[0]] * world.count
    ),
}
"""Certificates of theorems whose opposite is seen by running the system for some layers."""

ENCLOSED = (
    "limit-set-by-growth-for-steps-of-a-finite-sum",
    "limit-set-claimed-of-targets-that-are-not-reached",
)
"""Certificates of limits that are enclosed."""


def by_name(path: Path) -> str:
    return path.stem


def claims_of(path: Path) -> tuple[Claim, ...]:
    """Return what a certificate claims; where its field is none, only the oracle reads that far."""
    text = read_text(path)
    try:
        return parse(text).claims
    except RejectedError as error:
        assert str(error).startswith("system.field: requires ")
        return tuple(read_claim(Field(claim, "claims")) for claim in json.loads(text)["claims"])


def sections(text: str) -> dict[str, str]:
    """Return the sections under the headings of the third level, by the first word of the heading."""
    parts = re.split(r"^### ", text, flags=re.MULTILINE)[1:]
    return {part.split()[0]: part for part in parts}


@pytest.mark.parametrize("path", VALID, ids=by_name)
def test_a_valid_certificate_is_accepted_and_true(path: Path) -> None:
    text = read_text(path)
    assert verify(text) == parse(text)
    assert confirms(json.loads(text))


@pytest.mark.parametrize("path", INVALID_RUNS, ids=by_name)
def test_a_certificate_of_a_false_theorem_is_well_formed_and_rejected(path: Path) -> None:
    text = read_text(path)
    assert claims_of(path)
    with pytest.raises(RejectedError):
        verify(text)
    assert not confirms(json.loads(text))


@pytest.mark.parametrize("path", SOFTMAX, ids=by_name)
def test_a_false_certificate_of_a_softmax_run_is_well_formed_and_rejected(path: Path) -> None:
    text = read_text(path)
    with pytest.raises(RejectedError):
        verify(text)
    assert not temperature.confirms(json.loads(text))


@pytest.mark.parametrize("path", INVALID_RUNS, ids=by_name)
def test_the_last_claim_of_an_invalid_certificate_is_false(path: Path) -> None:
    document = json.loads(read_text(path))
    if "family" in document:
        assert contradiction(document) is not None
        return
    system, claim = document["system"], document["claims"][-1]
    if document["version"] == 3:
        assert claim["verdict"] not in said_of_a_field(document, claim["claim"])
        return
    if path.stem in OPPOSITE:
        assert OPPOSITE[path.stem](World(system, 9, 2))
        return
    if document["version"] == 2 and claim["claim"] in oracle.statements.BY_DEFINITION:
        assert (claim["verdict"] == "holds") != is_true(document, claim["claim"])
        return
    run = certified_run(system) if document["version"] == 2 else simple_run(document)
    verdicts = check(run).hypotheses | check(run).statements
    verdicts |= {name: record.decide(run) for name, record in QUESTIONS.items()}
    outcome = verdicts[claim["claim"]].outcome
    if path.stem in ENCLOSED:
        # Of the token that stops on its way, the limit that is claimed to be in S is not its target.
        found = limit(run)
        assert found.enclosures is not None and found.enclosures[1][1] < (1,)
        return
    if "product" in claim.get("evidence", ()):
        # The token 1/2 goes to 1, and less or more than what is claimed is left of its way.
        (low,), (high,) = (limit(run).enclosures or ())[1]
        claimed = claim["evidence"]["product"]
        assert 2 * (1 - low) < Fraction(claimed["low"]) or 2 * (1 - high) > Fraction(claimed["high"])
        return
    if path.stem in FALSE_BY_HAND:
        assert (outcome, claim["verdict"]) == ("undecided", "holds")
    elif {outcome, claim["verdict"]} != {"holds", "fails"}:
        # Every token has a limit, as is claimed, but another one.
        assert (outcome, claim["claim"]) == ("holds", "convergence")
        assert limit(run).limits != rational_rows(claim["evidence"]["limits"])


def said_of_a_field(document: Any, name: str) -> set[str]:
    """Return the verdicts that the definition leaves for a claim; none where there is no one root."""
    try:
        world = World(document["system"], LOOKED_AT, 3)
    except UnconfirmedError:
        return set()
    if name == "attention-settles":
        return {"fails" if world.attention(LOOKED_AT) != world.attention(LOOKED_AT + 1) else "holds"}
    by_definition = {
        "symmetric": lambda: transposed(world.A) == world.A,
        "positive-definite": lambda: definite(world),
        "positive-alpha": lambda: all(0 < world.given.tau(k) < 1 for k in range(LOOKED_AT)),
        "nonzero-tokens": lambda: all(map(any, world.tokens)),
        "distinct-tokens": lambda: all(x not in world.tokens[:i] for i, x in enumerate(world.tokens)),
    }
    true = by_definition[name]() if name in by_definition else is_true(document, name)
    return {"holds" if true else "fails"}


def simple_run(document: Any) -> Run:
    system = document["system"]
    return Hardmax(system["A"], system["alpha"]).run(system["tokens"], max(1, document["layers"]))


def is_true(document: Any, name: str) -> bool:
    """Decide a statement by its definition on some more layers than are computed."""
    return oracle.statements.BY_DEFINITION[name](World(document["system"], LOOKED_AT, document["version"]))


@pytest.mark.parametrize("name", INFINITE)
def test_the_limit_set_of_a_segment_in_the_kernel_is_infinite(name: str) -> None:
    # Both ends are limits, so K holds the segment, and <As, .> = 0 there for each of its points s.
    document = json.loads(read_text(CERTIFICATES / "invalid" / f"{name}.json"))
    A, ends = rational_rows(document["system"]["A"]), rational_rows([[-1, 0, 0], [1, 0, 0]])
    run = Hardmax(A, document["system"]["alpha"]).run(document["system"]["tokens"], 0)
    assert set(limit(run).limits or ()) == set(ends)
    assert not any(any(times(A, end)) for end in ends)


@pytest.mark.parametrize("name", FALSE_BY_HAND)
def test_a_vertex_of_hulls_that_grow_has_no_leader(name: str) -> None:
    # The pair goes apart along one line, layer after layer: (1, 0) stays in all hulls, a vertex of the first.
    given = json.loads(read_text(CERTIFICATES / "invalid" / f"{name}.json"))["system"]
    layers = reference.run(reference.system(given["A"], given["alpha"], given["tokens"]), 9)
    corner = rational_rows([[1, 0]])[0]
    assert not in_hull(corner, [token for token in layers[0].tokens if token != corner])
    assert all(in_hull(corner, layer.tokens) for layer in layers)
    assert reference.leaders(layers).keys() == {0, 1}


def test_the_table_names_the_false_theorem_of_every_invalid_certificate() -> None:
    table = (CERTIFICATES / "invalid" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(.+)` \| .+ \|$", table, flags=re.MULTILINE)
    assert rows == sorted(path.stem for path in INVALID)


@pytest.mark.parametrize("path", MALFORMED, ids=by_name)
def test_what_is_no_certificate_is_malformed_and_the_message_is_one_line(path: Path) -> None:
    with pytest.raises(MalformedError) as refusal:
        verify(read_text(path))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("text", json_blocks(FORMAT))
def test_a_certificate_shown_in_the_format_document_is_accepted(text: str) -> None:
    verify(text)
    document = json.loads(text)
    # The oracle follows one system; what a family certificate says has tests of its own.
    assert "family" in document or confirms(document)


@pytest.mark.parametrize("name", [*HYPOTHESES, *STATEMENTS])
def test_the_format_document_shows_a_certificate_of_every_claim(name: str) -> None:
    shown = [parse(text) for text in json_blocks(sections(RULES)[name])]
    assert name in [claim.name for certificate in shown for claim in certificate.claims]


def test_the_format_document_states_every_lemma_with_a_proof() -> None:
    proved = {name for name, text in sections(PROOFS).items() if "\nProof. " in text and "[]" in text}
    inner = {
        "factorisation",
        "lock-in",
        "tie-lock-in",
        "locked-itinerary",
        "locked-by-forms",
        "limit-set",
        "farkas",
        "cases",
    }
    inner |= {"spanned", "eventually-positive", "rest", "infinite-products", "dominant-terms"}
    inner |= {"enclosed-products", "number-field", "heads-as-one", "basin"}
    inner |= {"expanding-recurrence", "spreading-hulls"}
    assert proved == inner | LEMMAS


def test_an_accepted_certificate_is_described_in_words() -> None:
    text = read_text(CERTIFICATES / "valid" / "ten-million-layers-and-an-early-witness.json")
    assert describe(verify(text)) == [
        "3 tokens in dimension 2, layers 0..10000000",
        "  A = (1, -4), (4, 1)",
        "  alpha = 1",
        "  tokens = (1, 0), (0, 1), (-1, -1)",
        "fails norm-growth: <Az, z> never falls, and grows for every token that moves"
        " -- not so: layer 0, token 0, q before 1, q after 1/2",
        "holds leaders-persist: once a leader, always a leader, and at rest"
        " [every layer, lemma leaders-persist]",
    ]
