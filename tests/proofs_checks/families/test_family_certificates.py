"""Certificates of families as data: valid ones, changed ones, and what each check is for."""

import json
from pathlib import Path
from random import Random

import pytest

from proofs_checks import verify
from tests.amounts import amount
from tests.judges.oracle import families
from tests.lemma_hypotheses import CERTIFICATES, assert_needed, read_table
from tests.proofs_checks.families.test_random_families import fates

VALID = sorted((CERTIFICATES / "valid-families").glob("*.json"))
TABLE = read_table("family-hypotheses.md")


def read(path: Path):
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_certificate_is_accepted_and_no_matrix_that_is_tried_contradicts_it(path, monkeypatch):
    verify(path.read_text(encoding="utf-8"))
    monkeypatch.setattr(families, "SAMPLES", amount(60, families.SAMPLES))
    assert families.contradiction(read(path)) is None


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_changed_certificate_that_is_accepted_is_not_contradicted(path, monkeypatch):
    monkeypatch.setattr(families, "SAMPLES", 60)
    fates(read(path), Random(path.stem), 8)


@pytest.mark.slow
@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_every_change_of_a_certificate_that_is_accepted_is_not_contradicted(path, monkeypatch):
    monkeypatch.setattr(families, "SAMPLES", 150)
    fates(read(path), Random(0), amount(40, 10**6))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.lemma}: {row.says}")
def test_without_the_check_a_false_theorem_would_be_proved(row):
    assert_needed(row)


def test_there_are_valid_families_with_every_member_that_version_2_adds():
    stated = {name for path in VALID for name in read(path)["family"]}
    assert {"tau", "V", "mask", "ties"} <= stated
