"""What each hypothesis of the clustering theorem is for: every counterexample is found, none looked up."""

from fractions import Fraction
from random import Random

import pytest
from flint import fmpq_mat

from exactdyn.certificates.envelope import certificate_data, certificate_text
from exactdyn.documents.example import read_document
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.classes.small_matrices import hunted_matrices
from exactdyn.geometry.definiteness import Factorisation, factorise
from exactdyn.hunts.examine import examine
from exactdyn.hunts.request import Request, Task
from exactdyn.hunts.shrinking.counterexample import Trial, failing
from exactdyn.numbers.reading import to_fmpq
from exactdyn.statements.catalogue import CATALOGUE, HYPOTHESES
from proofs_checks import verify
from tests.amounts import amount

PART = "positive-definite-part"


def hunted(request, tries=200):
    """The first counterexample among the configurations of a request, as a result."""
    for index in range(tries):
        waiting = [Task(index)]
        while waiting:
            result = examine(request, waiting.pop(0), 1000)
            if result.counterexample is not None:
                return result
            waiting = [Task(index, place) for place in result.below] + waiting
    raise AssertionError(f"none among {tries} configurations")


def confirmed(statement, document):
    """The hypotheses that fail on a document where the statement does, as the checker sees it."""
    run = read_document(document, "found").run()
    verdicts = {name: hypothesis.decide(run) for name, hypothesis in HYPOTHESES.items()}
    verdicts[statement] = CATALOGUE[statement].decide(run)
    accepted = verify(certificate_text(certificate_data(run, verdicts)))
    assert [claim.verdict for claim in accepted.claims if claim.name == statement] == ["fails"]
    return {name for name in HYPOTHESES if verdicts[name].outcome == "fails"}


# statement, class, what generated configurations drop, tokens, dimension -> the hypothesis that fails alone,
# and the tokens and dimension of what is left of the counterexample.
CELLS = [
    ("distinctness-preserved", "symmetric", None, 2, 1, "positive-definite", (2, 1)),
    ("distinctness-preserved", "symmetric", None, 2, 2, "positive-definite", (2, 1)),
    ("leader-vertex", "positive-semidefinite", None, 2, 2, "positive-definite", (2, 2)),
    ("norm-growth", "positive-semidefinite", None, 2, 2, "positive-definite", (2, 2)),
    ("convergence", "symmetric", None, 5, 3, "positive-definite", (5, 3)),
    ("attention-settles", "symmetric", None, 3, 1, "positive-definite", (3, 1)),
    ("norm-growth", "negative-definite", None, 2, 1, "positive-definite", (2, 1)),
    ("distinctness-preserved", "negative-definite", None, 3, 2, "positive-definite", (2, 1)),
    ("attention-settles", "negative-definite", None, 3, 1, "positive-definite", (3, 1)),
    ("norm-growth", PART, None, 3, 2, "symmetric", (2, 2)),
    ("leader-vertex", PART, None, 3, 2, "symmetric", (3, 2)),
    ("leader-vertex", PART, None, 4, 2, "symmetric", None),
    ("limit-set", "positive-definite", "nonzero-tokens", 3, 1, "nonzero-tokens", (3, 1)),
    ("leader-vertex", "positive-definite", "distinct-tokens", 2, 1, "distinct-tokens", (2, 1)),
    ("hull-shrinkage", "positive-definite", "positive-alpha", 3, 1, "positive-alpha", (2, 1)),
    ("leaders-persist", "positive-definite", "positive-alpha", 3, 1, "positive-alpha", (2, 1)),
    ("leaders-extreme", "positive-definite", "positive-alpha", 3, 1, "positive-alpha", (3, 1)),
    ("convergence", "positive-definite", "positive-alpha", 3, 1, "positive-alpha", (2, 1)),
    ("norm-growth", "positive-definite", "positive-alpha", 2, 1, "positive-alpha", (2, 1)),
]


@pytest.mark.parametrize(("statement", "kind", "dropped", "count", "dimension", "fails", "left"), CELLS)
def test_a_statement_fails_where_one_hypothesis_does(statement, kind, dropped, count, dimension, fails, left):
    allowed = frozenset({dropped} - {None})
    result = hunted(Request(statement, kind, (), count, dimension, 20, dropped=allowed))
    for document in (result.began, result.counterexample):
        assert confirmed(statement, document) == {fails}
    assert left in (None, result.size[2:4])


def test_graphs_alternate_on_a_line_with_alpha_one_half():
    result = hunted(Request("attention-settles", "symmetric", (), 3, 1, 20, alpha=Fraction(1, 2)))
    assert result.counterexample["A"] == [["-1"]]
    assert sorted(result.counterexample["tokens"]) == [["-1"], ["1"], ["1/3"]]


def test_a_run_never_converges_with_a_symmetric_invertible_matrix():
    result = hunted(Request("convergence", "symmetric", (), 5, 3, 20, alpha=Fraction(1)))
    assert confirmed("convergence", result.began) == {"positive-definite"}
    rows = read_document(result.began, "found").system.A
    assert fmpq_mat([[to_fmpq(x) for x in row] for row in rows]).rank() == 3


@pytest.mark.parametrize("alpha", [None, Fraction(1)])
def test_among_four_given_tokens_a_fifth_never_settles(alpha):
    four = tuple(tuple(map(Fraction, row)) for row in [(1, 0, 1), (-1, 0, 1), (0, 1, -1), (0, -1, -1)])
    result = hunted(Request("convergence", "symmetric", four, 5, 3, 20, alpha=alpha))
    assert result.began["tokens"][:4] == [[str(x) for x in row] for row in four]
    assert confirmed("convergence", result.began) == {"positive-definite"}


def test_of_given_tokens_one_never_settles_under_a_negative_semidefinite_matrix():
    pairs = [(-1, "1/2", 0), (-1, "-1/2", 0), (1, 0, "1/2"), (1, 0, "-1/2"), ("1/5", "1/3", "1/6")]
    tokens = tuple(tuple(map(Fraction, row)) for row in pairs)
    matrices = hunted_matrices(matrix_class("negative-semidefinite", 3), 3, 50, 0, "")
    tried = (failing("convergence", Trial(A, Fraction(1, 2), tokens, 20)) for A in matrices)
    found = next(counterexample for counterexample in tried if counterexample is not None)
    assert found.trial.A == ((0, 0, 0), (0, -1, 0), (0, 0, -1))
    assert found.violated == {"positive-definite"}
    assert verify(certificate_text(found.certificate)).claims


def test_a_token_has_period_three_although_the_symmetric_part_is_positive_definite():
    result = hunted(Request("convergence", PART, (), 7, 4, 20, alpha=Fraction(3)))
    assert confirmed("convergence", result.counterexample) == {"symmetric"}
    assert result.size[2:5] == (7, 4, 3)


def fixed_matrices(semidefinite):
    """Random integer matrices with a symmetric part that is positive semidefinite, or is not, as patterns."""
    rng, patterns = Random(1), []
    for dimension in (1, 2, 3):
        found = []
        while len(found) < 3:
            A = tuple(tuple(Fraction(rng.randint(-4, 4)) for _ in range(dimension)) for _ in range(dimension))
            if any(map(any, A)) and isinstance(factorise(A), Factorisation) == semidefinite:
                found.append("; ".join(", ".join(map(str, row)) for row in A))
        patterns += found
    return patterns


def slow(alpha):
    """With the slow tests."""
    return pytest.param(alpha, marks=pytest.mark.slow)


def about_distinctness(pattern, alpha):
    dimension = pattern.count(";") + 1
    statement = "distinctness-preserved"
    return Request(statement, "general", (), 8, dimension, 2, alpha=Fraction(alpha), pattern=pattern)


@pytest.mark.parametrize("pattern", fixed_matrices(semidefinite=False))
@pytest.mark.parametrize("alpha", ["1/3", slow("2/3"), "1", slow("3/2"), "3"])
def test_tokens_meet_where_the_symmetric_part_is_not_positive_semidefinite(pattern, alpha):
    result = hunted(about_distinctness(pattern, alpha), tries=20)
    assert "distinct-tokens" not in confirmed("distinctness-preserved", result.counterexample)
    assert result.counterexample["A"] == result.began["A"]


@pytest.mark.parametrize("pattern", fixed_matrices(semidefinite=True))
def test_tokens_never_meet_where_it_is(pattern):
    for index in range(amount(4, 10)):
        result = examine(about_distinctness(pattern, "1"), Task(index), 1000)
        assert result.counterexample is None
        assert result.reason is None
        assert not result.below
