"""Cells of a parameter in words: neighbours with the same answer together, and where each token leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from exactdyn.cli.words.sentences import PLAIN
from exactdyn.numbers.shown import counted

if TYPE_CHECKING:
    from exactdyn.documents import Example
    from exactdyn.parameters.cell import ParameterCell
    from exactdyn.parameters.cells import ParameterCells
    from exactdyn.parameters.verdicts import VerdictPart

TOKENS_NAMED = 12
"""So many tokens of a cluster are named."""


def cells_text(example: Example, found: ParameterCells, digits: int, brief: bool = False) -> str:
    """Return what ``cells`` prints.

    Where the parameter is alpha, limits are polynomials in tau = alpha/(1+alpha).

    >>> from exactdyn.documents import load_example
    >>> from exactdyn.parameters.cells import cells
    >>> example = load_example("collision-on-a-line")
    >>> print(cells_text(example, cells(example), 8).splitlines()[1])
    alpha in (0, infinity)  3 cells, closed by locked-itinerary, lock-in
    """
    return "".join(f"{line}\n" for line in _lines(example, found, digits, brief))


def _lines(example: Example, found: ParameterCells, digits: int, brief: bool) -> Iterator[str]:
    count, dimension = example.shape
    size = f"{counted(count, 'token')} in dimension {dimension}"
    yield f"{PLAIN.text(example.name)}: {size}, {_scope(found)}"
    for group in found.merged:
        lines = _group_lines(found, group, digits, example.labels)
        yield from islice(lines, 2) if brief else lines
    yield from _leader_lines(found, digits, example.labels)
    if not found.finished:
        yield "stopped before the end: above the last cell nothing is known"


def _scope(found: ParameterCells) -> str:
    name, layers = found.line.name, found.exploration.layers
    if found.complete:
        return f"every {name} settled for all layers"
    closed = sum(cell.closed for cell in found.cells)
    return f"{closed} of {len(found.cells)} cells settled for all layers, the others to layer {layers}"


def _group_lines(
    found: ParameterCells, group: Sequence[ParameterCell], digits: int, labels: Sequence[str] | None
) -> Iterator[str]:
    first, last = group[0], group[-1]
    where = first.region_text(digits) if len(group) == 1 else _from_to(found, first, last, digits)
    lemmas = dict.fromkeys(cell.lemma for cell in group if cell.lemma is not None)
    how = f"closed by {', '.join(lemmas)}" if first.closed else f"open after layer {first.layer}"
    yield f"{where}  {counted(len(group), 'cell')}, {how}"
    leaders = ", ".join(_token(token, labels) for token in sorted(first.leaders)) or "none"
    yield f"  leaders: {leaders}{'' if first.closed else ' so far'}"
    shown = next((cell for cell in group if not cell.point), first)
    x = "tau" if found.line.tau is None else found.line.name
    if shown.coefficients is not None:
        for cluster in shown.clusters:
            place = ", ".join(polynomial(entry, x) for entry in shown.coefficients[cluster[0]])
            yield f"  {_tokens(cluster, labels)} to ({place})"
    elif shown.closed:
        yield f"  the graphs repeat every {shown.period} layers, and not all tokens converge"


def _from_to(found: ParameterCells, first: ParameterCell, last: ParameterCell, digits: int) -> str:
    return f"{found.line.name} in {interval(first, last, digits)}"


def interval(first: ParameterCell | VerdictPart, last: ParameterCell | VerdictPart, digits: int) -> str:
    """Write where neighbours are, the first and the last of which are given.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> first, point, last = cells(Hardmax([[-1]]), tokens=[[1], [-1]]).cells
    >>> interval(first, point, 8), interval(point, last, 8)
    ('(0, 1]', '[1, infinity)')
    """
    left, right = "[" if first.point else "(", "]" if last.point else ")"
    return f"{left}{first.low.text(digits)}, {last.high.text(digits)}{right}"


def _token(token: int, labels: Sequence[str] | None) -> str:
    return f"{token} ({PLAIN.text(labels[token])})" if labels else str(token)


def _tokens(cluster: Sequence[int], labels: Sequence[str] | None) -> str:
    named = ", ".join(_token(token, labels) for token in cluster[:TOKENS_NAMED])
    more = f", ... ({len(cluster)} tokens)" if len(cluster) > TOKENS_NAMED else ""
    return f"token {named} tends" if len(cluster) == 1 else f"tokens {named}{more} tend"


def _leader_lines(found: ParameterCells, digits: int, labels: Sequence[str] | None) -> Iterator[str]:
    """Say where each token leads that does not lead everywhere."""
    for token in sorted({token for cell in found.cells for token in cell.leaders}):
        runs: list[list[ParameterCell]] = []
        for before, cell in pairwise([None, *found.cells]):
            if cell is None or token not in cell.leaders:
                continue
            if before is None or token not in before.leaders:
                runs.append([])
            runs[-1].append(cell)
        if len(runs) > 1 or len(runs[0]) < len(found.cells):
            parts = (
                run[0].region_text(digits) if len(run) == 1 else _from_to(found, run[0], run[-1], digits)
                for run in runs
            )
            yield f"token {_token(token, labels)} leads for {', '.join(parts)}"


def polynomial(coefficients: Sequence[Fraction], name: str) -> str:
    """Write a polynomial, lowest degree first.

    >>> polynomial([Fraction(-1, 12), Fraction(1, 12)], "tau"), polynomial([], "t")
    ('-1/12 + 1/12 tau', '0')
    """
    text = ""
    for power, c in enumerate(coefficients):
        if c == 0:
            continue
        factor = "" if power == 0 else f"{name}^{power}" if power > 1 else name
        size = "" if abs(c) == 1 and factor else PLAIN.number(abs(c))
        term = f"{size} {factor}".strip()
        sign = ("-" if c < 0 else "") if not text else (" - " if c < 0 else " + ")
        text += f"{sign}{term}"
    return text or "0"
