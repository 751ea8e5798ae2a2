"""Short certificates of every kind, made to hurt: none takes more than 10 s or 500 MB."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.amounts import amount
from tests.small_certificates import LONGEST, OVER_FIELDS, certificate

SECONDS = 10
ENDINGS = {"accepted", "RejectedError", "MalformedError", "TooMuchWorkError"}
REFUSED_OR_TESTED = {
    125: "a period of ten million layers at rest is looked at once, for attention-settles too",
    339: "a layer of one-dimensional tokens costs more than its arithmetic",
    441: "the same with numbers of sixty digits",
}
"""Seeds that took more than 8 s before what is said here was true."""


def fates(first: int, last: int) -> list[tuple[int, str, float]]:
    command = [sys.executable, "-m", "tests.small_certificates", str(first), str(last)]
    root = Path(__file__).parents[1].parent
    done = subprocess.run(command, capture_output=True, text=True, timeout=3600, check=False, cwd=root)
    assert (done.returncode, done.stderr) == (0, "")
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def assert_bounded(found: list[tuple[int, str, float]]) -> None:
    assert [(seed, fate) for seed, fate, _ in found if fate not in ENDINGS] == []
    assert [(seed, seconds) for seed, _, seconds in found if seconds > SECONDS] == []


def test_fifty_small_certificates_end_soon() -> None:
    found = fates(0, 50)
    assert_bounded(found)
    assert {fate for _, fate, _ in found} == ENDINGS


def test_small_certificates_over_number_fields_end_soon() -> None:
    found = fates(OVER_FIELDS, OVER_FIELDS + 20)
    assert_bounded(found)
    assert {"accepted", "RejectedError", "TooMuchWorkError"} <= {fate for _, fate, _ in found}


@pytest.mark.slow
def test_hundreds_of_small_certificates_over_number_fields_end_soon() -> None:
    count = amount(100, 1500)
    found = fates(OVER_FIELDS, OVER_FIELDS + count)
    assert len(found) == count
    assert_bounded(found)


@pytest.mark.slow
@pytest.mark.parametrize("seed", REFUSED_OR_TESTED)
def test_what_took_long_once_ends_soon(seed: int) -> None:
    assert_bounded(fates(seed, seed + 1))


@pytest.mark.slow
def test_hundreds_of_small_certificates_end_soon() -> None:
    count = amount(250, 2000)
    found = fates(0, count)
    assert len(found) == count
    assert_bounded(found)


def test_the_certificates_are_small_and_of_every_kind() -> None:
    texts = [certificate(seed) for seed in range(100)]
    assert max(map(len, texts)) <= LONGEST
    for word in ("softmax certificate", "temperature certificate", '"family"', '"itinerary"', '"cases"'):
        assert any(word in text for text in texts)
