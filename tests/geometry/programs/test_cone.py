"""Points of cones and the weights that exclude them."""

from flint import fmpz
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.geometry.programs.cone import Contradiction, cone_point

ROWS = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.tuples(
            st.lists(st.integers(-2, 2).map(fmpz), min_size=width, max_size=width),
            st.sampled_from([">", ">=", "="]),
        ),
        min_size=1,
        max_size=6,
    )
)


def values(rows, x):
    return [sum((a * b for a, b in zip(row, x, strict=True)), fmpz(0)) for row, _ in rows]


@given(ROWS)
def test_a_cone_has_a_point_or_a_contradiction_and_either_is_what_it_says(rows):
    width = len(rows[0][0])
    answer = cone_point([row for row, _ in rows], [relation for _, relation in rows], width)
    if isinstance(answer, Contradiction):
        weights = answer.weights
        assert all(weight > 0 or rows[k][1] == "=" for k, weight in weights.items())
        assert any(weight > 0 and rows[k][1] == ">" for k, weight in weights.items())
        assert not any(sum((w * rows[k][0][c] for k, w in weights.items()), fmpz(0)) for c in range(width))
        return
    for value, (_, relation) in zip(values(rows, answer.coordinates), rows, strict=True):
        assert {">": value > 0, ">=": value >= 0, "=": value == 0}[relation]


@given(ROWS)
def test_the_point_is_strict_wherever_a_row_can_be(rows):
    weak = [(row, ">=" if relation == ">" else relation) for row, relation in rows]
    width = len(rows[0][0])
    relations = [relation for _, relation in weak]
    inside = cone_point([row for row, _ in weak], relations, width)
    for k, value in enumerate(values(weak, inside.coordinates)):
        if relations[k] == ">=" and value == 0:
            strict = [*relations[:k], ">", *relations[k + 1 :]]
            assert isinstance(cone_point([row for row, _ in weak], strict, width), Contradiction)
