"""Graphs that stay for ever by definite forms; parameters/FORMAT.md, lemma ``definite-forms``."""

from __future__ import annotations

from fractions import Fraction
from math import comb, lcm

from proofs_checks.format.reading import Field
from proofs_checks.parameters.closing import Future, Settled, followers, limits_by_weights, need
from proofs_checks.parameters.polynomials import Polynomial, determinant, inner, plus
from proofs_checks.parameters.states import Rows, State, image

SIZE_LIMIT = 6
"""Largest degree of the polynomial of the averaging."""

Form = list[list[Polynomial]]


def check_forms(settled: Settled, data: Field) -> Future:
    """Check that the graph stays for ever, as differences of scores are positive definite forms.

    Source: parameters/FORMAT.md, lemma ``definite-forms``.
    """
    members = data.fields(["lemma", "polynomial", "weights"])
    m = members["polynomial"].rational_vector()
    size = len(m) - 1
    need(
        data,
        1 <= size <= SIZE_LIMIT and m[-1] == 1,
        f"requires a monic polynomial of degree 1 to {SIZE_LIMIT}",
    )
    root = -m[-2] / size
    power = tuple(comb(size, k) * (-root) ** (size - k) for k in range(size + 1))
    need(data, root >= 0 or m != power, "the polynomial is a power of x - r with r < 0")
    states = [settled.state]
    for _ in range(size):
        states.append(states[-1].averaged(settled.sets))
    rows = _over_one_denominator(states)
    need(data, _annihilates(settled, m, rows), "the polynomial of the averaging does not make the tokens 0")
    locked = followers(settled.region, settled.state, settled.sets)
    for i, own in enumerate(settled.sets):
        images = [] if i in locked else [image(settled.A, state[i]) for state in rows[:size]]
        for b in range(0 if i in locked else len(settled.sets)):
            _check_form(settled, data, _form(images, rows[:size], min(own), b), b in own)
    return limits_by_weights(settled, data, list(members["weights"].rational_vector()))


def _check_form(settled: Settled, data: Field, form: Form, tied: bool) -> None:
    """Check that a form is 0, of a tie, or positive definite all over the region."""
    if tied:
        zero = all(settled.region.vanishes(entry) for row in form for entry in row)
        need(data, zero, "the form of a tie is not 0")
        return
    for size in range(1, len(form) + 1):
        minor = determinant([row[:size] for row in form[:size]])
        need(data, settled.region.positive(minor), "a form is not seen to be positive definite")


def _annihilates(settled: Settled, m: tuple[Fraction, ...], rows: list[Rows]) -> bool:
    common = lcm(*(c.denominator for c in m))
    for token in range(len(settled.sets)):
        for c in range(len(rows[0][0])):
            total: Polynomial = []
            for coefficient, state in zip(m, rows, strict=True):
                total = plus(total, state[token][c], int(coefficient * common))
            if not settled.region.vanishes(total):
                return False
    return True


def _over_one_denominator(states: list[State]) -> list[Rows]:
    common = lcm(*(state.denominator for state in states))
    return [
        [[[common // state.denominator * c for c in x] for x in row] for row in state.rows]
        for state in states
    ]


def _form(images: list[list[Polynomial]], states: list[Rows], a: int, b: int) -> Form:
    """Return twice the symmetric part of the form of a difference of scores."""
    ways = [[plus(x, y, -1) for x, y in zip(rows[a], rows[b], strict=True)] for rows in states]
    size = range(len(states))
    entries = [[inner(images[row], ways[column]) for column in size] for row in size]
    return [[plus(entries[row][column], entries[column][row]) for column in size] for row in size]
