"""The verified kernel beside the hand-written one: on all certificates kept, and on changes of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from exactdyn.certificates.envelope import certificate_text
from exactdyn.documents import load_example
from exactdyn.statements.theorem import check
from tests.amounts import amount
from tests.both_kernels import FOLDERS, ROOT, differ, documents, table, verified, written
from tests.example_files import RATIONAL_NAMES
from tests.mutations import edits, nudges, with_one_claim, words_in

CERTIFICATES = ROOT / "tests" / "certificates"
DOCUMENTS = list(documents())
WORDS = frozenset().union(*map(words_in, DOCUMENTS))


def texts(folder: Path) -> Iterator[str]:
    return (path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.glob("*.json")))


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS)
def test_what_is_valid_is_accepted_or_not_covered(folder: Path) -> None:
    found = Counter(map(verified, (text for text in texts(folder) if '"version"' in text)))
    assert found.keys() <= {"accepted", "not covered"}


@pytest.mark.parametrize("kind", ["invalid", "malformed"])
def test_what_is_wrong_is_not_accepted(kind: str) -> None:
    found = Counter(map(verified, texts(CERTIFICATES / kind)))
    assert found["accepted"] == found["too much work"] == 0
    assert found["rejected"] + found["malformed"] > 100


@pytest.mark.parametrize("name", RATIONAL_NAMES)
def test_examples_are_accepted_or_not_covered(name: str) -> None:
    text = certificate_text(check(load_example(name).run()).certificate)
    assert verified(text) in ("accepted", "not covered")


def test_the_table_of_what_is_covered_is_in_the_docs() -> None:
    assert table(DOCUMENTS) in (ROOT / "docs" / "verified.md").read_text(encoding="utf-8")


def changed(document: dict[str, Any], random: Random, count: int) -> Iterator[str]:
    # Of the whole and of each claim alone, lest a bad claim hide what is said of others.
    parts = [document, *with_one_claim(document)]
    for part in random.sample(parts, min(count, len(parts))):
        found = [*edits(part, WORDS), *nudges(part)]
        for edit in random.sample(found, min(1 + count // len(parts), len(found))):
            yield json.dumps(edit.apply(part))


def compared(seed: int, count: int) -> Counter[tuple[str, str]]:
    """Count what the kernels make of changes, so many of every document, and fail where they differ."""
    random, counts = Random(seed), Counter[tuple[str, str]]()
    for document in DOCUMENTS:
        for text in changed(document, random, count):
            assert not differ(text), text
            counts[written(text), verified(text)] += 1
    print(counts.total(), dict(counts))
    return counts


def test_no_change_of_a_certificate_is_accepted_by_one_kernel_and_refused_by_the_other() -> None:
    assert compared(1, 2)["rejected", "rejected"] > 5


@pytest.mark.slow
def test_none_of_ten_thousand_changes_is_accepted_by_one_kernel_and_refused_by_the_other() -> None:
    """All 100,000 with --thorough."""
    counts = compared(2, amount(90, 1000))
    assert counts.total() > amount(10_000, 100_000)
    assert counts["accepted", "accepted"] > 1000
    assert counts["rejected", "rejected"] > 1000
