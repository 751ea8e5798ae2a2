"""Any hard-attention layer: heads with value matrices, masks and tie rules, a schedule, ReLU blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Final, Literal, Self, TypeAlias, cast, get_args

from exactdyn.errors import InputError, ShapeError
from exactdyn.kernel.exact.start import Source
from exactdyn.kernel.recorder import record
from exactdyn.layer.affine import Multiplier, normalised_step, sum_of
from exactdyn.layer.head import LayerHead
from exactdyn.layer.relu import Relu
from exactdyn.layer.step import LayerStep
from exactdyn.numbers.domain import Domain
from exactdyn.numbers.fields.joining import Embedding, joined
from exactdyn.numbers.rationals import RATIONALS
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.shown import counted
from exactdyn.systems.facts import Facts
from exactdyn.systems.hard_facts import Steps, facts_of, one_matrix
from exactdyn.systems.head import Head
from exactdyn.systems.heads_as_one import heads_as_one
from exactdyn.systems.one_field import carried_parts, domains_of
from exactdyn.systems.plain import FEW, record_start
from exactdyn.systems.run import DEFAULT_LAYERS, Run, started
from exactdyn.systems.schedule import Schedule
from exactdyn.systems.stated import entry_at, require_period
from exactdyn.systems.system import Recorded, System
from proofs_checks.format.rationals import shorten

Form: TypeAlias = Literal["normalised", "unnormalised"]

ALPHA: Final = Fraction(1)
"""The coefficient where none is given; whether it was given is told by this very object."""


@dataclass(frozen=True, init=False)
class HardAttention(System):
    """The dynamics of n tokens in Q^d under layers of hard attention, all parameters exact.

    Head h attends C_ih, the tokens j in M_h(i) with the largest <A_h z_i, z_j>, c_ih their mean (or the
    lowest, or the highest of them). With tau = alpha/(1+alpha) and P_h = ((1-tau) I + tau S)^-1 tau V_h,
    S = sum_h V_h, a layer is

        y_i = z_i + sum_h P_h (c_ih - z_i)        and then        z_i <- eta y_i + W2 relu(W1 y_i + b1) + b2

    where there is a ReLU block. It is z_i + alpha sum_h V_h c_ih divided by I + alpha S. ``heads``: at least
    one :class:`~exactdyn.systems.head.Head`. ``alpha``: a number, a list of numbers, or a formula in the
    layer such as "2/(k+2)"; ``tau`` instead of it. ``relu``: None, a :class:`~exactdyn.layer.relu.Relu`, or
    a list of them. Of every list the last ``period`` entries repeat for ever. ``form``: what
    :meth:`~exactdyn.systems.run.Run.tokens` shows; "unnormalised", z_i + alpha sum_h V_h c_ih, where S is a
    multiple of the identity at every layer and there is no ReLU block. Verdicts are about the normalised
    form.

    Raises :class:`~exactdyn.errors.InputError` for what is none of these, and where a layer has no
    normalised step (of a formula: when that layer is reached).
    Source: arXiv 2407.01602, equations (1.1) to (1.3), for one head; arXiv 2508.09628 v1 for V and schedules.

    >>> from exactdyn.systems.head import Head
    >>> system = HardAttention(heads=[Head(mask="causal"), Head([[-1]])], tau="1/(k+2)")
    >>> system.run([[1], [0]], layers=2).tokens(2)[1]
    [Fraction(5, 12)]
    >>> system
    HardAttention(2 heads, tau = 1/(k+2), mask causal in head 0)
    """

    parts: tuple[Head, ...]
    schedule: Schedule
    relu: tuple[Relu, ...] | None
    period: int
    form: Form

    def __init__(
        self,
        heads: object,
        alpha: object = ALPHA,
        *,
        tau: object = None,
        relu: object = None,
        period: object = 1,
        form: object = "normalised",
    ) -> None:
        parts, blocks = _heads(heads), _blocks(relu)
        lengths = [(f"heads[{h}].{name}", n) for h, head in enumerate(parts) for name, n in head.lengths]
        self._settle(parts, alpha, tau, blocks, period, form, lengths)

    def _settle(
        self,
        parts: tuple[Head, ...],
        alpha: object,
        tau: object,
        relu: tuple[Relu, ...] | None,
        period: object,
        form: object,
        lengths: list[tuple[str, int]],
    ) -> None:
        """Take over what was read; ``lengths``: the names of the matrices given and how many of each."""
        if not isinstance(form, str) or form not in get_args(Form):
            raise InputError(f'form: requires "normalised" or "unnormalised", got {shorten(form)}')
        if tau is not None and alpha is not ALPHA:
            raise InputError("tau: requires no alpha beside it, tau = alpha/(1+alpha), got both")
        number = require_period(period, [*lengths, ("relu", len(relu or ()))])
        schedule = Schedule.of_alpha(alpha, number) if tau is None else Schedule.of_tau(tau, number)
        domain, into = joined(domains_of(parts, schedule, relu or ()))
        if domain != RATIONALS:
            parts, schedule, relu = carried_parts(parts, schedule, relu, into)
        self._take_over(parts, schedule, relu, number, cast("Form", form))
        if len(parts) > 1 or parts[0].V is not None or relu is not None:
            _require_one_dimension(parts, relu or ())
            for layer in range(sum(self.repeats or ())):
                self.step(layer)  # refuses what has no normalised step; without V all have one
        if form == "unnormalised":
            self._require_unnormalised()

    def _take_over(
        self,
        parts: tuple[Head, ...],
        schedule: Schedule,
        relu: tuple[Relu, ...] | None,
        period: int,
        form: Form,
    ) -> None:
        fields = {"parts": parts, "schedule": schedule, "relu": relu, "period": period, "form": form}
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        count, blocks = len(self.parts), len(self.relu or ())
        said = [counted(count, "head"), self.schedule.text, *self._masks_and_ties()]
        said += [f"ReLU blocks of {blocks} layers" if blocks > 1 else "a ReLU block"] if blocks else []
        said += [] if self.form == "normalised" else [self.form]
        return f"{type(self).__name__}({', '.join(said)})"

    def _masks_and_ties(self) -> Iterator[str]:
        """Yield the masks and tie rules that are not the usual ones, with their heads if heads differ."""
        masks = [None if head.mask is None else f"mask {head.mask.text}" for head in self.parts]
        ties = [None if head.ties == "mean" else f"ties {head.ties}" for head in self.parts]
        for found in (masks, ties):
            for words in dict.fromkeys(filter(None, found)):
                where = [str(h) for h, own in enumerate(found) if own == words]
                every = "" if len(where) == len(found) else f" in head{'s' * (len(where) > 1)} "
                yield words + every + (", ".join(where) if every else "")

    @cached_property
    def domain(self) -> Domain[Any]:
        """The domain of all numbers that state the system.

        >>> HardAttention([Head([["sqrt(2)"]])]).domain.name
        'the field of x^2 - 2'
        """
        return domains_of(self.parts, self.schedule, self.relu or ())[0]

    def carried(self, into: Embedding) -> Self:
        """Return this system with its numbers in a larger field.

        >>> HardAttention([Head([["sqrt(2)"]])]).carried(lambda x: x).domain.degree
        2
        """
        moved = object.__new__(type(self))  # nothing that is derived goes over with it
        parts = carried_parts(self.parts, self.schedule, self.relu, into)
        moved._take_over(*parts, self.period, self.form)
        return moved

    @cached_property
    def repeats(self) -> tuple[int, int] | None:
        """The layer from which on layers repeat, and their period; None where they never do, for a formula.

        >>> from exactdyn.systems.head import Head
        >>> HardAttention([Head()], alpha=[1, 2, 3], period=2).repeats
        (1, 2)
        """
        if self.schedule.repeats is None:
            return None
        first, period = self.schedule.repeats
        longest = self._longest_list
        # A schedule whose steps differ repeats with the period of the lists.
        return (first, period) if longest == 1 else (max(first, longest - self.period), self.period)

    @property
    def listed(self) -> bool:
        """Whether anything is a list of several entries, so that ``period`` says how it goes on.

        >>> from exactdyn.systems.head import Head
        >>> HardAttention([Head()], alpha=[1, 2]).listed, HardAttention([Head()], tau="2/(k+2)").listed
        (True, False)
        """
        return self._longest_list > 1 or len(self.schedule.stated) > 1

    @property
    def _longest_list(self) -> int:
        # Of what heads and ReLU blocks have a layer.
        return max(len(self.relu or ()), 1, *(count for head in self.parts for _, count in head.lengths))

    def multipliers(self, layer: int) -> tuple[Multiplier, ...]:
        """Return V_h of every head at a layer, a number where it is a multiple of the identity.

        >>> HardAttention([Head(V=[[2]]), Head()]).multipliers(0)
        (Fraction(2, 1), Fraction(1, 1))
        """
        return tuple(head.multiplier(layer, self.period) for head in self.parts)

    def heads(self, layer: int, dimension: int) -> tuple[LayerHead, ...]:
        """Return the heads of a layer; raises ShapeError where a matrix does not fit the tokens.

        Source: arXiv 2407.01602, equation (1.2), for one head.

        >>> HardAttention([Head(), Head(ties="last")]).heads(0, 1)[1]
        LayerHead(matrix=((Fraction(1, 1),),), mask=None, ties='last')
        """
        entries = tuple(head.entry(layer, self.period) for head in self.parts)
        known = self._known_heads.get((entries, dimension))
        if known is None:
            known = tuple(
                head.at(layer, dimension, self.period, self._place(h)) for h, head in enumerate(self.parts)
            )
            for block in self.relu or ():
                if block.dimension != dimension:
                    raise ShapeError(f"relu: requires blocks for d = {dimension}, got d = {block.dimension}")
            self._known_heads[entries, dimension] = known
        return known

    @cached_property
    def _known_heads(self) -> dict[tuple[object, ...], tuple[LayerHead, ...]]:
        return {}

    def _place(self, head: int) -> str:
        return f"heads[{head}]."

    def step(self, layer: int) -> LayerStep:
        """Return the step of a layer in the normalised form.

        Raises :class:`~exactdyn.errors.InputError` where there is none, naming the layer.
        Source: arXiv 2407.01602, equation (1.1), for one head with V = I.

        >>> HardAttention([Head()], tau="1/(k+2)").step(1)
        Step(tau=Fraction(1, 3))
        """
        if self.repeats is None:
            return self._made_step(layer)
        first, period = self.repeats
        same = layer if layer < first else first + (layer - first) % period
        known = self._known_steps.get(same)
        if known is None:
            known = self._known_steps[same] = self._made_step(layer)
        return known

    @cached_property
    def _known_steps(self) -> dict[int, LayerStep]:
        return {}

    def _made_step(self, layer: int) -> LayerStep:
        block = None if self.relu is None else self.relu[entry_at(layer, len(self.relu), self.period)]
        try:
            return normalised_step(self.schedule.at(layer), self.multipliers(layer), block)
        except InputError as error:
            raise InputError(f"V: requires a normalised step at layer {layer}, got none: {error}") from None

    def facts(self, dimension: int) -> Facts:
        """Return what lemmas may use for tokens of a dimension; raises ShapeError on a misfit.

        Source: the lemmas of ``proofs_checks/FORMAT.md`` that ask for them.

        >>> facts = HardAttention([Head(mask="causal"), Head(mask="causal")]).facts(2)
        >>> facts.leaders_stay, facts.followers_stay
        (True, False)
        """
        if dimension not in self._known_facts:
            self.heads(0, dimension)  # refuses what does not fit
            system, _ = self.as_one(dimension)
            self._known_facts[dimension] = facts_of(system.parts, system._steps, dimension)
        return self._known_facts[dimension]

    @cached_property
    def _known_facts(self) -> dict[int, Facts]:
        return {}

    def as_one(self, dimension: int) -> tuple[HardAttention, tuple[int, ...] | None]:
        """Return the same dynamics with one head in place of those of one A, mask and rule for ties.

        And which head of this system stands for each of that one; None where it is this system. Values add
        up.
        Source: lemma ``heads-as-one`` in ``proofs_checks/FORMAT.md``.

        >>> HardAttention([Head([[2]]), Head([[-1]]), Head(V=[[3]])]).as_one(1)
        (HardAttention(2 heads, alpha = 1), (0, 1))
        """
        if len(self.parts) == 1:
            return self, None
        if dimension not in self._known_as_one:
            parts, places = heads_as_one(self.parts, self.period, dimension)
            if len(parts) == len(self.parts):
                return self, None
            system = object.__new__(HardAttention)
            system._take_over(parts, self.schedule, self.relu, self.period, self.form)
            self._known_as_one[dimension] = system, places
        return self._known_as_one[dimension]

    @cached_property
    def _known_as_one(self) -> dict[int, tuple[HardAttention, tuple[int, ...]]]:
        return {}

    @cached_property
    def _steps(self) -> Steps:
        layers = range(sum(self.repeats or (self._longest_list,)))
        values = tuple(map(self.multipliers, layers))
        return Steps(self.schedule, self.repeats, values, bent=self.relu is not None)

    def matrix(self, dimension: int) -> Rows:
        """Return the one matrix of scores of all heads and layers, up to a positive factor each.

        Raises :class:`~exactdyn.errors.InputError` where there are several, and ShapeError on a misfit.

        >>> HardAttention([Head([[2]]), Head([[3]])]).matrix(1)
        ((Fraction(2, 1),),)
        """
        heads = self.heads(0, dimension)
        if one_matrix(self.parts, dimension) is None:
            raise InputError("system: requires one matrix of scores for all heads and layers, got several")
        return heads[0].matrix

    def growth(self, layer: int) -> tuple[Fraction, int]:
        """Return base and exponent of what the states shown at a layer are larger by than normalised ones.

        It is the product of 1 + alpha_k s over the layers k before, s I the sum of all V_h.
        Source: arXiv 2407.01602, equations (1.1) to (1.3), for one head with V = I.

        >>> HardAttention([Head()], alpha=[1, 2], form="unnormalised").growth(3)
        (Fraction(18, 1), 1)
        """
        if self.form == "normalised":
            return Fraction(1), layer
        if self.repeats == (0, 1):
            return self._growth_of(0), layer
        product = Fraction(1)
        for k in range(layer):
            product *= self._growth_of(k)
        return product, 1

    def _growth_of(self, layer: int) -> Fraction:
        tau, total = self.schedule.at(layer), sum_of(self.multipliers(layer))
        if tau == 1 or isinstance(total, tuple):
            reason = "tau = 1" if tau == 1 else "the sum of all V is no multiple of the identity"
            raise InputError(f'form: requires "normalised" where {reason}, as at layer {layer}')
        return (1 - tau + tau * total) / (1 - tau)

    def _require_unnormalised(self) -> None:
        if self.relu is not None:
            raise InputError('form: requires "normalised" where there is a ReLU block, got "unnormalised"')
        for layer in range(sum(self.repeats or (self._longest_list,))):
            self._growth_of(layer)

    def record(self, source: Source, layers: int) -> Recorded:
        """Run from a source through this many layers: on the fast kernel where all heads are one in effect.

        That is where they have one matrix, see everybody, keep ties, and go straight to the mean, all at one
        rate.
        Source: lemmas ``leaders-persist``, ``lock-in``, ``tie-lock-in`` in ``proofs_checks/FORMAT.md``.

        >>> HardAttention([Head()]).record(Source([[1], ["1/2"]]), 3).leaders
        {0: 0}
        """
        heads = self.heads(0, source.dimension)  # refuses what does not fit
        if layers == 0 and source.count**2 * source.dimension <= FEW:
            return record_start(heads, source.points)
        if not (source.rational and self.domain == RATIONALS):
            return super().record(source, layers)
        system, _ = self.as_one(source.dimension)
        total = system._sole_schedule
        if total is None or one_matrix(system.parts, source.dimension) is None:
            return super().record(source, layers)
        matrix = None if system.parts[0].A is None else system.parts[0].A[0]
        return record(matrix, total, source, layers, len(self.parts))

    @cached_property
    def _sole_schedule(self) -> Schedule | None:
        # The steps of all heads together, if heads that attend alike are one head in effect.
        if any(head.mask is not None or head.ties != "mean" for head in self.parts):
            return None
        if len(self.parts) == 1 and self.parts[0].V is None and self.relu is None:
            return self.schedule
        return self._steps.movement.total

    def run(self, tokens: object, layers: int = DEFAULT_LAYERS) -> Run:
        """Run the dynamics from these tokens through this many layers.

        ``tokens``: n rows of d exact numbers, or :func:`~exactdyn.numbers.reading.from_floats`. ``layers``:
        how many steps are taken, 0 to 10 million; the run has states 0..layers. Raises
        :class:`~exactdyn.errors.InputError` for tokens of the wrong shape and for a bad number of layers.

        >>> HardAttention([Head()], alpha="1/2").run([["1/2"], [1]], layers=3).leaders
        {1: 0}
        """
        return started(self, tokens, layers)


def _heads(heads: object) -> tuple[Head, ...]:
    given = (heads,) if isinstance(heads, Head) or not isinstance(heads, Iterable) else tuple(heads)
    if not given:
        raise InputError("heads: requires at least one Head, got none")
    for place, head in enumerate(given):
        if not isinstance(head, Head):
            raise InputError(f"heads[{place}]: requires a Head, got {shorten(head)}")
    return cast("tuple[Head, ...]", given)


def _blocks(relu: object) -> tuple[Relu, ...] | None:
    if relu is None:
        return None
    listed = isinstance(relu, Iterable) and not isinstance(relu, str)
    given = tuple(cast("Iterable[object]", relu)) if listed else (relu,)
    if not given:
        raise InputError("relu: requires at least one Relu, got none")
    for place, block in enumerate(given):
        if not isinstance(block, Relu):
            where = f"relu[{place}]" if listed else "relu"
            raise InputError(f"{where}: requires a Relu, got {shorten(block)}")
    return cast("tuple[Relu, ...]", given)


def _require_one_dimension(heads: tuple[Head, ...], relu: tuple[Relu, ...]) -> None:
    """Raise ShapeError if all V and ReLU blocks are not for tokens of one dimension."""
    one = len(heads) == 1
    found = [
        ("V" if one else f"heads[{h}].V", len(matrix))
        for h, head in enumerate(heads)
        for matrix in head.V or ()
    ]
    found += [("relu", block.dimension) for block in relu]
    for name, dimension in found:
        if dimension != found[0][1]:
            raise ShapeError(f"{name}: requires d = {found[0][1]} like {found[0][0]}, got d = {dimension}")
