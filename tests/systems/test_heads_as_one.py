"""Heads that attend alike are one head: against the definition, which keeps them apart."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exactdyn.certificates.envelope import certificate_text
from exactdyn.errors import InputError
from exactdyn.layer.mask import Mask
from exactdyn.limits import limit
from exactdyn.statements.theorem import check
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.head import Head
from exactdyn.systems.heads_as_one import heads_as_one
from proofs_checks import verify
from tests.judges import hard_attention as judge
from tests.judges.oracle import confirms
from tests.strategies import HardCase, hard_attention_systems, value_matrices

LAYERS = 3


@st.composite
def cases_with_a_head_again(draw: st.DrawFn) -> HardCase:
    """A system and, somewhere among its heads, one of them again with other values and a factor of A."""
    case = draw(hard_attention_systems())
    heads, d = case.judged.heads, len(case.tokens[0])
    again = draw(st.sampled_from(heads))
    factor = draw(st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 3)]))
    A = tuple(tuple(tuple(factor * x for x in row) for row in M) for M in again.A)
    V = draw(st.none() | st.tuples(value_matrices(d)))
    place = draw(st.integers(0, len(heads)))
    copied = (*heads[:place], replace(again, A=A, V=V), *heads[place:])
    return replace(case, judged=replace(case.judged, heads=copied))


@settings(suppress_health_check=list(HealthCheck))
@given(cases_with_a_head_again())
def test_as_one_they_run_as_the_definition_says_of_each(case):
    try:
        system = case.system()
    except InputError:  # a layer that has no step
        return
    one, places = system.as_one(len(case.tokens[0]))
    assert len(one.parts) < len(system.parts) and one.schedule == system.schedule
    expected = judge.run(case.judged, case.tokens, LAYERS)
    if expected is None:
        return
    several, run = system.run(case.tokens, LAYERS), one.run(case.tokens, LAYERS)
    for k, layer in enumerate(expected):
        assert tuple(map(tuple, run.tokens(k))) == layer.tokens == tuple(map(tuple, several.tokens(k)))
        assert run.head_attention(k) == tuple(layer.heads[place] for place in places)
        assert several.head_attention(k) == layer.heads
    assert several.facts == run.facts


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(cases_with_a_head_again())
def test_what_is_decided_of_them_is_accepted_and_confirmed(case):
    try:
        result = check(case.system().run(case.tokens, 2), 12)
    except InputError:
        return
    text = certificate_text(result.certificate)
    assert verify(text, patient=True)
    assert confirms(result.certificate)


def test_matrices_of_layers_that_are_multiples_of_one_have_limits_that_are_accepted():
    for period in (1, 2):
        for heads in ([Head([[[1]], [[2]]])], [Head([[[1]], [[2]]])] * 2):
            system = HardAttention(heads, tau="1/3", period=period)
            assert verify(certificate_text(check(system.run([[1], [0], [-2]], 2)).certificate))


def test_heads_of_one_matrix_have_the_limits_of_the_one_head_that_they_are():
    halves = [Head(V=[[1, 0], [0, 0]]), Head([[2, 0], [0, 2]], V=[[0, 0], [0, 1]])]
    tokens = [[1, 1], [1, -1], ["1/2", 0], ["1/3", "2/3"]]
    several = limit(HardAttention(halves, alpha=1), tokens=tokens)
    one = limit(HardAttention([Head()], alpha=1), tokens=tokens)
    assert (several.status, several.limits, several.layer) == ("proved", one.limits, one.layer)
    assert several.lock is not None


def test_what_differs_in_scores_mask_or_ties_stays_apart():
    heads = [Head(), Head([[-1]]), Head(mask="causal"), Head(ties="first"), Head([[[1]], [[-1]]])]
    assert heads_as_one(heads, 1, 1) == (tuple(heads), (0, 1, 2, 3, 4))
    lists = [Head([[[1]], [[-1]]]), Head([[[2]], [[-3]]]), Head([[[1]], [[1]], [[-1]]])]
    assert heads_as_one(lists, 1, 1)[1] == (0, 2)


def test_values_add_up_layer_by_layer_and_repeat_together():
    heads = [Head(V=[[[1]], [[2]], [[3]]], mask="strict"), Head(V=[[[10]], [[20]]], mask="strict")]
    (one,), _ = heads_as_one([*heads, Head([[7]], mask=Mask("strict"))], 2, 1)
    assert [V[0][0] for V in one.V] == [12, 23, 14]
    for k in range(9):
        assert one.multiplier(k, 2) == sum(head.multiplier(k, 2) for head in heads) + 1
