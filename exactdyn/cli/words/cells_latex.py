r"""The cells of a parameter as a LaTeX table, ready to paste."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from exactdyn.cli.words.latex import escape, latex_number
from exactdyn.numbers.shown import counted

if TYPE_CHECKING:
    from exactdyn.documents import Example
    from exactdyn.parameters.cell import ParameterCell
    from exactdyn.parameters.cells import ParameterCells
    from exactdyn.parameters.end import End


def cells_latex(example: Example, found: ParameterCells, digits: int) -> str:
    r"""Return a table of neighbours with the same leaders and limits, with the package booktabs.

    >>> from exactdyn.documents import load_example
    >>> from exactdyn.parameters.cells import cells
    >>> example = load_example("lock-needs-leader")
    >>> print(cells_latex(example, cells(example), 8).splitlines()[7][:60])
    $(0, \frac{2}{5}]$ & $2, 3$ & $z_{0}, z_{1}, z_{2}, z_{5} \t
    """
    name = r"\alpha" if found.line.tau is None else rf"\mathit{{{escape(found.line.name)}}}"
    x = r"\tau" if found.line.tau is None else name
    settled = "settled for ever" if found.complete else "some of them open"
    count = counted(len(found.cells), "cell")
    lines = [
        r"% needs \usepackage{booktabs}",
        r"\begin{table}",
        r"\centering",
        r"\begin{tabular}{llp{0.6\linewidth}}",
        r"\toprule",
        rf"${name}$ & leaders & limits \\",
        r"\midrule",
        *_rows(found, digits, x),
        r"\bottomrule",
        r"\end{tabular}",
        rf"\caption{{{escape(example.name)}: {count}, {settled}.}}",
        r"\end{table}",
    ]
    return "\n".join(lines) + "\n"


def _rows(found: ParameterCells, digits: int, x: str) -> Iterator[str]:
    for group in found.merged:
        first, last = group[0], group[-1]
        leaders = ", ".join(map(str, sorted(first.leaders)))
        who = f"${leaders}$" if leaders else "none"
        shown = next((cell for cell in group if not cell.point), first)
        yield rf"${_where(first, last, digits)}$ & {who} & {_limits(shown, x)} \\"


def _where(first: ParameterCell, last: ParameterCell, digits: int) -> str:
    if first.point and first is last:
        return rf"\{{{_end(first.low, digits)}\}}"
    left, right = "[" if first.point else "(", "]" if last.point else ")"
    return f"{left}{_end(first.low, digits)}, {_end(last.high, digits)}{right}"


def _end(end: End, digits: int) -> str:
    if end.infinite:
        return r"\infty"
    if end.number is not None:
        return latex_number(end.number)
    figures, power = end.leading(digits)
    times = rf" \cdot 10^{{{power}}}" if power else ""
    return rf"{figures}\ldots{times}"


def _limits(cell: ParameterCell, x: str) -> str:
    if cell.coefficients is None:
        return (
            f"period {cell.period}, not all tokens converge"
            if cell.closed
            else f"open after layer {cell.layer}"
        )
    parts = []
    for cluster in cell.clusters:
        tokens = ", ".join(f"z_{{{token}}}" for token in cluster)
        place = ", ".join(_polynomial(entry, x) for entry in cell.coefficients[cluster[0]])
        parts.append(rf"${tokens} \to ({place})$")
    return "; ".join(parts)


def _polynomial(coefficients: Sequence[Fraction], x: str) -> str:
    text = ""
    for power, c in enumerate(coefficients):
        if c == 0:
            continue
        factor = "" if power == 0 else f"{x}^{{{power}}}" if power > 1 else x
        size = "" if abs(c) == 1 and factor else latex_number(abs(c))
        sign = ("-" if c < 0 else "") if not text else (" - " if c < 0 else " + ")
        text += f"{sign}{size}{factor}"
    return text or "0"
