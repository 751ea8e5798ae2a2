"""Any hard-attention layer against its definition, its faces against each other, and what is refused."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings

from exactdyn import HardAttention, Hardmax, Head, InputError, Relu, check
from exactdyn.kernel.exact.start import Source
from exactdyn.layer.attention import joined
from exactdyn.statements.catalogue import ON_LAYERS
from exactdyn.systems.system import System
from tests.amounts import amount
from tests.judges import hard_attention as judge
from tests.strategies import hard_attention_systems, vectors

LAYERS = 4


def agrees(case):
    """The library's run of a system of any kind is that of the definition, set by set, state by state."""
    expected = judge.run(case.judged, case.tokens, LAYERS)
    if expected is None:
        with pytest.raises(InputError, match="V: requires a normalised step at layer "):
            case.system().run(case.tokens, LAYERS)
        return
    try:
        system = case.system()
    except InputError:  # a layer beyond those judged has no step
        assert judge.run(case.judged, case.tokens, 2 * LAYERS) is None
        return
    run = system.run(case.tokens, LAYERS)
    for k, layer in enumerate(expected[: LAYERS + 1]):
        assert tuple(map(tuple, run.tokens(k))) == layer.tokens
        assert run.head_attention(k) == layer.heads
        assert run.attention(k) == joined(layer.heads)


@given(hard_attention_systems())
@settings(max_examples=amount(60, 200))
def test_a_system_of_any_kind_runs_as_its_definition_says(case):
    agrees(case)


@pytest.mark.slow
@given(hard_attention_systems())
@settings(max_examples=amount(300, 2000))
def test_many_systems_of_any_kind_run_as_their_definition_says(case):
    agrees(case)


@given(hard_attention_systems())
def test_facts_are_true_of_the_layers_of_a_run(case):
    """Each fact is seen on the coefficients of the definition, and on states."""
    try:
        system = case.system()
        run = system.run(case.tokens, LAYERS)
    except InputError:
        return
    if system.as_one(len(case.tokens[0]))[1] is not None:  # facts of fewer heads: test_heads_as_one
        return
    facts = run.facts
    shares = [own for k in range(LAYERS) if (own := numbers(case, k)) is not None]
    if facts.scalar_step:
        assert len(shares) == LAYERS
    if facts.convex_step:
        assert all(min(own) >= 0 and sum(own) <= 1 for own in shares)
    if facts.forward:
        assert all(min(own) >= 0 for own in shares)
    if facts.keeps:
        assert facts.keeps_from == 0
    if facts.keeps_from is not None:
        assert all(0 <= sum(own) < 1 for own in shares[facts.keeps_from :])
    if facts.schedule is not None:
        assert [facts.schedule.at(k) for k in range(LAYERS)] == [sum(own) for own in shares]
    for phi in facts.directions:
        widths = [sorted(judge.dot(phi, tuple(z)) for z in run.tokens(k)) for k in range(LAYERS + 1)]
        assert all(b[0] <= a[0] and a[-1] <= b[-1] for b, a in pairwise(widths))
    if facts.leaders_stay:
        for token, first in run.leaders.items():
            assert all(run.attention(k)[token] == {token} for k in range(first, LAYERS + 1))
            assert len({tuple(run.tokens(k)[token]) for k in range(first, LAYERS + 1)}) == 1


def numbers(case, layer):
    """The p_h of a layer, where all V are multiples of the identity and there is no ReLU block."""
    d, one = len(case.tokens[0]), Fraction(1)
    V = [judge.entry(h.V or (judge.unit(d),), layer, case.judged.period) for h in case.judged.heads]
    multiples = all(tuple(judge.scaled(M[0][0], e) for e in judge.unit(d)) == M for M in V)
    if case.judged.relu is not None or not multiples:
        return None
    tau = judge.entry(case.judged.taus, layer, case.judged.period)
    size = sum(M[0][0] for M in V)
    return [tau * M[0][0] / (one - tau + tau * size) for M in V]


@given(hard_attention_systems())
@settings(max_examples=20)
def test_every_kind_has_verdicts_on_its_layers_and_none_is_false(case):
    try:
        run = case.system().run(case.tokens, 2)
    except InputError:
        return
    for name, verdict in check(run).statements.items():
        if verdict.lemma is not None and name in ON_LAYERS:
            assert ON_LAYERS[name].computed(run).outcome != "fails", name


@given(vectors(3))
def test_the_unnormalised_form_is_a_multiple_of_the_normalised_one(place):
    tokens, heads = [list(place), [1, 0, 2]], [Head(), Head(V=[[2, 0, 0], [0, 2, 0], [0, 0, 2]])]
    one, other = (HardAttention(heads, alpha=[1, 3], form=form) for form in ("normalised", "unnormalised"))
    shown, normalised = other.run(tokens, 3).tokens(3), one.run(tokens, 3).tokens(3)
    assert shown == [[x * 4 * 10 * 10 for x in row] for row in normalised]


def test_a_schedule_of_frank_and_wolfe_goes_where_it_should():
    run = Hardmax([[-1]], tau="2/(k+2)").run([[3], [-1]], 4)
    assert [run.tokens(k)[1][0] for k in range(4)] == [-1, 3, Fraction(1, 3), Fraction(1, 3)]


def test_a_value_matrix_leaves_the_hull_but_not_the_intervals():
    run = Hardmax(alpha=1, V=[["3/2", 0], [0, "7/3"]]).run([[0, 0], [1, 0], [0, 1]], 8)
    assert run.system.step(0).parts == (((Fraction(3, 5), 0), (0, Fraction(7, 10))),)
    assert run.facts.directions == ((1, 0), (0, 1))
    assert not run.facts.convex_step


def test_heads_that_attend_alike_run_as_one_with_the_sum_of_their_values():
    tokens = [[1, 2], ["1/2", -1], [-1, 0], [0, "1/3"]]
    A = [[1, 2], [0, 1]]
    double = [[2 * x for x in row] for row in A]
    several = HardAttention([Head(A), Head(double, V=[[2, 0], [0, 2]])], alpha="1/3")
    one = Hardmax(A, alpha=1, tau=None)
    fast, plain = several.run(tokens, 5), System.record(several, Source(tokens), 5)
    assert [fast.state(k) for k in range(6)] == [plain.state(k) for k in range(6)]
    assert fast.tokens(5) == one.run(tokens, 5).tokens(5)
    assert [fast.head_attention(k) for k in range(6)] == [plain.head_attention(k) for k in range(6)]


def test_facts_of_the_kinds_are_what_the_lemmas_need():
    causal = HardAttention([Head(mask="causal"), Head([[2]], mask="causal")]).facts(1)
    assert causal.leaders_stay and causal.q_grows and not causal.followers_stay and not causal.tells_apart
    alike = Hardmax(mask=[[1, 1, 0]] * 3).facts(1)
    assert alike.tells_apart and not alike.all_visible
    assert not HardAttention([Head(mask=[[1, 1, 0]] * 3), Head(mask="causal")]).facts(1).tells_apart
    strict = Hardmax(mask="strict").facts(1)
    assert strict.leaders_stay and not strict.q_grows
    mixed = HardAttention([Head(mask="causal"), Head()]).facts(1)
    assert mixed.convex_step and not mixed.leaders_stay
    assert (
        not Hardmax(tau="2/(k+2)").facts(1).leaders_stay and Hardmax(tau="2/(k+2)").facts(1).keeps_from == 1
    )
    assert Hardmax(tau="1/(k+2)").facts(1).leaders_stay
    assert Hardmax(ties="first").facts(1).leaders_stay and not Hardmax(ties="first").facts(1).followers_stay
    assert not Hardmax([[[1]], [[-1]]]).facts(1).leaders_stay
    assert Hardmax([[[1]], [[3]]]).facts(1).leaders_stay


NO_STEP = "requires a normalised step at layer"
BLOCK = {"W1": [[1]], "b1": [0], "W2": [[1]], "b2": [0]}
REFUSED = {
    "A: requires a square matrix, got 1 x 2": lambda: Head([[1, 2]]),
    "A[1]: requires a square matrix, got 1 x 2": lambda: Head([[[1]], [[1, 2]]]),
    "V: requires a square matrix, got 2 x 1": lambda: Head(V=[[1], [2]]),
    "V: requires 1 x 1 for these tokens, got 2 x 2": lambda: Hardmax(V=[[1, 0], [0, 2]]).run([[1]]),
    "heads[1].V: requires 1 x 1 for these tokens, got 2 x 2": lambda: HardAttention(
        [Head(), Head(V=[[1, 0], [0, 2]])]
    ).run([[1]]),
    "heads[1].V: requires d = 1 like heads[0].V, got d = 2": lambda: HardAttention(
        [Head(V=[[2]]), Head(V=[[1, 0], [0, 2]])]
    ),
    "Q: requires K beside it, A = K^T Q, got none": lambda: Head(Q=[[1]]),
    "K: requires Q beside it, A = K^T Q, got none": lambda: Head(K=[[1]]),
    "A: requires no Q beside it, A = K^T Q, got both": lambda: Head([[1]], Q=[[1]], K=[[1]]),
    "Q: requires 1 x 2 like K, got 1 x 1": lambda: Head(Q=[[1]], K=[[1, 2]]),
    "mask: requires 3 x 3 for these tokens, got 2 x 2": lambda: Hardmax(mask=[[1, 0], [1, 1]]).run(
        [[1], [2], [3]]
    ),
    "mask[1]: requires a 1, got none: token 1 sees nobody": lambda: Head(mask=[[1, 0], [0, 0]]),
    "mask[0][1]: requires 0 or 1, got 2": lambda: Head(mask=[[1, 2], [0, 1]]),
    "mask: requires as many rows as columns, got 1 x 2": lambda: Head(mask=[[1, 1]]),
    'mask: requires "causal", "strict" or rows of 0/1, got \'window\'': lambda: Head(mask="window"),
    'ties: requires "mean", "first" or "last", got \'any\'': lambda: Head(ties="any"),
    "tau: requires no alpha beside it, tau = alpha/(1+alpha), got both": lambda: Hardmax(alpha=1, tau="1/2"),
    "alpha: requires a number other than -1, the pole of alpha/(1+alpha), got -1": lambda: Hardmax(alpha=-1),
    f"V: {NO_STEP} 0, got none: (1 - tau) + tau times the sum of all V is 0": (
        lambda: Hardmax(alpha=1, V=[[-1]])
    ),
    f"V: {NO_STEP} 1, got none: (1 - tau) I + tau times the sum of all V has no inverse": (
        lambda: Hardmax(alpha=[1, 2], V=[[1, 0], [0, "-1/2"]])
    ),
    f"V: {NO_STEP} 2, got none: (1 - tau) + tau times the sum of all V is 0": (
        lambda: Hardmax(tau="1/(k+1)", V=[["-2"]]).run([[1], [2]], 5)
    ),
    f"V: {NO_STEP} 0, got none: (1 - tau) + tau times the sum of all V is 0 ": (
        lambda: Hardmax(tau="2/(k+2)", V=[[0]]).run([[1], [2]], 5)
    ),
    "A: requires 1 entry or at least 3, the period, got 2": lambda: Hardmax([[[1]], [[2]]], period=3),
    "heads: requires at least one Head, got none": lambda: HardAttention([]),
    "heads[0]: requires a Head, got 3": lambda: HardAttention(3),
    "relu: requires a Relu, got 'no'": lambda: HardAttention([Head()], relu="no"),
    "relu: requires blocks for d = 2, got d = 1": lambda: HardAttention([Head()], relu=Relu(**BLOCK)).run(
        [[1, 2]]
    ),
    "W2: requires 1 x 1 beside W1, got 2 x 1": lambda: Relu(**BLOCK | {"W2": [[1], [1]]}),
    "b1: requires 1 numbers, got 2": lambda: Relu(**BLOCK | {"b1": [0, 0]}),
    'form: requires "normalised" where there is a ReLU block, got "unnormalised"': lambda: HardAttention(
        [Head()], relu=Relu(**BLOCK), form="unnormalised"
    ),
    'form: requires "normalised" where the sum of all V is no multiple of the identity, as at layer 0': (
        lambda: Hardmax(V=[[1, 0], [0, 2]], form="unnormalised")
    ),
    'form: requires "normalised" where tau = 1, as at layer 0': lambda: Hardmax(tau=1, form="unnormalised"),
    "alpha: requires one alpha for all layers here, got alpha = 1, 2, the last for ever": lambda: (
        Hardmax(alpha=[1, 2]).alpha
    ),
    "A: requires one matrix for all layers here, got a list of 2": lambda: Hardmax([[[1]], [[2]]]).A,
}


@pytest.mark.parametrize("message", REFUSED)
def test_what_does_not_fit_is_refused_in_one_line(message):
    with pytest.raises(InputError) as refused:
        REFUSED[message]()
    assert str(refused.value) == message.strip()  # one message may have several causes


def test_a_system_is_shown_in_one_line_that_says_what_it_has():
    block = Relu([[1]], [0], [[1]], [0])
    shown = {
        repr(HardAttention([Head()])): "HardAttention(1 head, alpha = 1)",
        repr(HardAttention([Head(mask="causal")] * 2, tau="2/(k+2)")): (
            "HardAttention(2 heads, tau = 2/(k+2), mask causal)"
        ),
        repr(HardAttention([Head(), Head(mask=[[1]], ties="last"), Head(ties="last")], [1, 2])): (
            "HardAttention(3 heads, alpha = 1, 2, the last for ever, "
            "mask 1 x 1, 1 ones in head 1, ties last in heads 1, 2)"
        ),
        repr(HardAttention([Head()], relu=[block, block])): (
            "HardAttention(1 head, alpha = 1, ReLU blocks of 2 layers)"
        ),
        repr(HardAttention([Head(V=[[2]])], form="unnormalised")): (
            "HardAttention(1 head, alpha = 1, unnormalised)"
        ),
    }
    assert list(shown) == list(shown.values())
