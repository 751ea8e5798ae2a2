"""The words of the registry: wrapped for people, and safe in Markdown."""

import re

from exactdyn.cli.words.statements import at_length, listing, page
from exactdyn.statements import look_up


def test_no_line_is_longer_than_a_terminal_of_110_columns():
    lines = [*listing(look_up()), *at_length(look_up())]
    assert [line for line in lines if len(line) > 110] == []


def test_angle_brackets_of_the_mathematics_are_no_marks_of_the_page():
    text = re.sub("`[^`]*`", "", "\n".join(page(look_up())))  # in code they are safe
    assert "&lt;Az, z>" in text
    assert "<" not in text


def test_a_question_without_a_command_is_listed_without_one():
    (entry,) = look_up("softmax-several-heads").published
    assert entry.shown_by == ()
    assert not any("shown by" in line for line in listing(look_up("softmax-several-heads")))
