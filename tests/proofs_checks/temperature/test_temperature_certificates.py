"""Temperature certificates: what the checker accepts is true of the softmax run, which an oracle encloses."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from contextlib import suppress
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import pytest

from exactdyn import Hardmax
from exactdyn.softmax.temperature.bounds import certificate_data
from proofs_checks import RejectedError, TooMuchWorkError, verify
from proofs_checks.format.rationals import write_rational
from proofs_checks.format.reading import Field
from proofs_checks.hardmax import run as checked_run
from proofs_checks.temperature import certificate as temperature
from proofs_checks.temperature.comparison import Comparison
from proofs_checks.temperature.step import Step
from tests.amounts import amount
from tests.command import inside, python
from tests.judges.oracle.temperature import confirms
from tests.judges.reference import system
from tests.merging_systems import LAYERS, Case, edge_case, merging_case
from tests.mutations import edits, fate, nudges, words_in
from tests.random_layers import general_case

ROOT = Path(__file__).parents[3]
INVALID = sorted((Path(__file__).parents[2] / "certificates" / "invalid").glob("softmax-by-*.json"))


def test_the_oracle_shares_no_code_with_the_checker_nor_with_the_library():
    waiting, seen = ["tests.judges.oracle.temperature"], set()
    while waiting:
        name = waiting.pop()
        assert name.split(".")[0] not in ("exactdyn", "proofs_checks"), seen
        path = ROOT.joinpath(*name.split(".")).with_suffix(".py")
        if name not in seen and path.exists():
            text = path.read_text(encoding="utf-8")
            waiting += re.findall(r"^\s*(?:from|import) ([\w.]+)", text, re.MULTILINE)
        seen.add(name)
    assert {"tests.judges.oracle.heads", "flint"} <= seen


def document(case: Case, errors: Any) -> Any:
    given = case.system
    return {
        "format": "exactdyn temperature certificate",
        "version": 1,
        "system": {
            "A": [[write_rational(x) for x in row] for row in given.A],
            "alpha": write_rational(given.alpha),
            "tokens": [[write_rational(x) for x in token] for token in given.tokens],
        },
        "temperature": write_rational(case.temperature),
        "errors": [[write_rational(x) for x in own] for own in errors],
    }


def tightest(case: Case, layers: int = LAYERS) -> Any:
    """The certificate of the smallest bounds that the checker accepts, layer by layer."""
    return tightened(document(case, [[Fraction(0)] * len(case.system.tokens)]), layers)


def tightened(certificate: Any, layers: int) -> Any:
    """A certificate of the same system with the smallest bounds that the checker accepts."""
    read = temperature.read(Field(certificate, "certificate"))
    comparison = Comparison(read.system, read.temperature)
    run = checked_run.Run(comparison.system, layers)
    errors, limit = [(Fraction(0),) * len(read.system.tokens)], comparison.diameter
    for layer in range(layers):
        step = Step(comparison, layer, run[layer], comparison.errors(errors[-1], limit))
        limit = limit if limit is not None and comparison.move(layer).convex else None
        after = {i: step.after(i) if limit is None else min(step.after(i), limit) for i in comparison.copies}
        errors.append(tuple(after[i] for i in comparison.lowest))
    return certificate | {"errors": [[write_rational(x) for x in own] for own in errors]}


def produced(case: Case, layers: int = LAYERS) -> Any:
    run = Hardmax(case.system.A, case.system.alpha).run(case.system.tokens, layers)
    return json.loads(json.dumps(certificate_data(run, case.temperature)))


def assert_true(certificate: Any) -> None:
    """The checker accepts it, the oracle finds it true."""
    verify(json.dumps(certificate))
    assert confirms(certificate), json.dumps(certificate)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_a_softmax_run_in_which_tokens_that_met_are_taken_for_copies_is_rejected(path):
    text = path.read_text(encoding="utf-8")
    assert not confirms(json.loads(text))
    with pytest.raises(RejectedError, match="the bound is not proved"):
        verify(text)


@pytest.mark.parametrize("seed", range(amount(60, 150)))
def test_the_smallest_bounds_accepted_of_a_merging_system_are_true(seed):
    assert_true(tightest(merging_case(seed)))


@pytest.mark.parametrize("seed", range(amount(25, 50)))
def test_the_smallest_bounds_accepted_of_an_edge_system_are_true(seed):
    assert_true(tightest(edge_case(seed)))


@pytest.mark.slow
def test_the_smallest_bounds_accepted_of_thousands_of_merging_systems_are_true():
    for seed in range(1000, amount(3001, 10_001)):
        assert_true(tightest(merging_case(seed)))


def general_tightest(seed: int, layers: int = 2) -> Any:
    """The smallest bounds that are accepted of a system of any kind; None where a layer has no step."""
    with suppress(RejectedError):
        return tightened(general_case(seed), layers)
    return None


@pytest.mark.parametrize("seed", range(amount(60, 300)))
def test_the_smallest_bounds_accepted_of_a_system_of_any_kind_are_true(seed):
    certificate = general_tightest(seed)
    if certificate is not None:
        assert_true(certificate)


@pytest.mark.slow
def test_the_smallest_bounds_accepted_of_thousands_of_systems_of_any_kind_are_true():
    for seed in range(1000, amount(3000, 10_000)):
        certificate = general_tightest(seed, 3)
        if certificate is not None:
            assert_true(certificate)


def test_a_certificate_of_masks_and_heads_says_what_they_are(tmp_path):
    path = tmp_path / "heads.json"
    path.write_text(json.dumps(tightened(general_case(1), 1)), encoding="utf-8")
    done = python("-m", "proofs_checks", path)
    assert done.returncode == 0
    assert "  tau = 1/2" in done.stdout and "  head 1: A = " in done.stdout


@pytest.mark.parametrize("seed", range(amount(20, 40)))
def test_what_is_written_of_a_merging_system_is_accepted_and_true(seed):
    assert_true(produced(merging_case(seed)))


@pytest.mark.parametrize("seed", range(amount(20, 40)))
def test_what_is_written_of_an_edge_system_is_accepted_and_true(seed):
    assert_true(produced(edge_case(seed)))


@pytest.mark.parametrize("seed", range(amount(15, 30)))
def test_a_bound_for_a_temperature_is_a_bound_for_every_smaller_one(seed):
    case = merging_case(seed)
    for cooler in ("999/1000", "1/3", "1/10000000000"):
        colder = write_rational(case.temperature * Fraction(cooler))
        verify(json.dumps(tightest(case) | {"temperature": colder}))


HUGE = Fraction(2**20_000 + 1, 3)
"""A number of 6,020 digits: more than Python turns into decimals."""


@pytest.mark.parametrize(
    "case",
    [
        Case(system([[1]], 1, [[HUGE], [0]]), Fraction(1)),
        Case(system([[1]], 1, [[1 / HUGE], [0]]), Fraction(1)),
        Case(system([[1]], HUGE, [[1], [0]]), Fraction(1)),
        Case(system([[1]], 1, [[1], [0]]), HUGE),
        Case(system([[1]], 1, [[1], [0]]), 1 / HUGE),
        Case(system([[HUGE]], 1, [[1], ["1/2"]]), Fraction(1)),
    ],
)
def test_numbers_of_thousands_of_digits_are_checked_and_shown(case, tmp_path):
    path = tmp_path / "long.json"
    path.write_text(json.dumps(produced(case, 2)), encoding="utf-8")
    assert confirms(json.loads(path.read_text(encoding="utf-8")))
    for done in python("-m", "proofs_checks", path), inside("verify", path):
        assert (done.returncode, done.stderr) == (0, "")
        assert "softmax of any temperature up to" in done.stdout


@pytest.mark.parametrize(
    ("tokens", "bounds"),
    [([["1"]], ["0"]), ([["1"], ["1"]], ["0", "0"]), ([["1"], ["1/2"]], ["1/2", "7"])],
    ids=["one token", "copies", "bounds beyond the diameter"],
)
def test_ten_thousand_layers_of_which_nothing_is_claimed_are_read_at_once(tokens, bounds):
    zero = ["0"] * len(tokens)
    given = {"A": [["1"]], "alpha": "1/3", "tokens": tokens}
    head = {"format": "exactdyn temperature certificate", "version": 1, "system": given, "temperature": "1"}
    start = time.process_time()
    verify(json.dumps(head | {"errors": [zero, *[bounds] * 10_000]}))
    assert time.process_time() - start < 2


@pytest.mark.slow
def test_ten_thousand_layers_of_growing_numbers_are_refused_soon_or_checked_by_the_patient():
    given = {"A": [["0"]], "alpha": "1/3", "tokens": [["1"], ["1/2"], ["1/7"]]}
    head = {"format": "exactdyn temperature certificate", "version": 1, "system": given, "temperature": "1"}
    text = json.dumps(head | {"errors": [["0", "0", "0"]] * 10_001})
    start = time.process_time()
    with suppress(TooMuchWorkError):
        verify(text)
    assert time.process_time() - start < 10
    assert verify(text, patient=True).layers == 10_000


def judged(certificate: Any, random: Random, count: int) -> Counter[str]:
    """Change one or two places, as often, and count what becomes of it; what is accepted must be true."""
    words, counts = words_in(certificate), Counter()
    for _ in range(count):
        mutant = certificate
        for _ in range(random.choice((1, 1, 2))):
            if isinstance(mutant, dict):
                ways = sorted([*edits(mutant, words), *nudges(mutant)], key=lambda edit: str(edit.path))
                places = [list(own) for _, own in groupby(ways, key=lambda edit: edit.path)]
                mutant = random.choice(random.choice(places)).apply(mutant)
        outcome = fate(mutant)
        assert outcome != "accepted" or confirms(json.loads(json.dumps(mutant))), json.dumps(mutant)
        counts[outcome] += 1
    return counts


def test_no_change_of_a_certificate_of_a_system_of_any_kind_slips_through():
    counts: Counter[str] = Counter()
    for seed in range(amount(16, 100)):
        certificate = general_tightest(seed)
        if certificate is not None:
            counts += judged(certificate, Random(f"mutations of any kind {seed}"), 20)
    assert min(counts[fate] for fate in ("accepted", "RejectedError", "MalformedError")) > 10


def mutated(seeds: range) -> Counter[str]:
    counts: Counter[str] = Counter()
    for seed in seeds:
        certificate = tightest(merging_case(seed))
        counts += judged(certificate, Random(f"mutations {seed}"), 20)
    assert min(counts[fate] for fate in ("accepted", "RejectedError", "MalformedError")) > len(seeds)
    return counts


def test_no_change_of_a_certificate_of_a_merging_system_slips_through():
    mutated(range(amount(12, 25)))


@pytest.mark.slow
def test_none_of_thousands_of_changes_of_certificates_of_merging_systems_slips_through():
    seeds = range(1000, amount(1100, 2000))
    assert mutated(seeds).total() == 20 * len(seeds)
