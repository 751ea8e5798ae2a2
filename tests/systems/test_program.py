"""The program of docs/programs.md, balanced brackets as unique hard attention, on all short words."""

import re
from itertools import product
from pathlib import Path

import pytest

from exactdyn import load_example

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "programs.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def program():
    """What the page defines; running it runs the assertions of the page."""
    names = {}
    for code in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(compile(code, "docs/programs.md", "exec"), names)
    return names


def words(lengths):
    return ("".join(letters) for n in lengths for letters in product("()", repeat=n))


def is_balanced(word):
    depth = 0
    for letter in word:
        depth += 1 if letter == "(" else -1
        if depth < 0:
            return False
    return depth == 0


def test_the_program_is_right_on_all_words_of_at_most_6_letters(program):
    for word in words(range(7)):
        assert program["balanced"](word) == is_balanced(word), word


@pytest.mark.slow
def test_the_program_is_right_on_all_words_of_at_most_10_letters(program):
    right = [word for word in words(range(11)) if program["balanced"](word) == is_balanced(word)]
    assert len(right) == 2047


def test_no_token_ever_attends_two(program):
    run = program["run"]("(()())(")
    assert {len(own) for k in range(run.layers + 1) for own in run.attention(k)} == {1}


def test_the_last_token_ends_with_the_sum_and_the_least_prefix(program):
    run = program["run"](")(()")
    assert run.tokens(run.layers)[-1][3:5] == [0, -1]


def test_the_built_in_example_is_the_program_on_one_word(program):
    example, run = load_example("balanced-brackets"), program["run"]("(()())")
    assert example.run() == run
