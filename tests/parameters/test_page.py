"""The page docs/cells.md: its commands and its Python do what it shows."""

import doctest
import re
import shlex
from pathlib import Path

import pytest
import sympy

from exactdyn import Hardmax, cells
from exactdyn.parameters.closing import LEMMAS
from tests.command import printed

PAGE = Path(__file__).parents[2] / "docs" / "cells.md"
TEXT = PAGE.read_text(encoding="utf-8")
SHOWN = re.findall(r"^    \$ exactdyn (.*)\n((?:    .*\n)+)", TEXT, re.MULTILINE)


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_command_prints_what_the_page_shows(command, output, tmp_path):
    (document,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    (tmp_path / "moving.toml").write_text(document)
    assert printed(*shlex.split(command), folder=tmp_path) == re.sub("^    ", "", output, flags=re.MULTILINE)


def test_the_python_of_the_page_says_what_it_shows():
    assert doctest.testfile(str(PAGE), module_relative=False).failed == 0


def test_the_page_names_every_lemma_that_closes_cells():
    assert dict(re.findall(r"^\| `([a-z-]+)` \| (.* for ever.*|.* are) \|$", TEXT, re.MULTILINE)) == LEMMAS


def test_the_line_of_python_beside_the_document_is_the_same_line():
    t = sympy.Symbol("t")
    table = {"name": "t", "from": -2, "to": 2}
    texts = cells(Hardmax(alpha=1), tokens=[[1, 0], [0, 1], ["t", "1/3 + t"]], parameter=table)
    symbols = cells(Hardmax(alpha=1), tokens=[[1, 0], [0, 1], [t, sympy.Rational(1, 3) + t]], parameter=table)
    assert symbols.to_dict() == texts.to_dict()
