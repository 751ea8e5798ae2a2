r"""The verdicts on a run as a LaTeX table, ready to paste."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from exactdyn.cli.words.kinds import KindWords
from exactdyn.cli.words.sentences import Notation, beside_publication, premise
from exactdyn.numbers.domain_number import DomainNumber
from exactdyn.numbers.fields.closed_form import closed_form
from exactdyn.numbers.fields.field_number import FieldNumber
from exactdyn.numbers.fields.written import in_one_root
from exactdyn.numbers.shown import IRRATIONAL_DIGITS, cut, digits, is_long, near, size
from exactdyn.statements.theorem import Check
from exactdyn.verdict import Verdict

EXPRESSION_SHOWN = 160
"""Longest expression for an irrational number that is shown whole, in characters of LaTeX."""

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    **{character: f"\\{character}" for character in "{}$&#%_"},
}

_SYMBOLS = {"alpha": r"\alpha", "tau": r"\tau"}


def latex_table(name: str, result: Check, digits: int | None = None) -> str:
    r"""Return the table of a check of what has a name as LaTeX, with the packages amsmath and booktabs.

    ``digits``: numbers are decimals of so many digits; None writes them exactly.

    >>> from exactdyn.documents import load_example
    >>> from exactdyn.statements.theorem import check
    >>> example = load_example("collision-on-a-line")
    >>> print(latex_table(example.name, check(example.run())).splitlines()[8])
    positive-definite & fails & $\langle Ax, x\rangle = -1$ at $x = (1)$ \\
    """
    notation, run = MATHEMATICAL.with_decimals(digits), result.run
    caption = (
        notation.heading(name, (run.start.count, run.start.dimension), run.system, run.layers),
        premise(result),
        *beside_publication(result),
        notation.leaders(run, run.labels),
    )
    lines = [
        r"% needs \usepackage{amsmath, booktabs}",
        r"\begin{table}",
        r"\centering",
        r"\begin{tabular}{llp{0.55\linewidth}}",
        r"\toprule",
        r"hypothesis & verdict & why \\",
        r"\midrule",
        *_rows(result.hypotheses, notation),
        r"\midrule",
        r"statement & verdict & why \\",
        r"\midrule",
        *_rows(result.statements, notation),
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
    r"""Write a number for math mode, long parts of rationals cut in the middle with a note of their size.

    Irrational numbers are in radicals or cosines where those are found, else by the polynomial of a root and
    the ends of an interval where it is the only one; long ones are decimals.

    >>> print(latex_number(Fraction(-1, 18)), latex_number(Fraction(10**30)))
    -\frac{1}{18} 10000000\cdots00000\ \mbox{(31 digits)}
    >>> from exactdyn.numbers.fields.joining import number
    >>> print(latex_number(number("(1+sqrt(5))/2", "A")))
    \frac{1}{2} + \frac{\sqrt{5}}{2}
    """
    if isinstance(number, DomainNumber):
        rational = number.rational
        return _irrational(number) if rational is None else latex_number(rational)
    parts = digits(abs(number))
    shown = [cut(part, r"\cdots") for part in parts]
    text = shown[0] if len(shown) == 1 else rf"\frac{{{shown[0]}}}{{{shown[1]}}}"
    note = rf"\ \mbox{{({size(parts)})}}" if is_long(parts) else ""
    return f"{'-' if number < 0 else ''}{text}{note}"


def _irrational(number: DomainNumber) -> str:
    decimal = latex_decimal(near(number, IRRATIONAL_DIGITS))
    if not isinstance(number, FieldNumber):
        return decimal
    from sympy import Poly, Symbol, latex  # takes half a second, and most numbers are rational

    if (found := closed_form(number)) is not None:
        text = latex(found)
    else:
        constant, factor, root = in_one_root(number)
        polynomial = Poly(list(map(int, reversed(root.polynomial.coeffs()))), Symbol("x"))
        ends = ", ".join(map(latex_number, (root.low, root.high)))
        head = f"{latex_number(constant)} + " if constant else ""
        size = "" if factor == 1 else rf"{latex_number(factor)} \cdot "
        text = rf"{head}{size}\operatorname{{root}}({latex(polynomial.as_expr())};\, {ends})"
    return text if len(text) <= EXPRESSION_SHOWN else decimal


def latex_decimal(text: str) -> str:
    r"""Write a decimal for math mode; one that is rounded, after a "~", is seen to be no equation.

    >>> print(latex_decimal("~-1.5e-40"), latex_decimal("0.5"))
    {\approx}-1.5 \cdot 10^{-40} 0.5
    """
    mantissa, mark, power = text.partition("e")
    shown = mantissa.replace("~", r"{\approx}")
    return rf"{shown} \cdot 10^{{{power}}}" if mark else shown


def _rows(verdicts: Mapping[str, Verdict], notation: Notation) -> list[str]:
    return [
        rf"{name} & {verdict.outcome} & {notation.why(name, verdict)} \\"
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
    rounded=latex_decimal,
)
"""Words for a paper."""
