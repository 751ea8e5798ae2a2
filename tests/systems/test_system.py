"""The contract: a kind of system in 20 lines, run, judged and refused like any other."""

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn import InputError, attention_graph, check, compare, hunt, limit
from exactdyn.kernel.exact.start import Source
from exactdyn.layer.head import LayerHead
from exactdyn.layer.mask import Mask
from exactdyn.layer.step import Step
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Rows
from exactdyn.statements import hypotheses
from exactdyn.statements.catalogue import ON_LAYERS
from exactdyn.systems.facts import Facts
from exactdyn.systems.hardmax import Hardmax, hardmax_of
from exactdyn.systems.run import Run, run_of, started
from exactdyn.systems.system import System
from tests.judges import reference
from tests.strategies import ALPHAS, matrices, systems, token_sets


@dataclass(frozen=True)
class Layered(System):
    """A matrix and a step for every layer; the last repeat."""

    matrices: tuple[Rows, ...]
    steps: tuple[Fraction, ...]

    def heads(self, layer, dimension):
        return (LayerHead(self.matrices[min(layer, len(self.matrices) - 1)]),)

    def step(self, layer):
        return Step(self.steps[min(layer, len(self.steps) - 1)])

    def facts(self, dimension):
        one, steps = len(set(self.matrices)) == 1, [Step(tau) for tau in self.steps]
        return Facts(
            convex_step=all(step.convex for step in steps),
            keeps=all(step.keeps for step in steps),
            forward=all(step.tau >= 0 for step in steps),
            moves=all(step.keeps for step in steps) and steps[-1].tau > 0,
            same_attention=one,
            ties_kept=True,
            transitive_masks=True,
            all_visible=True,
            one_head=True,
            matrix=self.matrices[0] if one else None,
            step=steps[0] if len(set(steps)) == 1 else None,
            repeating=(max(len(self.matrices), len(self.steps)) - 1, 1),
            linear=True,
        )


def tau(alpha: Fraction) -> Fraction:
    return alpha / (1 + alpha)


def definition(kind: Layered, tokens: Rows, layers: int):
    """States and sets of the definition, a layer of the reference at a time."""
    for k in range(layers + 1):
        step, head = kind.step(k), kind.heads(k, len(tokens[0]))[0]
        alpha = step.alpha
        here, after = reference.run(reference.System(head.matrix, alpha, tokens), 1)
        yield here
        tokens = after.tokens


@st.composite
def layered(draw, nonnegative=False):
    d = draw(st.integers(1, 2))
    alphas = ALPHAS.filter(lambda alpha: alpha >= 0) if nonnegative else ALPHAS
    kind = Layered(
        tuple(draw(st.lists(matrices(d), min_size=1, max_size=3))),
        tuple(tau(alpha) for alpha in draw(st.lists(alphas, min_size=1, max_size=3))),
    )
    return kind, draw(token_sets(d, 5))


@given(layered())
def test_a_kind_without_a_kernel_of_its_own_runs_as_its_definition_says(case):
    kind, tokens = case
    run = started(kind, tokens, 3)
    for k, layer in enumerate(definition(kind, tokens, 3)):
        assert tuple(map(tuple, run.tokens(k))) == layer.tokens
        assert run.attention(k) == layer.attention


@given(systems())
def test_the_plain_kernel_gives_what_the_fast_one_gives(system):
    fast = Hardmax(system.A, system.alpha).run(system.tokens, 4)
    plain = Run(fast.system, System.record(fast.system, Source(system.tokens), 4))
    assert plain == fast
    assert plain.leaders == fast.leaders
    assert list(plain.itinerary) == list(fast.itinerary)
    assert [plain.tokens(k) for k in range(5)] == [fast.tokens(k) for k in range(5)]
    assert (plain.floats(4) == fast.floats(4)).all()


@given(layered(nonnegative=True))
def test_a_kind_gets_the_lemmas_that_ask_for_its_facts(case):
    kind, tokens = case
    run = started(kind, tokens, 3)
    assert ON_LAYERS["hull-shrinkage"].decide(run).lemma == "convex-step"
    boxes = [[(min(x), max(x)) for x in zip(*state.rows(), strict=True)] for state in run.states()]
    for before, after in pairwise(boxes):
        assert all(b[0] <= a[0] and a[1] <= b[1] for b, a in zip(before, after, strict=True))
    assert (ON_LAYERS["leaders-persist"].decide(run).lemma is not None) == (len(set(kind.matrices)) == 1)


class Shrinking(Layered):
    """The same, and then every token is halved: a leader leads on, but moves."""

    def step(self, layer):
        return Halved(super().step(layer))

    def facts(self, dimension):
        unknown = dict.fromkeys(("convex_step", "keeps", "forward", "moves", "linear"), False)
        return replace(super().facts(dimension), step=None, repeating=None, **unknown)


@dataclass(frozen=True)
class Halved:
    first: Step

    def moved(self, state, *heads):
        moved = self.first.moved(state, *heads)
        return Points.from_rows([[x / 2 for x in row] for row in moved.rows()])


def test_a_leader_that_moves_does_not_persist_whatever_the_kind_of_system():
    run = started(Shrinking((((Fraction(1),),),), (Fraction(1, 2),)), [[1], [-1]], 2)
    found = ON_LAYERS["leaders-persist"].decide(run)
    assert (found.outcome, found.witness) == (
        "fails",
        {"token": 0, "leads": 0, "layer": 1, "point": [Fraction(1, 2)]},
    )
    assert limit(run).status == "undecided"


def test_leaders_need_not_persist_where_the_matrix_changes():
    turning = Layered((((Fraction(1),),), ((Fraction(-1),),)), (Fraction(1, 2),))
    found = ON_LAYERS["leaders-persist"].decide(started(turning, [[1], [-1]], 1))
    assert (found.outcome, found.witness) == ("fails", {"token": 0, "leads": 0, "layer": 1, "rival": 1})


def test_what_is_said_of_one_matrix_is_undecided_for_several():
    turning = Layered((((Fraction(1),),), ((Fraction(-1),),)), (Fraction(1, 2), Fraction(1, 3)))
    run = started(turning, [[1], [-1]], 1)
    for hypothesis in (hypotheses.symmetric, hypotheses.positive_definite, hypotheses.positive_alpha):
        assert hypothesis(run).outcome == "undecided"
    assert limit(run).limits == ((0,), (0,))  # from layer 1 on the tokens attend each other
    with pytest.raises(InputError, match="system: requires one matrix of scores for all heads and layers"):
        turning.matrix(1)


def test_a_schedule_of_steps_is_not_taken_for_one_step():
    kind = Layered((((Fraction(1),),),), (Fraction(1, 2), Fraction(0)))
    assert limit(started(kind, [[1], ["1/2"]], 1)).limits == ((1,), (Fraction(3, 4),))
    assert limit(started(replace(kind, steps=(Fraction(1, 2),)), [[1], ["1/2"]], 1)).limits == ((1,), (1,))


class Local(Layered):
    """From layer 1 on a token sees none but the tokens before it."""

    def heads(self, layer, dimension):
        return tuple(
            replace(head, mask=Mask("causal") if layer else None) for head in super().heads(0, dimension)
        )

    def facts(self, dimension):
        return replace(
            super().facts(dimension), all_visible=False, transitive_masks=False, same_attention=False
        )


def test_what_a_token_sees_is_not_that_of_layer_0_where_masks_change():
    run = started(Local((((Fraction(1),),),), (Fraction(1, 2),)), [[1], [2]], 2)
    found = check(run).statements["hull-of-the-seen"]
    assert found.outcome == "undecided"
    assert found.reason == "it speaks of masks that are the same at all layers"


def test_what_is_made_for_hardmax_alone_says_so():
    run = started(Layered((((Fraction(1),),),), (Fraction(1, 2),)), [[1]], 1)
    message = "system: a certificate requires Hardmax, one A and one alpha for all layers, got Layered"
    with pytest.raises(InputError, match=message):
        _ = hardmax_of(run, "a certificate")


def test_a_system_is_a_subject_of_verdicts_with_tokens_beside_it():
    kind = Layered((((Fraction(1),),),), (Fraction(1, 2),))
    assert run_of(kind, [[1], ["1/2"]]) == started(kind, [[1], ["1/2"]], 30)
    assert limit(kind, tokens=[[1], ["1/2"]]).places == ((1,), (1,))


def test_what_is_said_of_a_kind_is_shown_as_of_any_other_and_what_is_not_made_for_it_says_so():
    turning = Layered((((Fraction(1),),), ((Fraction(-1),),)), (Fraction(1, 2),))
    run = started(turning, [[1], [-1]], 3)
    assert "leaders-persist & fails" in check(run).to_latex()
    assert repr(run.plot()) == "Picture(png, svg, pdf)"
    assert compare(run).layer is None
    assert attention_graph(run, 0).number_of_nodes() == 2
    for ask in (lambda: check(run).certificate, lambda: run.save("run.json"), lambda: hunt("limit-set", run)):
        with pytest.raises(InputError, match=r"^\w+: .*requires (a run of )?HardAttention, got Layered$"):
            ask()


def test_every_statement_is_judged_for_a_kind_with_a_matrix_a_layer():
    turning = Layered((((Fraction(1),),), ((Fraction(-1),),)), (Fraction(1, 2),))
    run = started(turning, [[1], [-1]], 3)
    found = {name: verdict.outcome for name, verdict in check(run).statements.items()}
    assert found == {
        "hull-shrinkage": "holds",
        "norm-growth": "undecided",
        "leaders-persist": "fails",
        "distinctness-preserved": "fails",
        "leaders-extreme": "holds",
        "convergence": "holds",
        "leader-vertex": "undecided",
        "limit-set": "undecided",
    }
