"""Configurations of tokens, one after the other without end, those with few and simple numbers first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.setting import Around
from exactdyn.families.tree.branch import Sets
from exactdyn.hunts.request import Request
from exactdyn.hunts.tokens.collisions import collisions
from exactdyn.hunts.tokens.orbits import cycles, orbits
from exactdyn.hunts.tokens.shapes import SHAPES, integers
from exactdyn.hunts.tokens.wanted import Drawn, Wanted
from exactdyn.numbers.reading import Rows
from exactdyn.statements.catalogue import CATALOGUE
from exactdyn.statements.statement import Configurations

Generator = Callable[[Wanted], Drawn | None]
"""Draws tokens of one kind; None where that kind does not exist."""

POSITIVE = tuple(map(Fraction, ("1", "1/2", "2", "3", "1/3", "3/2", "2/3", "4", "1/4", "5", "1/5")))
"""The positive coefficients that are tried, in this order."""

NOT_POSITIVE = tuple(map(Fraction, ("-2", "-1/2", "0", "-3", "-1/3", "-3/2", "-2/3", "-4", "-1/4")))
"""The others, if "positive-alpha" is dropped; 0, where nothing moves, is one of them."""

_STAND_IN = Fraction(1)
# For a system that has no alpha: its tokens are drawn by generators that do not look at it.

_LARGEST, _TURNS_A_SIZE, _ATTEMPTS, _SPECIAL_TURNS = 12, 6, 12, 5


@dataclass(frozen=True)
class Configuration:
    """Tokens and all of a system but A, to be searched over all matrices of a class.

    ``around``: all but A, mostly the coefficient alpha alone. ``origin``: the name of the generator, or
    "given". ``sets``: attention sets of the layers 0, 1, ... that are worth a linear program of their own,
    possibly none.
    """

    tokens: Rows
    around: Around
    origin: str
    sets: tuple[Sets, ...] = ()


def configuration(request: Request, index: int) -> Configuration:
    """Return a configuration: a function of the request and the index alone.

    ``index``: 0, 1, 2, ...; a complete request has the one configuration 0. The configuration begins with
    the given tokens. All tokens are distinct and none is 0, as far as they are not given and the request
    does not drop that; if it does, about every second configuration has a copy or a zero token.

    Raises ValueError for an index that the request does not have.

    >>> request = Request("norm-growth", "general", (), 3, 2, 2)
    >>> configuration(request, 7) == configuration(request, 7)
    True
    """
    if index < 0 or (request.complete and index > 0):
        raise ValueError(f"index: requires 0, or more for tokens that are generated, got {index}")
    rng = Random(f"{request.seed}:{index}")
    turn, generators = _generators(request, index)
    around = request.around
    if around is None:
        values = NOT_POSITIVE if "positive-alpha" in request.dropped else POSITIVE
        around = rng.choice(values[: 2 + turn])
    alpha = around if isinstance(around, Fraction) else _STAND_IN
    missing, attempt = request.count - len(request.given), 0
    if not missing:
        return Configuration(request.given, around, "given")
    while True:
        size = min(_LARGEST, 1 + turn // _TURNS_A_SIZE) + attempt // 4
        wanted = Wanted(rng, size, missing, request.dimension, alpha, request.given)
        name, generate = generators[min(attempt // _ATTEMPTS, len(generators) - 1)]
        drawn = generate(wanted)
        tokens = _with_dropped(request, drawn.tokens, rng) if drawn is not None else ()
        if drawn is not None and _admissible(request, tokens):
            sets = drawn.sets if tokens == drawn.tokens else ()
            return Configuration((*request.given, *tokens), around, name, sets)
        attempt += 1


def _generators(request: Request, index: int) -> tuple[int, list[tuple[str, Generator]]]:
    # The turn, and what is tried one after the other. What suits the statement mostly costs one linear
    # program, the shapes a whole search: it comes five times as often.
    shapes = list(SHAPES.items())
    # What suits a statement is made for the step of one alpha, everybody seen and all of a tie attended.
    kind = CATALOGUE[request.statement].configurations if request.system is None else "shapes"
    if kind == "shapes":
        turn, place = divmod(index, len(shapes))
        return turn, [shapes[place], ("integers", integers)]
    turn, place = divmod(index, len(shapes) * (1 + _SPECIAL_TURNS))
    if place % (1 + _SPECIAL_TURNS) == _SPECIAL_TURNS:
        return turn, [shapes[place // (1 + _SPECIAL_TURNS)], ("integers", integers)]
    return turn, [(kind, _special(request, kind)), shapes[place % len(shapes)], ("integers", integers)]


def _special(request: Request, kind: Configurations) -> Generator:
    if kind == "collisions":
        matrices = matrix_class(request.kind, request.dimension, request.pattern)
        return lambda wanted: collisions(wanted, matrices)
    return orbits if kind == "orbits" else cycles


def _with_dropped(request: Request, tokens: Rows, rng: Random) -> Rows:
    # Zero tokens and copies, where they are allowed, are put in on purpose.
    changed = list(tokens)
    if "nonzero-tokens" in request.dropped and rng.random() < 0.5:
        changed[rng.randrange(len(changed))] = (Fraction(0),) * request.dimension
    if "distinct-tokens" in request.dropped and request.count > 1 and rng.random() < 0.5:
        own = rng.randrange(len(changed))
        others = [*request.given, *changed[:own], *changed[own + 1 :]]
        changed[own] = rng.choice(others)
    return tuple(changed)


def _admissible(request: Request, tokens: Rows) -> bool:
    if "nonzero-tokens" not in request.dropped and not all(map(any, tokens)):
        return False
    if "distinct-tokens" in request.dropped:
        return True
    return len({*tokens, *request.given}) == len(tokens) + len(set(request.given))
