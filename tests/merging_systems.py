"""Seeded random systems whose tokens meet on the way, and edges: copies, ties, one token, many dimensions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from random import Random

from tests.judges.reference import Layer, Matrix, System, attention, mean, normalised_step, scaled, system

LAYERS = 3
"""Two tokens of a merging system have met by this layer."""

ALPHAS = ("1", "1", "1", "1/2", "2", "9/10", "1/3", "5", "99", "9999")
"""Mostly 1, under which tokens of a lattice meet often; the last two are steps tau near 1."""

TEMPERATURES = ("1/1000000", "1/50", "1/10", "1/2", "1", "3", "50")


BLIND = system(
    A=[[-3, 2, 0], [-1, 0, -1], [2, -3, 1]],
    alpha=1,
    tokens=[[-2, 2, 0], [1, 1, 0], ["-3/2", "-1/2", "2/3"], [1, -2, 0]],
)
"""At T = 1/2 bounds that count the two tokens that meet here as copies of each other are false."""


@dataclass(frozen=True)
class Case:
    """A system and a temperature."""

    system: System
    temperature: Fraction


def merging_case(seed: int) -> Case:
    """Some tokens that are distinct at layer 0 meet by layer LAYERS; every third system has copies, too."""
    random = Random(f"merging {seed}")
    alpha = Fraction(random.choice(ALPHAS))
    make = random.choice((_line, _aimed, _lattice, _blind, _blind, _blind))
    temperatures = ("1/4", "2/5", "1/2") if make is _blind else TEMPERATURES
    for attempt in count():
        # With some alpha tokens hardly ever meet: after a while 1 will do.
        found = make(random, random.randint(1, 3), alpha if attempt < 10 else Fraction(1))
        if seed % 3 == 0:
            copies = tuple(random.choice(found.tokens) for _ in range(random.randint(1, 4)))
            found = System(found.A, found.alpha, (*found.tokens, *copies))
        if meets(found):
            return _in_other_units(random, found, Fraction(random.choice(temperatures)))
    raise AssertionError


def edge_case(seed: int) -> Case:
    """One token, copies of one token, ties only, alpha = 0, or more dimensions than tokens, in turn."""
    random = Random(f"edge {seed}")
    alpha = Fraction(random.choice(ALPHAS))
    plain, wide = _lattice(random, random.randint(1, 3), alpha), _lattice(random, 5, alpha)
    zero = tuple(tuple(Fraction(0) for _ in row) for row in plain.A)
    chosen = (
        System(plain.A, alpha, plain.tokens[:1]),
        System(plain.A, alpha, plain.tokens[:1] * 3),
        System(zero, alpha, plain.tokens),
        System(plain.A, Fraction(0), plain.tokens),
        System(wide.A, alpha, wide.tokens[:3]),
    )[seed % 5]
    return _in_other_units(random, chosen, Fraction(random.choice(TEMPERATURES)))


def meets(given: System) -> bool:
    """Tell whether tokens that are distinct at layer 0 are equal at a layer up to LAYERS."""
    tokens = given.tokens
    for _ in range(LAYERS):
        tokens = normalised_step(given.alpha, Layer(tokens, attention(given.A, tokens)))
        if len(set(tokens)) < len(set(given.tokens)):
            return True
    return False


def _lattice(random: Random, dimension: int, alpha: Fraction) -> System:
    def row(reach: int) -> tuple[Fraction, ...]:
        return tuple(
            Fraction(random.randint(-reach, reach), random.choice((1, 1, 2))) for _ in range(dimension)
        )

    A: Matrix = tuple(row(3) for _ in range(dimension))
    if random.random() < 0.7:  # tokens z, y meet only where <A(z - y), z - y> < 0
        A = tuple(tuple(-abs(x) if i == j else x for j, x in enumerate(own)) for i, own in enumerate(A))
    return System(A, alpha, tuple(row(3) for _ in range(random.randint(2, 6))))


def _aimed(random: Random, dimension: int, alpha: Fraction) -> System:
    # A token is moved to where it meets another, if it still attends what it attends now.
    plain = _lattice(random, dimension, alpha)
    tokens = list(plain.tokens)
    sets = attention(plain.A, plain.tokens)
    i, j = random.sample(range(len(tokens)), 2)
    goal = normalised_step(alpha, Layer(plain.tokens, sets))[i]
    attended = mean([tokens[k] for k in sets[j]])
    tokens[j] = tuple(z + alpha * (z - c) for z, c in zip(goal, attended, strict=True))
    return System(plain.A, alpha, tuple(tokens))


def _line(random: Random, dimension: int, alpha: Fraction) -> System:
    # d = 1, A < 0: positive tokens attend the lowest token, negative ones the highest.
    low, high = Fraction(-random.randint(1, 40), 4), Fraction(random.randint(1, 40), 4)
    met = high - alpha * (high - low)
    between = (Fraction(random.randint(0, 64), 64) for _ in range(random.randint(0, 3)))
    rest = (low + part * (high - low) for part in between)
    tokens = (high, met, *rest, *[low] * random.choice((1, 1, 2, 8)))
    return System(((Fraction(-random.randint(1, 4), 2),),), alpha, tuple((x,) for x in tokens))


def _blind(random: Random, dimension: int, alpha: Fraction) -> System:
    # A neighbour of BLIND: a token nudged, another one added, or both; the tokens in any order.
    tokens = list(BLIND.tokens)
    if random.random() < 0.7:
        k = random.randrange(len(tokens))
        tokens[k] = tuple(x + Fraction(random.randint(-1, 1), random.choice((2, 6, 12))) for x in tokens[k])
    if random.random() < 0.5:
        tokens.append(tuple(Fraction(random.randint(-4, 4), 2) for _ in range(3)))
    return System(BLIND.A, BLIND.alpha, tuple(random.sample(tokens, len(tokens))))


def _in_other_units(random: Random, given: System, temperature: Fraction) -> Case:
    # The softmax run of a system with other units is the same run in other units.
    length, score = (Fraction(random.choice(("1", "1", "1", "3/7", "1000", "1/1000000"))) for _ in range(2))
    A, tokens = scaled(score, given.A), scaled(length, given.tokens)
    return Case(System(A, given.alpha, tokens), temperature * score * length * length)
