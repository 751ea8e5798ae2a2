"""Z3 and cvc5 have the third word on what certificates claim of finitely many layers, and of all matrices."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import cvc5
import pytest
import z3

from exactdyn.certificates.envelope import accepted, certificate_data, certificate_text
from exactdyn.certificates.translations.smt import FAILS, HOLDS, NEXT, smt_script
from exactdyn.errors import InputError
from exactdyn.statements.catalogue import BY_CASES, CATALOGUE, HYPOTHESES
from exactdyn.statements.statement import OnLayers
from proofs_checks import HYPOTHESES as CLAIMED_OF_LAYER_0
from tests.judges.oracle import confirms, world_of
from tests.judges.oracle.families import contradiction
from tests.judges.oracle.statements import BY_DEFINITION
from tests.judges.solvers import answers_of_cvc5, answers_of_z3, expected_answers
from tests.mutations import fate, nudges, with_one_claim
from tests.proofs_checks.test_claims_elsewhere import elsewhere
from tests.random_families import random_certificate
from tests.random_small_runs import random_run
from tests.valid_certificates import FOLDER, FORMAT, VALID, json_blocks

ROOT = Path(__file__).parents[3]
FAMILIES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((FOLDER.parent / "valid-families").glob("*.json"))
} | {
    f"shown-{count}": document
    for count, document in enumerate(map(json.loads, json_blocks(FORMAT)))
    if "family" in document
}
COLLINEAR = {"class": "general", "alpha": "1", "tokens": [["1", "0"], ["2", "0"], ["3", "0"]]}
NEEDS_ITS_EVIDENCE = {"positive-definite", "frank-wolfe-rate"}
"""Of these the script uses numbers of the evidence: where they are wrong, it proves nothing."""

MOVED = sorted(set(HOLDS) - {"positive-definite"})
"""Of a wrong factorisation, where squares do not add up to the form, solvers think long."""

KINDS = 200

Kind: TypeAlias = tuple[str, str]
"""A claim, and whether it holds or fails."""


def judged(document: Any) -> bool | None:
    """Whether both solvers answer as expected, and alike; None: there is nothing finite to be asked about."""
    try:
        script = smt_script(json.dumps(document)).text
    except InputError:
        return None
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return False  # what was changed is no longer there, or has no step
    expected = expected_answers(script)
    assert expected
    try:
        first, second = answers_of_z3(script), answers_of_cvc5(script)
    except (z3.Z3Exception, RuntimeError):
        return False  # a token that there is not
    names = {claim["claim"] for claim in document["claims"]}
    if not names & NEEDS_ITS_EVIDENCE:  # of a wrong factorisation a solver may say that it does not know
        assert first == second, script
        assert "unknown" not in first
    assert (first == expected) == (second == expected), script
    return first == expected


def finite_parts(documents: Iterator[Any]) -> Iterator[tuple[Any, bool]]:
    for document in documents:
        for own in with_one_claim(document):
            verdict = judged(own)
            if verdict is not None:
                yield own, verdict


def test_both_solvers_confirm_every_finite_claim_of_the_valid_certificates() -> None:
    found = Counter[Kind]()
    for document, verdict in finite_parts(iter([*VALID.values(), *FAMILIES.values()])):
        claim = document["claims"][0]
        assert verdict, json.dumps(document)
        found[claim["claim"], claim["verdict"]] += 1
    kinds = {(name, "holds") for name in HOLDS} | {(name, "fails") for name in FAILS}
    assert kinds <= set(found)
    assert {("unrealised", "holds"), ("unrealised", "fails"), ("itineraries", "holds")} <= set(found)


@pytest.mark.slow
def test_both_solvers_confirm_what_the_atlas_claims() -> None:
    files = sorted((ROOT / "docs").rglob("*.json"))
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    certificates = [own for own in documents if own.get("format") == "exactdyn certificate"]
    verdicts = [verdict for _, verdict in finite_parts(iter(certificates))]
    assert len(verdicts) > 100
    assert all(verdicts)


def is_true(document: Any) -> bool | None:
    """Whether the one claim of a document is true, by definition; None where only its evidence is judged."""
    claim = document["claims"][0]
    name = claim["claim"]
    if name in CLAIMED_OF_LAYER_0:
        return None
    world = world_of(json.dumps(document["system"]), document["layers"], document["version"])
    return bool(BY_DEFINITION[name](world)) == (claim["verdict"] == "holds")


def claims_moved(name: str) -> Iterator[Any]:
    """Claims about the systems of other certificates, and with other numbers: true and false ones."""
    yield from elsewhere(name)
    for document in VALID.values():
        for own in with_one_claim(document):
            if own["claims"][0]["claim"] == name:
                yield from (edit.apply(own) for edit in islice(nudges(own), 0, None, 7))


def is_short(document: Any) -> bool:
    """Whether a certificate is well formed, speaks of few layers, and a witness is within them."""
    for claim in document["claims"]:
        witness = claim.get("witness", {})
        later = document["layers"] - (claim["claim"] in NEXT)
        if isinstance(witness.get("layer"), int) and not witness["layer"] <= later:
            return False
    return document["layers"] <= 8 and fate(document) != "MalformedError"


def examine_moved(name: str, largest: int) -> Counter[bool]:
    seen = Counter[bool]()
    moved = list(claims_moved(name))
    for document in filter(is_short, Random(name).sample(moved, len(moved))):
        if seen.total() == largest:
            break
        verdict = judged(document)
        if verdict is None:
            continue
        if confirms(document):
            assert verdict, json.dumps(document)
        elif verdict and name not in NEEDS_ITS_EVIDENCE:
            assert is_true(document) in (True, None), json.dumps(document)
        seen[verdict] += 1
    return seen


@pytest.mark.parametrize("name", MOVED)
def test_of_a_claim_about_another_system_the_solvers_say_what_is_true_there(name: str) -> None:
    assert examine_moved(name, 20)[False]


@pytest.mark.slow
@pytest.mark.parametrize("name", MOVED)
def test_of_many_changed_claims_the_solvers_say_what_is_true(name: str) -> None:
    assert examine_moved(name, 150)[False]


@pytest.mark.parametrize(
    ("entry", "data"),
    [
        ("2", {"verdict": "holds", "evidence": {"lower": [["1", "0"], ["0", "1"]], "diagonal": ["1", "1"]}}),
        (
            "-2",
            {"verdict": "holds", "evidence": {"lower": [["1", "0"], ["2", "1"]], "diagonal": ["1", "-6"]}},
        ),
        ("1/2", {"verdict": "fails", "witness": {"vector": ["1", "-1"], "value": "0"}}),
        ("2", {"verdict": "fails", "witness": {"vector": ["0", "0"], "value": "0"}}),
    ],
)
def test_of_definiteness_no_false_claim_is_confirmed(entry: str, data: Any) -> None:
    system = {"A": [["1", entry], [entry, "1"]], "alpha": "1", "tokens": [["1", "0"]]}
    document = VALID["symmetric-fails"] | {"system": system}
    document |= {"claims": [{"claim": "positive-definite", **data}]}
    assert fate(document) == "RejectedError"
    assert judged(document) is False


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(name for name, own in FAMILIES.items() if judged(own) is not None))
def test_no_solver_confirms_a_changed_claim_about_all_matrices_that_a_matrix_contradicts(name: str) -> None:
    for edit in islice(nudges(FAMILIES[name]), 0, None, 3):
        document = edit.apply(FAMILIES[name])
        if fate(document) == "RejectedError" and contradiction(document) is not None:
            assert judged(document) in (False, None), json.dumps(document)


def test_a_false_claim_about_all_matrices_leaves_a_matrix() -> None:
    """Of the tokens 1, 2, 3 the middle one never leads; of 1, 4, 3 it does."""
    collinear = next(own for own in FAMILIES.values() if own["family"] == COLLINEAR)
    assert judged(collinear)
    changed = json.loads(json.dumps(collinear))
    changed["family"]["tokens"][1] = [str(2 * Fraction(x)) for x in changed["family"]["tokens"][1]]
    assert contradiction(changed) is not None
    assert judged(changed) is False


def test_a_script_denies_the_claim_and_leaves_the_numbers_that_show_it_to_the_solver() -> None:
    document = VALID["hull-shrinkage-fails"]
    script = smt_script(json.dumps(document)).text
    witness = document["claims"][0]["witness"]
    assert "(define-fun score_0_0_0_0 () Real" in script
    assert "(declare-const w_0 Real)" in script
    other = json.loads(json.dumps(document))
    other["claims"][0]["witness"] = witness | {"functional": ["0"] * len(witness["functional"])}
    assert smt_script(json.dumps(other)).text == script


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "number-field-alternation",
            "--smt2: requires rational numbers, got a certificate over a number field",
        ),
        (
            "convergence-holds-by-growth",
            "--smt2: requires claims about finitely many layers, got convergence",
        ),
    ],
)
def test_what_is_not_finite_or_not_rational_is_refused_in_one_line(name: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        smt_script((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert str(error.value) == message


def of_a_run(seed: int, wanted: set[Kind]) -> Iterator[Any]:
    """What is decided of a random run by its layers alone, a certificate for each claim that is wanted."""
    try:
        run = random_run(seed)
    except InputError:  # a layer without a step
        return
    ways = {name: record.decide for name, record in HYPOTHESES.items()}
    decided = {name: record.decided for name, record in CATALOGUE.items()}
    ways |= {name: way.computed for name, way in decided.items() if isinstance(way, OnLayers)}
    for name, decide in ways.items():
        if {(name, "holds"), (name, "fails")} & wanted:
            try:
                verdict = decide(run)
            except InputError:  # the same, at a layer that the run did not need
                continue
            if (name, verdict.outcome) in wanted:
                yield json.loads(accepted(certificate_text(certificate_data(run, {name: verdict}))))


def of_all_matrices(seed: int, wanted: set[Kind]) -> Iterator[Any]:
    """What a search proves about all matrices of a class, of each kind that is wanted."""
    names = [name.removeprefix("all: ") for name, _ in wanted if name.startswith("all: ")]
    for name in sorted(set(names)):
        statement = name if name in BY_CASES else None
        found = random_certificate(seed, seed % 2 == 1, statement)
        if found is not None:
            yield found


def said(document: Any) -> Kind:
    claim = document["claims"][0]
    return ("all: " if "family" in document else "") + claim["claim"], claim["verdict"]


OF_ALL_MATRICES = [
    *((f"all: {name}", "holds") for name in ("unrealised", "itineraries", "hull-shrinkage", "norm-growth")),
    *((f"all: {name}", "holds") for name in ("leaders-persist", "leaders-extreme", "distinctness-preserved")),
    *((f"all: {name}", "holds") for name in ("hull-of-the-seen", "interval-shrinkage")),
    ("all: unrealised", "fails"),
]


@pytest.mark.slow
def test_both_solvers_agree_on_two_hundred_certificates_of_every_finite_kind() -> None:
    wanted = {*((name, "holds") for name in HOLDS), *((name, "fails") for name in FAILS), *OF_ALL_MATRICES}
    counts = Counter[Kind]()
    for seed in range(20_000):
        for document in [*of_a_run(seed, wanted), *of_all_matrices(seed, wanted)]:
            kind, verdict = said(document), judged(document)
            if verdict is not None and counts[kind] < KINDS:
                assert verdict, json.dumps(document)
                counts[kind] += 1
        wanted -= {kind for kind in wanted if counts[kind] == KINDS}
        if not wanted:
            break
    assert {kind: counts[kind] for kind in wanted} == {}


def test_the_installed_solvers_are_two() -> None:
    assert z3.get_version_string() != cvc5.__version__


def test_a_layer_without_a_step_that_no_leaf_needs_is_not_asked_about() -> None:
    """V = -1 and tau = 1/2; no matrix of the family is definite."""
    leaf = {"weights": [], "cuts": [["1", ["1"]]]}
    family = {"class": "positive-definite", "tau": {"listed": ["1/2"]}, "V": [[["-1"]]]}
    family |= {"tokens": [["-2"], ["1"]], "base": [["-1"]], "span": []}
    claim = {"claim": "leaders-extreme", "verdict": "holds", "scope": "layers 0..1"}
    claim |= {"evidence": {"ties": True, "cases": [leaf]}}
    document = {
        "format": "exactdyn certificate",
        "version": 2,
        "family": family,
        "layers": 1,
        "claims": [claim],
    }
    assert fate(document) == "accepted"
    assert judged(document)
