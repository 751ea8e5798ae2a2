"""The parts of a system of any kind by name, so that two of them can be held side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from exactdyn.numbers.vectors import identity

if TYPE_CHECKING:
    from exactdyn.layer.relu import Relu
    from exactdyn.numbers.reading import Rows
    from exactdyn.numbers.terms import TermSum
    from exactdyn.systems.hard_attention import HardAttention
    from exactdyn.systems.head import Head
    from exactdyn.systems.schedule import Schedule

Parts: TypeAlias = Mapping[str, tuple[tuple[Fraction, ...], ...]]
"""The parts of a system by the names that certificates give them; a number is a matrix of one entry."""

TIES = {"first": Fraction(1), "last": Fraction(2)}
"""The numbers that stand for tie rules; "mean" is left out."""

Named: TypeAlias = "Iterator[tuple[str, tuple[tuple[Fraction, ...], ...]]]"


def general_parts(system: HardAttention, count: int, dimension: int) -> Parts:
    """Return the parts of a system for so many tokens; what is left to its default is left out.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> sorted(general_parts(Hardmax(mask="causal"), 2, 1))
    ['heads[0].A', 'heads[0].mask', 'tau']
    """
    heads = [
        part for h, head in enumerate(system.parts) for part in _head(f"heads[{h}].", head, count, dimension)
    ]
    blocks = [
        part for place, block in enumerate(system.relu or ()) for part in _block(f"relu[{place}].", block)
    ]
    parts = dict([*_steps(system.schedule), *heads, *blocks])
    return parts | ({"period": ((Fraction(system.period),),)} if system.period > 1 else {})


def plain_as_general(parts: Parts) -> Parts:
    """Return the parts of a system of one A and one alpha under the names of :func:`general_parts`.

    >>> one = ((Fraction(1),),)
    >>> sorted(plain_as_general({"alpha": one, "A": one, "tokens": one}))
    ['heads[0].A', 'tau', 'tokens']
    """
    alpha = parts["alpha"][0][0]
    general = {"tau": ((alpha / (1 + alpha),),), "tokens": parts["tokens"]}
    return general | ({"heads[0].A": parts["A"]} if "A" in parts else {})


def _steps(schedule: Schedule) -> Named:
    if schedule.quotient is None:
        yield "tau", (schedule.listed or (),)
        return
    yield "tau.numerator", _terms(schedule.quotient.numerator)
    yield "tau.denominator", _terms(schedule.quotient.denominator)


def _terms(terms: TermSum) -> Rows:
    return tuple((term.coefficient, Fraction(term.power), term.base) for term in terms.terms)


def _head(place: str, head: Head, count: int, dimension: int) -> Named:
    one = identity(dimension)
    yield from _matrices(f"{place}A", head.A or (one,))
    if any(matrix != one for matrix in head.V or ()):
        yield from _matrices(f"{place}V", head.V or ())
    if head.mask is not None and not head.mask.everybody:
        seen = head.mask.seen(count)
        yield f"{place}mask", tuple(tuple(Fraction(j in own) for j in range(count)) for own in seen)
    if head.ties != "mean":
        yield f"{place}ties", ((TIES[head.ties],),)


def _matrices(name: str, matrices: tuple[Rows, ...]) -> Named:
    for place, matrix in enumerate(matrices):
        yield (name if len(matrices) == 1 else f"{name}[{place}]"), matrix


def _block(place: str, block: Relu) -> Named:
    yield f"{place}W1", block.W1
    yield f"{place}b1", (block.b1,)
    yield f"{place}W2", block.W2
    yield f"{place}b2", (block.b2,)
    yield f"{place}eta", ((block.eta,),)
