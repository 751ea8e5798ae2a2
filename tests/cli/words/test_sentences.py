"""Verdicts in words, for the terminal and for a paper."""

import re
from fractions import Fraction

import pytest

from exactdyn.cli.words.latex import MATHEMATICAL
from exactdyn.cli.words.sentences import PLAIN, premise
from exactdyn.documents import Example, load_example
from exactdyn.statements.catalogue import CATALOGUE
from exactdyn.statements.catalogue import HYPOTHESES as HYPOTHESES_OF_THE_THEOREM
from exactdyn.statements.theorem import check
from exactdyn.systems.hardmax import Hardmax
from exactdyn.verdict import Verdict
from proofs_checks import HYPOTHESES, STATEMENTS
from proofs_checks.format.rationals import read_rational
from tests.valid_certificates import VALID

FAILURES = {
    "symmetric": ("cyclic", "A[0][1] = -4, but A[1][0] = 4"),
    "positive-definite": ("collision-indefinite", "<Ax, x> = -1 at x = (0, 1)"),
    "positive-alpha": ("negative-alpha-grows", "alpha = -2"),
    "nonzero-tokens": ("zero-token", "token 1 is zero"),
    "distinct-tokens": ("repeated-tokens", "tokens 0 and 1 are equal"),
    "hull-shrinkage": (
        "negative-alpha-grows",
        "token 2 leaves the hull after layer 0: with f = (1), <f, z> is at most 1 on layer 0, "
        "but 3/2 for token 2 at layer 1",
    ),
    "norm-growth": ("cyclic", "layer 0, token 0: <Az, z> goes from 1 to 1/2"),
    "leaders-persist": (
        "negative-alpha-grows",
        "token 1 is a leader at layer 0, but attends token 2 at layer 1",
    ),
    "distinctness-preserved": (
        "collision-on-a-line",
        "tokens 0 and 1, distinct at layer 0, meet at (0) at layer 1",
    ),
    "leaders-extreme": (
        "negative-alpha-grows",
        "token 1 is a leader at layer 0; at layer 1 it is 1/5 z0 + 4/5 z2, no extreme point",
    ),
    "convergence": (
        "alternating-invertible",
        "token 4 has no limit: the attention graphs of layers 0..1 repeat for ever, "
        "and the token goes through different places",
    ),
    "leader-vertex": (
        "collision-on-a-line",
        "token 0 tends to a vertex of the limit polytope, exposed by f = (0), where no leader is",
    ),
    "limit-set": ("zero-token", "token 1 tends to (0), which is not in S"),
    "attention-settles": (
        "alternating-invertible",
        "the attention graphs of layers 0..1 repeat for ever, "
        "and token 4 attends others in phase 1 than in phase 0",
    ),
    "hull-of-the-seen": (
        "negative-alpha-grows",
        "token 2, which token 0 sees, leaves the hull of what token 0 sees after layer 0: with f = (1), "
        "<f, z> is at most 1 there on layer 0, but 3/2 for token 2 at layer 1",
    ),
    "interval-shrinkage": (
        "negative-alpha-grows",
        "coordinate 0 is between -1 and 1 on layer 0, but 3/2 for token 2 at layer 1",
    ),
    "frank-wolfe-clusters": (
        "frank-wolfe-rate",
        "token 0 is at (5/3) on layer 2, not on the way to token 1, which it attends at layer 0, "
        "with 0 of the distance left",
    ),
    "frank-wolfe-exponential": (
        "summable-steps",
        "token 1 goes straight towards token 0, but its steps tend to 0: what is left of the distance "
        "exceeds every exponential in the end",
    ),
    "frank-wolfe-rate": (
        "frank-wolfe-rate",
        "token 0 has <Bz, z>/2 = 191794801/3451807872 at layer 576, more than 2/576 times the largest "
        "eigenvalue of B times 16, as B is less than 191794801/191767104",
    ),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_is_told_in_a_sentence(name):
    example, sentence = FAILURES[name]
    run = load_example(example).run(576 if name == "frank-wolfe-rate" else 3)
    verdict = {**HYPOTHESES_OF_THE_THEOREM, **CATALOGUE}[name].decide(run)
    assert PLAIN.why(name, verdict) == sentence


FAILING = [
    (claim["claim"], claim["witness"])
    for document in VALID.values()
    for claim in document["claims"]
    if claim["verdict"] == "fails"
]
"""The claims that something fails, of the valid certificates."""


@pytest.mark.parametrize("name", [*HYPOTHESES, *STATEMENTS])
def test_every_failure_is_told_with_the_same_numbers_in_text_and_in_latex(name):
    witnesses = [with_numbers(witness) for own, witness in FAILING if own == name]
    assert witnesses
    for witness in witnesses:
        verdict = Verdict("fails", witness=witness)
        sentence, formula = PLAIN.why(name, verdict), MATHEMATICAL.why(name, verdict)
        assert set(re.findall(r"\d+", sentence)) == set(re.findall(r"\d+", formula)) != set()
        assert not {*sentence} & {"$", "\\", "{", "}"}
        assert formula.count("$") % 2 == 0


def with_numbers(witness):
    """The witness of a certificate with its texts read as numbers."""
    if isinstance(witness, dict):
        return {name: with_numbers(value) for name, value in witness.items()}
    if isinstance(witness, list):
        return list(map(with_numbers, witness))
    return read_rational(witness) if isinstance(witness, str) else witness


def test_growth_for_ever_has_a_sentence_of_its_own():
    verdict = check(load_example("negative-alpha-grows").run(0)).statements["convergence"]
    assert PLAIN.why("convergence", verdict) == (
        "token 1 has no limit: the attention graphs of layers 0..1 repeat for ever, "
        "and a combination of its states grows or moves on"
    )


def test_states_that_turn_and_grow_and_hulls_that_never_shrink_have_sentences():
    turning = Hardmax([[1, -4], [4, 1]], "-1/2").run([[1, 0], [0, 1], [-1, -1]], 0)
    assert PLAIN.why("convergence", check(turning).statements["convergence"]) == (
        "token 0 has no limit: the attention graphs of layers 0..0 repeat for ever, and a combination of its "
        "states obeys a recurrence by which it cannot tend to 0"
    )
    spreading = Hardmax([[-1, 5], [-5, -1]], "-3/4").run([[3, -2], [1, 2], [-4, 4], [0, 3], [1, -3]], 0)
    assert PLAIN.why("limit-set", check(spreading).statements["limit-set"]) == (
        "some token has no limit: the symmetric part of A is negative semidefinite, hulls never shrink, "
        "and at layer 0 token 0 prefers token 4 to token 0"
    )


def test_what_is_undecided_is_told_with_its_reason():
    assert PLAIN.why("norm-growth", Verdict("undecided", reason="too hard")) == "too hard"


def test_leaders_are_named_in_the_order_in_which_they_appear():
    run = load_example("emerging-leader").run(3)
    assert PLAIN.leaders(run, "abcdefgh") == (
        "leaders: token 0 (a) from layer 0, token 2 (c) from layer 0, token 1 (b) from layer 1"
    )


def test_of_a_leader_that_lapses_it_is_not_said_that_it_leads_from_then_on():
    run = load_example("negative-alpha-grows").run(1)
    assert PLAIN.leaders(run, None) == (
        "leaders: token 0 from layer 0, token 1 at layer 0 but not at every later one, token 2 from layer 1"
    )


def test_that_nobody_leads_is_said_of_the_layers_of_the_run():
    assert PLAIN.leaders(load_example("cyclic").run(3), None) == "no token is a leader at these layers"


@pytest.mark.parametrize(
    "system", [{"V": [[-1]], "alpha": "1/2"}, {"mask": "causal"}, {"ties": "first"}, {"tau": ["1/2", "1/3"]}]
)
def test_where_the_theorem_is_about_other_systems_what_it_is_about_is_said(system):
    assert premise(check(Hardmax(**system), tokens=[[1], [2]])) == (
        "the clustering theorem does not apply: it is about one head, A and alpha, "
        "V a positive multiple of I, no mask, no ReLU block, all ties kept"
    )


@pytest.mark.parametrize("size", [1, 3, 5, 64])
@pytest.mark.parametrize("entry", [Fraction(1), Fraction(3**40, 2**70), Fraction(10**5000, 3**9000)])
@pytest.mark.parametrize("notation", [PLAIN, MATHEMATICAL], ids=["plain", "latex"])
def test_the_head_of_a_table_stays_short_whatever_the_matrix(size, entry, notation):
    matrix = [[entry * (i + r + 1) for r in range(size)] for i in range(size)]
    head = notation.head(Example("large", "", Hardmax(matrix), ((Fraction(1),) * size,)), 30)
    assert len(head) < 600
    whole = notation.matrix([[notation.number(x) for x in row] for row in matrix])
    assert (whole in head) != (f"{size}{notation.kind.times}{size}" in head)
    assert whole in head if size == 1 or (size, entry) == (3, 1) else True


@pytest.mark.parametrize(
    ("notation", "shown"),
    [
        (
            PLAIN,
            "A = ((0, 1, ..., 9), (10, 11, ..., 19), (..., ..., ..., ...), (90, 91, ..., 99)) (10 x 10),",
        ),
        (MATHEMATICAL, r"90 & 91 & \cdots & 99 \end{smallmatrix}\bigr) (10 \times 10)$"),
    ],
    ids=["plain", "latex"],
)
def test_a_large_matrix_is_shown_by_its_corners(notation, shown):
    matrix = [[10 * i + r for r in range(10)] for i in range(10)]
    assert shown in notation.head(Example("large", "", Hardmax(matrix), ((Fraction(1),) * 10,)), 30)


def test_what_steps_of_a_finite_sum_leave_is_said_and_rounded_outward():
    verdict = check(Hardmax(tau="1/(k+2)^2"), tokens=[[1], ["1/2"]]).statements["convergence"]
    said = PLAIN.why("convergence", verdict)
    start = "every layer, by lemma summable: of its way from layer 0 on every token keeps between "
    assert said.startswith(start) and said.endswith(" for ever")
    low, high = map(Fraction, said.removeprefix(start).removesuffix(" for ever").split(" and "))
    assert low <= verdict.evidence["product"]["low"] <= Fraction(1, 2)
    assert Fraction(1, 2) <= verdict.evidence["product"]["high"] <= high < low + Fraction(1, 10**6)
    assert f"between ${said.split()[-5]}$ and" in MATHEMATICAL.why("convergence", verdict)
