"""Forms in integers against the same in fractions, straight from the definition."""

from fractions import Fraction
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.hardmax.forms import Cone, Forms, Proof, is_semidefinite, moved
from proofs_checks.hardmax.vectors import determinant

NUMBERS = st.fractions(-3, 3, max_denominator=4)
NODES = st.fractions(0, 2, max_denominator=4)


@st.composite
def symmetric(draw, size, numbers):
    rows = [[draw(numbers) for _ in range(r + 1)] for r in range(size)]
    return [[rows[max(r, c)][min(r, c)] for c in range(size)] for r in range(size)]


def companion(recurrence):
    size = len(recurrence)
    return [[Fraction(int(r == c + 1)) for c in range(size - 1)] + [recurrence[r]] for r in range(size)]


def product(A, B):
    columns = list(zip(*B, strict=True))
    return [[sum(x * y for x, y in zip(row, column, strict=True)) for column in columns] for row in A]


def later(form, recurrence):
    T = companion(recurrence)
    return product(product(list(zip(*T, strict=True)), form), T)


def less(form, factor, other):
    size = range(len(form))
    return [[form[r][c] - factor * other[r][c] for c in size] for r in size]


def times(factor, form):
    return [[int(factor * x) for x in row] for row in form]


def semidefinite(form):
    """All principal minors are at least 0; integers."""
    size = range(len(form))
    chosen = chain.from_iterable(combinations(size, count) for count in range(1, len(form) + 1))
    return all(determinant([[form[r][c] for c in own] for r in own]) >= 0 for own in chosen)


def keeps_order(form, recurrence, rows, cone, weight):
    """The conditions of the section "Forms" for a difference of scores."""
    size = len(recurrence)
    weights = [[Fraction(int(r == 0)) for r in range(size)]]
    while len(weights) < size * (size + 1) // 2:
        weights.append([row[0] for row in product(companion(recurrence), [[x] for x in weights[-1]])])

    def vanishes(B):
        return all(sum(w[r] * B[r][c] * w[c] for r in range(size) for c in range(size)) == 0 for w in weights)

    if form[0][0] <= 0:
        return form[0][0] == 0 and vanishes(form)
    levels = [form]
    for row in rows:
        if levels[-1][0][0] < 0:
            return False
        following = later(levels[-1], recurrence)
        for node, level in zip(row, levels, strict=True):
            following = less(following, node, level)
        levels.append(following)
    return vanishes(levels[-1]) or semidefinite(times(12**9, less(levels[-1], weight, cone)))


@given(st.integers(1, 4).flatmap(lambda size: symmetric(size, st.integers(-2, 2))))
def test_a_form_is_semidefinite_if_no_principal_minor_is_negative(form):
    assert is_semidefinite(form) == semidefinite(form)
    square = [[sum(x * y for x, y in zip(row, other, strict=True)) for other in form] for row in form]
    assert is_semidefinite(square)


@given(st.data())
def test_integers_decide_what_fractions_do(data):
    size = data.draw(st.integers(1, 3))
    recurrence = data.draw(st.lists(NUMBERS, min_size=size, max_size=size))
    form, cone = data.draw(symmetric(size, NUMBERS)), data.draw(symmetric(size, NUMBERS))
    # A positive diagonal, for only few forms are semidefinite.
    for own in (form, cone):
        for r in range(size):
            own[r][r] += data.draw(st.integers(0, 9))
    depth = data.draw(st.integers(1, 2))
    rows = [data.draw(st.lists(NODES, min_size=h + 1, max_size=h + 1)) for h in range(depth)]
    weight = data.draw(st.fractions(0, 1, max_denominator=4))
    scale = data.draw(st.sampled_from([12, 60, 144]))
    proof = Proof(tuple(([int(12 * x) for x in row], 12) for row in rows), Cone(times(12, cone), 12), weight)
    weights = [[int(r == 0) for r in range(size)]]
    own = [int(12 * x) for x in recurrence]
    while len(weights) < size * (size + 1) // 2:
        *firsts, last = weights[-1]
        weights.append([12 * x + y * last for x, y in zip([0, *firsts], own, strict=True)])
    forms = Forms(own, 12, (proof,), weights)
    assert moved(times(12, form), own, 12) == times(12**3, later(form, recurrence))
    decided = forms.keeps_order(times(scale, form), scale)
    assert decided == keeps_order(form, recurrence, rows, cone, weight)
