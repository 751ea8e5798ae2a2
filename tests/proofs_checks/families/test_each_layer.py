"""Matrices for every layer: what is listed, or denied, against all small matrices layer after layer."""

import json
from collections import Counter
from fractions import Fraction
from random import Random

import pytest

from exactdyn.certificates.envelope import certificate_text
from exactdyn.families.certificate import family_certificate_data
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.questions.itineraries import gathered, itinerary_search
from exactdyn.families.questions.lead import Question, lead
from exactdyn.numbers.points import Points
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import verify
from tests.amounts import amount
from tests.judges.every_matrix import CLASSES, belongs, generators, matrices
from tests.judges.oracle import each_layer
from tests.judges.reference import dot, times

STEPS = ["0", "1", "1/2", "3/2", "-1/2", "2/(k+2)", ["1", "1/3"]]
PROGRAMS = 400


class Case:
    """A small system of some kind, of which every layer is to have a matrix of a class."""

    def __init__(self, seed, dimension=None):
        rng = Random(f"each layer {seed}")
        self.kind = CLASSES[seed % len(CLASSES)]
        self.dimension = dimension or rng.choice([1, 2])
        count = rng.choice([1, 2, 3]) if self.dimension == 1 else rng.choice([2, 2, 3])
        rows = [[rng.randint(-2, 2) for _ in range(self.dimension)] for _ in range(count)]
        rows[-1] = rng.choice([rows[-1], rows[0], [0] * self.dimension])
        given = {"tau": rng.choice(STEPS)}
        given |= {"mask": rng.choice(["causal", "strict"])} if rng.random() < 0.3 else {}
        given |= {"ties": rng.choice(["first", "last"])} if rng.random() < 0.3 else {}
        self.layers = rng.choice([1, 2, 3]) if self.dimension == 1 or count == 2 else rng.choice([1, 2])
        self.around, self.start, self.ties = Hardmax(**given), Points.from_rows(rows), rng.random() < 0.5
        self.rng, self.matrices = rng, matrix_class(self.kind, self.dimension)
        head = self.document({"claim": "unrealised", "verdict": "holds", "evidence": {}})
        self.family = head["family"]

    def document(self, claim):
        data = family_certificate_data(
            self.matrices, self.around, self.start, self.layers - 1, claim, each_layer=True
        )
        return json.loads(certificate_text(data))

    def listed(self, own=True):
        """The itineraries that are found, each with its matrices, and the claim; None if some stay open."""
        search = itinerary_search(self.around, self.start, self.matrices, self.layers, self.ties, own)
        search.run(limit=PROGRAMS)
        found = gathered(search)
        return found if found.complete else None

    def brute(self):
        """All choices of small matrices, of those with the same sets one."""
        units = generators(self.kind, self.dimension)

        def told_apart(z, x, y):
            difference = tuple(a - b for a, b in zip(x, y, strict=True))
            return any(dot(times(B, z), difference) for B in units)

        small = matrices(self.kind, self.dimension)
        yield from each_layer.followed(self.family, self.layers - 1, small, told_apart)


def attended(sets):
    return tuple(tuple(map(frozenset, layer)) for layer in sets)


def sets_of(layers):
    return tuple(layer.attention for layer in layers)


@pytest.fixture(autouse=True)
def _all_are_followed(monkeypatch):
    monkeypatch.setattr(each_layer, "FOLLOWED", 10**6)


def compared(seed, dimension=None):
    """Hold the list against all small matrices; return how many it has, and how many more than for one."""
    case = Case(seed, dimension)
    found = case.listed()
    if found is None:
        return None
    listed = [attended(itinerary.attention) for itinerary in found.itineraries]
    assert len(set(listed)) == len(listed)
    for itinerary, sets in zip(found.itineraries, listed, strict=True):
        own = [tuple(tuple(map(Fraction, row)) for row in A) for A in itinerary.matrices]
        assert len(own) == case.layers
        assert all(belongs(A, case.kind) for A in own)
        assert sets_of(each_layer.run_of(case.family, tuple(own))) == sets
    brute = {sets_of(choice.layers) for choice in case.brute() if case.ties or not choice.avoidable}
    assert brute <= set(listed), f"{case.family}: {brute - set(listed)}"
    if case.dimension == 1:  # signs alone decide
        assert brute == set(listed)
    verify(json.dumps(case.document(found.claim)))
    one = case.listed(own=False)
    if one is None:
        return None
    of_one = {attended(itinerary.attention) for itinerary in one.itineraries}
    assert of_one <= set(listed)
    assert case.layers > 1 or of_one == set(listed)
    return len(listed), len(listed) - len(of_one)


@pytest.mark.parametrize("dimension", [1, 2])
def test_matrices_for_every_layer_have_the_itineraries_listed_and_no_others(dimension):
    results = [compared(seed, dimension) for seed in range(amount(30, 200))]
    shown = [result for result in results if result is not None]
    assert len(shown) > len(results) // 2
    assert max(number for number, _ in shown) > 5
    assert any(more > 0 for _, more in shown)  # no one matrix has them


def nudged(rng, A, margin):
    """A matrix whose every entry differs by less than a margin, and nearly by it."""
    most = margin * Fraction(999, 1000)
    return tuple(tuple(x + rng.choice([most, -most]) for x in row) for row in A)


def answered(seed):
    """Hold an answer about leaders against all small matrices; return it."""
    case = Case(seed)
    n, last = case.start.count, case.layers - 1
    seen = case.around.mask.seen(n) if case.around.mask else [range(n)] * n
    chosen = [i for i in range(n) if i in seen[i] and case.rng.random() < 0.6]
    only = case.rng.random() < 0.5
    asked = Question(case.around, case.start, case.matrices, last, each_layer=True)
    answer = lead(asked, chosen, only)

    def as_asked(layers):
        leading = {i for i, own in enumerate(layers[-1].attention) if own == {i}}
        return leading == set(chosen) if only else leading >= set(chosen)

    if answer.status == "found":
        own = tuple(tuple(tuple(map(Fraction, row)) for row in A) for A in answer.matrices)
        assert len(own) == case.layers
        assert all(belongs(A, case.kind) for A in own)
        assert as_asked(each_layer.run_of(case.family, own))
        for _ in range(5 if answer.margin else 0):
            moved = tuple(nudged(case.rng, A, answer.margin) for A in own)
            assert as_asked(each_layer.run_of(case.family, moved))
    elif answer.status == "none":
        assert not any(as_asked(choice.layers) for choice in case.brute())
    if answer.claim is not None:
        verify(json.dumps(case.document(answer.claim)))
    return answer.status


def test_tokens_that_lead_for_no_choice_of_matrices_lead_for_no_small_ones():
    statuses = Counter(answered(seed) for seed in range(amount(60, 400)))
    assert min(statuses["found"], statuses["none"]) > 10
