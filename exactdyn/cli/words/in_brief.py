"""What is shown of answers about many numbers: in brief, unless all is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exactdyn.cli.words.sentences import Notation
from exactdyn.documents import Example
from exactdyn.limits import Limit
from exactdyn.numbers.reading import Row

WHOLE_UP_TO = 2_000
"""Of so many numbers, tokens times dimension, answers are shown whole; of more in brief by themselves."""

SHOWN = 12
"""So many places, or tokens, are named before the rest is counted."""

COORDINATES = 4
"""So many coordinates of a vector are shown."""

DIGITS = 6
"""Digits of the decimals that numbers are shown as, unless it is said how many."""


def is_brief(example: Example, asked: bool | None) -> bool:
    """Tell whether an answer is shown in brief: as it is asked for, else by its size.

    >>> from exactdyn.documents import load_example
    >>> is_brief(load_example("cyclic"), None), is_brief(load_example("cyclic"), True)
    (False, True)
    """
    count, dimension = example.shape
    return count * dimension > WHOLE_UP_TO if asked is None else asked


def said_of_brief(example: Example) -> str:
    """Say why an answer that nobody asked to be brief is.

    >>> from exactdyn.documents import load_example
    >>> said_of_brief(load_example("cyclic"))
    'in brief, as there are more than 2,000 numbers (3 x 2); --whole shows all of it, --json has all'
    """
    count, dimension = example.shape
    size = f"more than {WHOLE_UP_TO:,} numbers ({count:,} x {dimension})"
    return f"in brief, as there are {size}; --whole shows all of it, --json has all"


def tokens_in_brief(tokens: Sequence[int]) -> str:
    """Name some tokens and count the rest.

    >>> tokens_in_brief([3]), tokens_in_brief(range(20))[-22:]
    ('token 3', '10, 11 and 8 more (20)')
    """
    named = ", ".join(map(str, tokens[:SHOWN]))
    more = f" and {len(tokens) - SHOWN:,} more ({len(tokens):,})" if len(tokens) > SHOWN else ""
    return f"token{'s' * (len(tokens) > 1)} {named}{more}"


def limit_in_brief(found: Limit, notation: Notation, digits: int | None) -> Iterator[str]:
    """Yield the lines about places, vertices and the set S: the largest clusters, and how many there are.

    ``digits``: of the decimals that numbers are shown as, :data:`DIGITS` for None.

    >>> from exactdyn.cli.words.sentences import PLAIN
    >>> from exactdyn.limits import limit
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> found = limit(Hardmax(alpha=1).run([[1], ["1/2"], [-1]], layers=0))
    >>> for line in limit_in_brief(found, PLAIN, None):
    ...     print(line)
      2 tokens tend to (1), a vertex: tokens 0, 1
      1 token tends to (-1), a vertex: token 2
    the limit polytope has 2 vertices
    S has 2 vertices and 0 other points
    """
    notation = notation.with_decimals(digits or DIGITS)
    clusters = sorted(found.clusters, key=len, reverse=True)
    vertices = {found.places[token] for token in found.vertices} if found.places is not None else set[Row]()
    for own in clusters[:SHOWN]:
        place = None if found.limits is None else found.limits[own[0]]
        where = "one limit, or one cycle of limits" if place is None else _vector(place, notation)
        corner = ", a vertex" if place in vertices else ""
        tend = f"{len(own):,} tokens tend" if len(own) > 1 else "1 token tends"
        yield f"  {tend} to {where}{corner}: {tokens_in_brief(own)}"
    if len(clusters) > SHOWN:
        yield f"  and {len(clusters) - SHOWN:,} more places ({len(clusters):,})"
    if found.vertices:
        yield f"the limit polytope has {_counted(len(found.vertices), 'vertex', 'vertices')}"
    if found.limit_set:
        inner = sum(not point.is_vertex for point in found.limit_set)
        corners = _counted(len(found.limit_set) - inner, "vertex", "vertices")
        yield f"S has {corners} and {_counted(inner, 'other point', 'other points')}"


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _vector(row: Row, notation: Notation) -> str:
    if len(row) <= COORDINATES:
        return notation.vector(row)
    first = ", ".join(map(notation.number, row[: COORDINATES - 1]))
    return f"({first}, ..., {notation.number(row[-1])})"
