"""Numbers of an inspection as they are shown."""

import numpy as np

from exactdyn import inspect
from exactdyn.cli.words.inspect import inspection_text


def last_line(V):
    size = np.eye(len(V))
    return inspection_text("m", inspect({"Q": size, "K": size, "V": V})).splitlines()[-1].split()


def test_a_part_that_may_be_0_is_shown_as_such():
    assert last_line([[0, -2, 0], [2, 0, 0], [0, 0, 1]])[2:5] == ["~0", "+-", "2.00000i"]


def test_what_is_too_close_to_say_is_said_so():
    line = " ".join(last_line([[0, -4, 0], [1, 0, 0], [0, 0, 2]]))
    assert line.endswith("too close to say too close to say")


def test_a_name_that_would_break_the_line_does_not():
    text = inspection_text("a\nb", inspect({"Q": [[1]], "K": [[1]], "V": [[1]]}))
    assert text.splitlines()[0].startswith("a b: matrices, 1 layer of 1 head,")
