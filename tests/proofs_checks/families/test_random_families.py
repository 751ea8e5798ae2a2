"""Random certificates about families, and what is left of them when they are changed: an oracle judges."""

import json
from collections import Counter
from random import Random

import pytest

from exactdyn.statements.catalogue import BY_CASES
from proofs_checks import MalformedError, RejectedError, verify
from tests.amounts import amount
from tests.judges.every_matrix import CLASSES
from tests.judges.oracle import families
from tests.mutations import edits, nudges, words_in
from tests.random_families import random_certificate

WORDS = frozenset({*CLASSES, *BY_CASES, "layers 0..0", "layers 0..1", "layers 0..2"})


def claimed(document):
    """What an accepted document says, without what proves it; the list of itineraries is in its tree."""
    claims = json.loads(json.dumps(document["claims"]))
    for claim in claims:
        hidden = ("members",) if claim["claim"] == "itineraries" else ("members", "cases")
        evidence = claim.get("evidence", {})
        for name in hidden:
            evidence.pop(name, None)
    return json.dumps([document["family"], document["layers"], claims], sort_keys=True)


def judged(seed, mutants, kinds=False, each_layer=False):
    """Make a certificate, change it, and count what becomes of it; nothing accepted may be false."""
    document = random_certificate(seed, kinds, each_layer=each_layer)
    return Counter() if document is None else fates(document, Random(seed), mutants)


def fates(document, rng, mutants):
    """Change a certificate, and count what becomes of it; nothing accepted may be false."""
    counts, known = Counter(), set()
    verify(json.dumps(document))
    words = frozenset(words_in(document) | WORDS)
    changes = [*edits(document, words), *nudges(document)]
    changed = [edit.apply(document) for edit in rng.sample(changes, min(mutants, len(changes)))]
    for mutant in [document, *changed]:
        try:
            verify(json.dumps(mutant))
        except (RejectedError, MalformedError) as error:
            counts[type(error).__name__] += 1
            continue
        counts["accepted"] += 1
        what = claimed(mutant)
        if what not in known and mutant["layers"] <= 5:
            assert families.contradiction(mutant) is None, json.dumps(mutant)
        known.add(what)
    return counts


def all_judged(seeds, mutants, kinds=False, each_layer=False):
    return sum((judged(seed, mutants, kinds, each_layer) for seed in seeds), Counter())


def test_no_change_of_a_certificate_of_a_random_family_is_accepted_and_false(monkeypatch):
    monkeypatch.setattr(families, "SAMPLES", 60)
    counts = all_judged(range(30), 25)
    assert min(counts["accepted"], counts["RejectedError"], counts["MalformedError"]) > 15


def test_no_change_of_a_certificate_of_a_family_of_another_kind_is_accepted_and_false(monkeypatch):
    monkeypatch.setattr(families, "SAMPLES", 60)
    counts = all_judged(range(30), 25, kinds=True)
    assert min(counts["accepted"], counts["RejectedError"], counts["MalformedError"]) > 15


def test_no_change_of_a_certificate_of_matrices_for_every_layer_is_accepted_and_false(monkeypatch):
    monkeypatch.setattr(families, "SAMPLES", 60)
    counts = all_judged(range(30), 25, each_layer=True)
    assert min(counts["accepted"], counts["RejectedError"], counts["MalformedError"]) > 15


@pytest.mark.slow
def test_no_change_of_many_certificates_of_matrices_for_every_layer_is_accepted_and_false(monkeypatch):
    monkeypatch.setattr(families, "SAMPLES", 200)
    seeds = range(1000, amount(1030, 1300))
    counts = all_judged(seeds, 70, each_layer=True)
    assert min(counts["accepted"], counts["RejectedError"], counts["MalformedError"]) > len(seeds)


@pytest.mark.slow
def test_no_change_of_many_certificates_of_families_of_other_kinds_is_accepted_and_false():
    seeds = range(1000, amount(1020, 1300))
    counts = all_judged(seeds, 70, kinds=True)
    assert min(counts["accepted"], counts["RejectedError"], counts["MalformedError"]) > len(seeds)


@pytest.mark.slow
def test_no_change_of_many_certificates_of_random_families_is_accepted_and_false():
    seeds = range(1000, amount(1020, 1300))
    counts = all_judged(seeds, 70)
    assert min(counts["accepted"], counts["RejectedError"], counts["MalformedError"]) > len(seeds)
