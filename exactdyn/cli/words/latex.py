r"""The verdicts on a run as a LaTeX table, ready to paste."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from exactdyn.cli.words.kinds import KindWords
from exactdyn.cli.words.sentences import Notation, premise
from exactdyn.documents import Example
from exactdyn.numbers.fields.field_number import FieldNumber
from exactdyn.numbers.shown import cut, digits, is_long, size
from exactdyn.statements.theorem import Check
from exactdyn.verdict import Verdict

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "{}$&#%_"},
}

_SYMBOLS = {"alpha": r"\alpha", "tau": r"\tau"}


def latex_table(example: Example, result: Check) -> str:
    r"""Return the table of a check as LaTeX, with the packages amsmath and booktabs.

    >>> from exactdyn.documents import load_example
    >>> from exactdyn.statements.theorem import check
    >>> example = load_example("collision-on-a-line")
    >>> print(latex_table(example, check(example.run())).splitlines()[8])
    positive-definite & fails & $\langle Ax, x\rangle = -1$ at $x = (1)$ \\
    """
    caption = (
        MATHEMATICAL.head(example, result.run.layers),
        premise(result),
        MATHEMATICAL.leaders(result.leaders, example.labels),
    )
    lines = [
        r"% needs \usepackage{amsmath, booktabs}",
        r"\begin{table}",
        r"\centering",
        r"\begin{tabular}{llp{0.55\linewidth}}",
        r"\toprule",
        r"hypothesis & verdict & why \\",
        r"\midrule",
        *_rows(result.hypotheses),
        r"\midrule",
        r"statement & verdict & why \\",
        r"\midrule",
        *_rows(result.statements),
        r"\bottomrule",
        r"\end{tabular}",
        rf"\caption{{{'; '.join(caption)}.}}",
        r"\end{table}",
    ]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    r"""Write a text so that LaTeX prints it as it is.

    >>> print(escape("50% of {a_b}"))
    50\% of \{a\_b\}
    """
    return "".join(_ESCAPES.get(character, character) for character in text)


def latex_number(number: Fraction) -> str:
    r"""Write a rational number for math mode, long parts cut in the middle with a note of their size.

    >>> print(latex_number(Fraction(-1, 18)), latex_number(Fraction(10**30)))
    -\frac{1}{18} 10000000\cdots00000\ \mbox{(31 digits)}
    """
    if isinstance(number, FieldNumber):
        near = f"{number.nearest():.8g}"  # what sets it apart from the number is seen: it is no equation
        return rf"{{\approx}}{near}" if number.rational is None else latex_number(number.rational)
    parts = digits(abs(number))
    shown = [cut(part, r"\cdots") for part in parts]
    text = shown[0] if len(shown) == 1 else rf"\frac{{{shown[0]}}}{{{shown[1]}}}"
    note = rf"\ \mbox{{({size(parts)})}}" if is_long(parts) else ""
    return f"{'-' if number < 0 else ''}{text}{note}"


def _rows(verdicts: Mapping[str, Verdict]) -> list[str]:
    return [
        rf"{name} & {verdict.outcome} & {MATHEMATICAL.why(name, verdict)} \\"
        for name, verdict in verdicts.items()
    ]


def _matrix(rows: Sequence[Sequence[str]]) -> str:
    body = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\bigl(\begin{{smallmatrix}} {body} \end{{smallmatrix}}\bigr)"


MATHEMATICAL = Notation(
    kind=KindWords(
        equation=lambda name, value: f"${_SYMBOLS.get(name, name)} = {value}$",
        formula=lambda text: rf"\mbox{{\texttt{{{escape(text)}}}}}",
        number=latex_number,
        matrix=_matrix,
        dots=r"\cdots",
        times=r" \times ",
    ),
    sentence=lambda way: way.latex,
    number=latex_number,
    matrix=_matrix,
    token=lambda token: f"z_{{{token}}}",
    lemma=lambda lemma: rf"\texttt{{{lemma}}}",
    text=escape,
)
"""Words for a paper."""
