"""The table of a check in LaTeX."""

import re

from exactdyn.cli.words.latex import latex_number, latex_table
from exactdyn.documents import Example, load_example
from exactdyn.numbers.fields.joining import number
from exactdyn.numbers.reading import exact_rows
from exactdyn.statements.catalogue import HYPOTHESES, STATEMENTS
from exactdyn.statements.theorem import check
from exactdyn.systems.hardmax import Hardmax


def test_the_latex_table_has_every_row_and_balanced_braces():
    labels = (r"50% \of_{x}", "#1 & co", "~^$")
    example = Example(
        "a_b", "", Hardmax([["1/3"]], "1/2"), exact_rows([[1], [2], [10**30]], "tokens"), labels
    )
    text = latex_table(example.name, check(example.run(2)))
    bare = re.sub(r"\\[{}]", "", text)
    assert bare.count("{") == bare.count("}")
    assert all(
        re.search(rf"^{name} & holds & .*\\\\$", text, re.MULTILINE) for name in HYPOTHESES | STATEMENTS
    )
    assert re.findall(r"\\(?:begin|end)\{(?:table|tabular)\}", text) == [
        r"\begin{table}",
        r"\begin{tabular}",
        r"\end{tabular}",
        r"\end{table}",
    ]
    assert (
        r"a\_b: 3 tokens in dimension 1, $A = \bigl(\begin{smallmatrix} \frac{1}{3} \end{smallmatrix}" in text
    )
    assert r"token 2 (\textasciitilde{}\textasciicircum{}\$) from layer 0" in text


def irrational(text):
    return latex_number(number(text, "A"))


def test_irrational_numbers_are_in_radicals_or_cosines_or_named_by_polynomial_and_interval():
    assert irrational("-sqrt(8)/3+1/2") == r"\frac{1}{2} - \frac{2 \sqrt{2}}{3}"
    assert irrational("cos(2*pi/7)") == r"\cos{\left(\frac{2 \pi}{7} \right)}"
    assert irrational("root(x^5-x-1, 1..2)") == r"\operatorname{root}(x^{5} - x - 1;\, 1, 2)"
    other = r"\frac{1}{2} + \frac{1}{3} \cdot \operatorname{root}(x^{5} - x + 1;\, -2, -1)"
    assert irrational("1/2-root(x^5-x-1, 1..2)/3") == other


def test_an_expression_that_is_too_long_to_be_read_is_a_decimal():
    long = number("sqrt(2)", "A") * 7**300 + number("sqrt(2)", "A").domain.rational(3**300)
    assert latex_number(long) == r"{\approx}4.7854965 \cdot 10^{253}"
    assert irrational("sqrt(2)*10^40") == "10000000000000000000000000000000000000000 " + r"\sqrt{2}"


def test_the_latex_table_writes_the_matrix_of_a_polygon_exactly():
    example = load_example("heptagon")
    text = latex_table(example.name, check(example.run(1)))
    cosine, sine = (rf"\cos{{\left(\frac{{{n} \pi}}{{{d}}} \right)}}" for n, d in (("", 7), (5, 14)))
    cosine = cosine.replace("{ ", "{")
    assert rf"\begin{{smallmatrix}} {cosine} & - {sine} \\ {sine} & {cosine} \end{{smallmatrix}}" in text
    assert r"\approx" not in text.split(r"\caption")[1]
