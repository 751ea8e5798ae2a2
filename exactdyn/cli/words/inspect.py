"""What is known of a transformer's attention matrices, as text for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from exactdyn.cli.terminal.ending import one_line
from exactdyn.numbers.shown import counted

if TYPE_CHECKING:
    from flint import arb

    from exactdyn.geometry.spectrum import Eigenvalue
    from exactdyn.transformer import Inspection
    from exactdyn.transformer.head import InspectedHead

DIGITS = 6
"""So many digits of an enclosed number are shown; the last one may be off by one. What may be 0 is ~0."""

SAID = {"holds": "yes", "fails": "no", "undecided": "too close to say"}


def inspection_text(name: str, found: Inspection, brief: bool = False) -> str:
    """Return what ``inspect`` prints for people; ``brief``: without the table of all heads.

    >>> from exactdyn.transformer import inspect
    >>> text = inspection_text("one", inspect({"Q": [[1]], "K": [[1]], "V": [[2]]}))
    >>> print(text.splitlines()[-1].strip())
    0     0                     2.00000  yes                            1.00000  yes
    """
    lines = [*_summary(name, found), *([] if brief else ["", *_table(found.heads)])]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _summary(name: str, found: Inspection) -> Iterator[str]:
    from exactdyn.transformer.head import HYPOTHESES
    from exactdyn.transformer.inspection import LEFT_OUT

    layers, heads = counted(found.layers, "layer"), counted(found.heads_per_layer, "head")
    yield (
        f"{one_line(name)}: {found.layout}, {layers} of {heads}, tokens of dimension {found.dimension}, "
        f"heads of width {found.width}"
    )
    yield "every weight at its exact value, one head at a time: V = O V_h and A = K^T Q, <Ax, y> = <Qx, Ky>"
    yield f"left out: {'; '.join(LEFT_OUT)}"
    yield ""
    width = max(map(len, HYPOTHESES.values())) + 2
    yield f"{'heads':<{width}}{'yes':>6}{'no':>6}  too close to say"
    for hypothesis, counts in found.counts.items():
        yes, no, open = counts.values()
        yield f"{HYPOTHESES[hypothesis]:<{width}}{yes:>6}{no:>6}{open:>18}"
    yield ""
    yield f"leading eigenvalue of V: {_listed(head.leading for head in found.heads)}"
    yield f"rank of V: {_listed(str(head.value.rank) for head in found.heads)}"
    yield f"rank of A: {_listed(str(head.scores.rank) for head in found.heads)}"
    signs = (
        f"{own.positive} positive, {own.negative} negative, {own.zero} zero"
        for own in (h.inertia for h in found.heads)
    )
    yield f"signs of the symmetric part of A: {_listed(signs)}"


def _table(heads: Sequence[InspectedHead]) -> Iterator[str]:
    columns = ("leading eigenvalue", "simple, real, positive", "<Q phi, K phi>", "good triple")
    yield f"layer  head  {columns[0]:>26}  {columns[1]:<22}  {columns[2]:>14}  {columns[3]}"
    for head in heads:
        form = "" if head.form is None else _real(head.form)
        simple = head.hypotheses["leading-eigenvalue"]
        said = f"no: {head.leading}" if simple.outcome == "fails" else SAID[simple.outcome]
        yield (
            f"{head.layer:>5}  {head.head:>4}  {_eigenvalue(head.value.eigenvalues[0]):>26}  {said:<22}  "
            f"{form:>14}  {SAID[head.hypotheses['good-triple'].outcome]}"
        )


def _eigenvalue(own: Eigenvalue) -> str:
    if own.real is not None:
        return _real(own.real)
    return f"{_real(own.value.real)} +- {_real(abs(own.value.imag))}i"


def _real(number: arb) -> str:
    if number.contains(0) and not number.is_zero():
        return "~0"
    return number.str(DIGITS, radius=False)


def _listed(kinds: Iterable[str]) -> str:
    return ", ".join(f"{kind} ({counted(count, 'head')})" for kind, count in Counter(kinds).most_common())
