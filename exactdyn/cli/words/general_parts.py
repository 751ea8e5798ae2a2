"""The parts of a system of any kind by name, so that two of them can be held side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from exactdyn.certificates.checked import checked_rows
from exactdyn.numbers.vectors import identity
from proofs_checks.hardmax.schedule import Listed

if TYPE_CHECKING:
    from exactdyn.layer.relu import Relu
    from exactdyn.numbers.reading import Rows
    from exactdyn.systems.hard_attention import HardAttention
    from exactdyn.systems.head import Head
    from exactdyn.systems.schedule import Schedule
    from proofs_checks.hardmax.heads import Head as CheckedHead
    from proofs_checks.hardmax.relu import Relu as CheckedRelu
    from proofs_checks.hardmax.system import System
    from proofs_checks.hardmax.terms import Terms

Parts: TypeAlias = Mapping[str, tuple[tuple[Fraction, ...], ...]]
"""The parts of a system by the names that certificates give them; a number is a matrix of one entry."""

TIES = {"first": Fraction(1), "last": Fraction(2)}
"""The numbers that stand for tie rules; "mean" is left out."""

Triple: TypeAlias = tuple[Fraction, int, Fraction]
"""A term c k^p r^k: c, p and r."""

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


def is_plain(system: System) -> bool:
    """Tell whether the system of a certificate is one A and one alpha, and nothing else.

    >>> from proofs_checks.hardmax.system import System
    >>> is_plain(System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),),)))
    True
    """
    head, *others = system.stated
    steps = checked_rows((system.schedule.values,))[0] if isinstance(system.schedule, Listed) else ()
    one = not others and len(head.matrices) == len(steps) == 1 and steps[0] != 1
    return one and not head.values and head.mask is None and head.ties == "mean" and not system.relu


def checked_parts(system: System) -> Parts:
    """Return the parts of the system of a certificate, named and written as those of a document.

    >>> from proofs_checks.hardmax.system import System
    >>> sorted(checked_parts(System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),),))))
    ['heads[0].A', 'tau', 'tokens']
    """
    count, schedule = len(system.tokens), system.schedule
    tau: Named = (
        iter([("tau", checked_rows((schedule.values,)))])
        if isinstance(schedule, Listed)
        else _quotient(_triples(schedule.numerator), _triples(schedule.denominator))
    )
    heads = [
        part for h, head in enumerate(system.stated) for part in _checked_head(f"heads[{h}].", head, count)
    ]
    blocks = [part for place, block in enumerate(system.relu) for part in _block(f"relu[{place}].", block)]
    parts = dict([*tau, *heads, *blocks, ("tokens", checked_rows(system.tokens))])
    return parts | ({"period": ((Fraction(system.period),),)} if system.period > 1 else {})


def _checked_head(place: str, head: CheckedHead, count: int) -> Named:
    one = identity(len(head.matrices[0]))
    yield from _matrices(f"{place}A", tuple(map(checked_rows, head.matrices)))
    values = tuple(map(checked_rows, head.values))
    if any(matrix != one for matrix in values):
        yield from _matrices(f"{place}V", values)
    if head.mask is not None:
        yield from mask_part(place, [frozenset(head.mask.seen(token)) for token in range(count)])
    if head.ties != "mean":
        yield f"{place}ties", ((TIES[head.ties],),)


def _triples(terms: Terms) -> list[Triple]:
    return [(checked_rows(((c,),))[0][0], p, r) for c, p, r in terms.parts]


def mask_part(place: str, seen: Sequence[frozenset[int]]) -> Named:
    """Yield who may see whom, as a part; nothing where everybody sees everybody.

    >>> list(mask_part("", [frozenset({0, 1}), frozenset({0, 1})]))
    []
    """
    if any(len(own) < len(seen) for own in seen):
        rows = (tuple(Fraction(j in own) for j in range(len(seen))) for own in seen)
        yield f"{place}mask", tuple(rows)


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
    yield from _quotient(*(((t.coefficient, t.power, t.base) for t in part.terms) for part in schedule.parts))


def _quotient(above: Iterable[Triple], below: Iterable[Triple]) -> Named:
    """Yield the terms of both, those that grow fastest first, the first of the denominator with factor 1."""
    denominator = sorted(below, key=lambda term: (term[2], term[1]), reverse=True)
    numerator = sorted(above, key=lambda term: (term[2], term[1]), reverse=True)
    scale = denominator[0][0]
    for name, terms in (("numerator", numerator), ("denominator", denominator)):
        yield f"tau.{name}", tuple((c / scale, Fraction(power), base) for c, power, base in terms)


def _head(place: str, head: Head, count: int, dimension: int) -> Named:
    one = identity(dimension)
    yield from _matrices(f"{place}A", head.A or (one,))
    if any(matrix != one for matrix in head.V or ()):
        yield from _matrices(f"{place}V", head.V or ())
    if head.mask is not None:
        yield from mask_part(place, head.mask.seen(count))
    if head.ties != "mean":
        yield f"{place}ties", ((TIES[head.ties],),)


def _matrices(name: str, matrices: tuple[Rows, ...]) -> Named:
    for place, matrix in enumerate(matrices):
        yield (name if len(matrices) == 1 else f"{name}[{place}]"), matrix


def _block(place: str, block: Relu | CheckedRelu) -> Named:
    rows = {"W1": block.W1, "b1": (block.b1,), "W2": block.W2, "b2": (block.b2,), "eta": ((block.eta,),)}
    for name, part in rows.items():
        yield f"{place}{name}", checked_rows(part)
