"""Changed certificates: the checker accepts one only if the oracle confirms what it then says."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.certificates.envelope import certificate_text
from exactdyn.documents import load_example
from exactdyn.statements.theorem import check
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.run import Run
from proofs_checks import HYPOTHESES, STATEMENTS
from tests.amounts import amount
from tests.example_files import RATIONAL_NAMES
from tests.judges.oracle import confirms
from tests.judges.reference import System
from tests.mutations import Edit, edits, edits_at, fate, places, with_one_claim, words_in
from tests.random_systems import EXTREMES, extreme_system, merging_system
from tests.strategies import runs
from tests.valid_certificates import VALID

HERE = Path(__file__).parents[1]
PROGRAM = "balanced-brackets"
"""It takes the oracle seconds and has thousands of places: its fields are changed in smaller systems."""

NAMES = [*(name for name in RATIONAL_NAMES if name != PROGRAM), *VALID]

LAYERS = 3
"""Enough for every kind of claim in the examples; longer runs of the mutants would only take longer."""

SMALL = 8
"""Up to this many tokens many places are changed, or all with ``--thorough``; above, a sample of a few."""

SMALL_NAMES = [name for name in NAMES if name in VALID or load_example(name).shape[0] <= SMALL]

WORDS = words_in(list(VALID.values())) | HYPOTHESES.keys() | STATEMENTS.keys()
"""Names, verdicts, scopes and lemmas: the valid files use every one of them."""

ORDERED = sorted(WORDS)


def original(name: str) -> Any:
    if name in VALID:
        return VALID[name]
    return json.loads(certificate_text(check(load_example(name).run(LAYERS)).certificate))


def one_edit_a_place(document: Any, random: Random, most: int | None = None) -> list[Edit]:
    found = list(places(document))
    chosen = found if most is None else random.sample(found, min(most, len(found)))
    return [random.choice(list(edits_at(path, value, ORDERED))) for path, value in chosen]


def every_edit(document: Any) -> Iterator[Any]:
    for part in (document, *with_one_claim(document)):
        for edit in edits(part, WORDS):
            yield edit.apply(part)


def drawn_edits(document: Any, random: Random) -> Iterator[Any]:
    # One change at many places; again for each claim alone, lest a bad claim hide what is said of others.
    # The system changes in the same way for all of them: the oracle runs each once.
    small = len(document["system"]["tokens"]) <= SMALL
    most = amount(15, 10**9) if small else 3
    system = {"system": document["system"]}
    of_systems = {edit.path: edit for edit in one_edit_a_place(system, random) if edit.path}
    for part in (document, *with_one_claim(document)):
        for edit in one_edit_a_place(part, random, most):
            yield of_systems.get(edit.path, edit).apply(part)


def sampled(mutants: list[Any], random: Random) -> list[Any]:
    # Beside one change at every place, many anywhere.
    return random.sample(mutants, amount(300, len(mutants)))


def drawn_pairs_of_edits(document: Any, random: Random) -> Iterator[Any]:
    for part in with_one_claim(document):
        for first in one_edit_a_place(part, random, 2):
            once = first.apply(part)
            yield one_edit_a_place(once, random, 1)[0].apply(once)


def judged(mutants: Iterable[Any]) -> Counter[str]:
    """Count what becomes of mutants, and fail where the checker and the oracle do not agree."""
    counts: Counter[str] = Counter()
    for mutant in mutants:
        text, outcome = json.dumps(mutant), fate(mutant)
        assert confirms(json.loads(text)) == (outcome == "accepted"), f"{outcome}: {text}"
        counts[outcome] += 1
    print(dict(counts))
    return counts


@pytest.mark.parametrize("name", [*NAMES, PROGRAM])
def test_an_unchanged_certificate_is_accepted_and_confirmed(name: str) -> None:
    assert judged([original(name)]) == {"accepted": 1}


@pytest.mark.parametrize("name", NAMES)
def test_no_change_at_any_place_slips_through(name: str) -> None:
    counts = judged(drawn_edits(original(name), Random(name)))
    assert counts["RejectedError"] + counts["MalformedError"] > counts["accepted"] / 2


@pytest.mark.parametrize("name", NAMES)
def test_no_pair_of_changes_slips_through(name: str) -> None:
    counts = judged(drawn_pairs_of_edits(original(name), Random(name)))
    assert counts["RejectedError"] + counts["MalformedError"] > 0


@given(runs(), st.data())
def test_no_change_of_a_random_certificate_slips_through(run: Run, data: st.DataObject) -> None:
    document = json.loads(certificate_text(check(run).certificate))
    part = data.draw(st.sampled_from([document, *with_one_claim(document)]))
    edit = data.draw(st.sampled_from(list(edits(part, WORDS))))
    assert judged([part, edit.apply(part)])["accepted"] >= 1


def certified(given: System) -> Any:
    run = Hardmax(given.A, given.alpha).run(given.tokens, LAYERS)
    return json.loads(certificate_text(check(run).certificate))


@pytest.mark.parametrize("make", [merging_system, extreme_system])
@pytest.mark.parametrize("seed", range(len(EXTREMES)))
def test_no_change_slips_through_where_tokens_meet_or_something_is_extreme(
    make: Callable[[int], System], seed: int
) -> None:
    document, random = certified(make(seed)), Random(seed)
    assert judged([document])["accepted"] == 1
    drawn = [(part, one_edit_a_place(part, random, 3)) for part in with_one_claim(document)]
    assert judged(edit.apply(part) for part, ways in drawn for edit in ways).total() > 20


@pytest.mark.slow
@pytest.mark.parametrize("make", [merging_system, extreme_system])
@pytest.mark.parametrize("seed", range(100, amount(104, 150)))
def test_none_of_many_changes_slips_through_where_tokens_meet_or_something_is_extreme(
    make: Callable[[int], System], seed: int
) -> None:
    assert judged(drawn_edits(certified(make(seed)), Random(seed)))["RejectedError"] > 0


@pytest.mark.parametrize(
    ("name", "tau", "heads"),
    [
        ("distinctness-preserved", {"listed": ["-1", "1/2"]}, [{"A": [[["1"]]]}] * 2),
        ("norm-growth", {"listed": ["1/2"]}, [{"A": [[["1"]]]}, {"A": [[["-1"]]]}]),
    ],
)
def test_of_a_single_token_nothing_is_said_where_no_step_or_no_matrix_exists(
    name: str, tau: Any, heads: Any
) -> None:
    claim = {"claim": name, "verdict": "holds", "scope": "layers 0..2"}
    system = {"tokens": [["3"]], "tau": tau, "heads": heads}
    stated = {"format": "exactdyn certificate", "version": 2, "system": system, "layers": 2}
    assert judged([{**stated, "claims": [claim]}]) == {"RejectedError": 1}


def test_thousands_of_changes_are_tried() -> None:
    produced = {name: sum(1 for _ in drawn_edits(original(name), Random(name))) for name in NAMES}
    assert min(produced.values()) > 10
    assert sum(produced.values()) > 2500


@pytest.mark.slow
@pytest.mark.parametrize("name", SMALL_NAMES)
def test_none_of_the_changes_anywhere_slips_through(name: str) -> None:
    assert judged(sampled(list(every_edit(original(name))), Random(name)))["RejectedError"] > 0


def test_the_oracle_shares_no_code_with_what_it_judges() -> None:
    modules = sorted(path.stem for path in (HERE / "judges" / "oracle").glob("[a-z]*.py"))
    command = f"import sys; from tests.judges.oracle import {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", command], cwd=HERE.parent, text=True, capture_output=True, check=True
    )
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert "tests" in loaded
    assert not loaded & {"proofs_checks", "exactdyn"}
