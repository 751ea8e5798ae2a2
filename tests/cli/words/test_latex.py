"""The table of a check in LaTeX."""

import re

from exactdyn.cli.words.latex import latex_table
from exactdyn.documents import Example
from exactdyn.numbers.reading import exact_rows
from exactdyn.statements.catalogue import HYPOTHESES, STATEMENTS
from exactdyn.statements.theorem import check
from exactdyn.systems.hardmax import Hardmax


def test_the_latex_table_has_every_row_and_balanced_braces():
    labels = (r"50% \of_{x}", "#1 & co", "~^$")
    example = Example(
        "a_b", "", Hardmax([["1/3"]], "1/2"), exact_rows([[1], [2], [10**30]], "tokens"), labels
    )
    text = latex_table(example, check(example.run(2)))
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
