"""What is worked out of a large matrix is kept: a command asks for it in several places."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from exactdyn.numbers.reading import Rows

Answer = TypeVar("Answer")

LEAST_ROWS = 16
"""Of smaller matrices nothing is kept: they cost less than what would be kept of many of them."""

KEPT = 4
"""So many answers of a function are kept, the latest."""


def remembered(function: Callable[[Rows], Answer]) -> Callable[[Rows], Answer]:
    """Keep the latest answers of a function of one matrix, each for the very matrix that was asked about.

    Rows are tuples, which nobody changes; an equal matrix that is another object is asked about anew, as
    comparing a million fractions takes longer than most answers.

    >>> from exactdyn.numbers.vectors import identity
    >>> trace = remembered(lambda rows: [sum(row[i] for i, row in enumerate(rows))])
    >>> trace(identity(20)) is trace(identity(20)), trace(identity(2)) is trace(identity(2))
    (True, False)
    """
    known: dict[int, tuple[Rows, Answer]] = {}

    @wraps(function)
    def answered(rows: Rows) -> Answer:
        if len(rows) < LEAST_ROWS:
            return function(rows)
        found = known.get(id(rows))
        if found is None:
            found = known[id(rows)] = (rows, function(rows))  # with its rows, so that no other has their id
            for oldest in list(known)[:-KEPT]:
                known.pop(oldest, None)
        return found[1]

    return answered
