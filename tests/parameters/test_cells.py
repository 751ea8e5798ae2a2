"""Cells against single systems: at every rational sample the run and the limit are those of the cell."""

from fractions import Fraction

import pytest
from hypothesis import given, settings

from exactdyn import Hardmax, InputError, cells, limit, load_example
from exactdyn.parameters.roots import simplest_between
from tests.strategies import systems


def samples(cell):
    """Some tau inside a cell; of a point only a rational one."""
    if cell.point:
        return [cell.piece.region.low.number] if cell.piece.region.low.number is not None else []
    middle = next(cell.piece.region.samples())
    return [middle, simplest_between(middle, cell.high.place.low)]


def assert_as_single_systems(found):
    """Every cell has the attention sets, leaders and limits of the systems at samples inside it."""
    for cell in found.cells:
        for tau in samples(cell):
            system, tokens = found.line.system(tau)
            run = system.run(tokens, cell.layer)
            assert tuple(run.itinerary) == cell.attention
            if cell.closed:
                assert_ends_as(cell, tau, limit(run, 200))
                assert system.run(tokens, cell.layer + 8).leaders == cell.leaders


def assert_ends_as(cell, tau, ending):
    if cell.limit_state is None:
        assert (ending.status, ending.lock.period) == ("periodic", cell.period)
    else:
        assert ending.limits == cell.limit_state.at(tau)


@settings(max_examples=25)
@given(systems(dimensions=2, largest=4))
def test_every_rational_sample_runs_and_ends_as_its_cell_says(given_system):
    found = cells(Hardmax(given_system.A), tokens=given_system.tokens, layers=3)
    assert_as_single_systems(found)


@pytest.mark.parametrize(
    "name", ["emerging-leader", "lock-needs-leader", "moving-tie-without-leaders", "alternating-invertible"]
)
def test_built_in_examples_run_and_end_as_their_cells_say(name):
    assert_as_single_systems(cells(load_example(name), layers=5))


def test_cells_lie_side_by_side_with_points_between():
    found = cells(load_example("binary-digits"), layers=3)
    assert (found.cells[0].low.number, found.cells[-1].high.infinite) == (0, True)
    for before, after in zip(found.cells, found.cells[1:], strict=False):
        assert before.high.place is after.low.place
        assert before.point != after.point


def test_token_1_of_emerging_leader_leads_between_two_algebraic_alphas():
    found = cells(load_example("emerging-leader"))
    leading = [cell for cell in found.cells if 1 in cell.leaders]
    assert [(cell.low.decimal(20), cell.high.decimal(20)) for cell in leading] == [
        ("0.23240812075600178448", "1.4342585459106648822")
    ]
    assert leading[0].coefficients[1] == (
        (Fraction(-1, 12), Fraction(1, 12)),
        (Fraction(1, 12), Fraction(1, 6)),
    )


def test_an_irrational_point_runs_as_the_system_over_its_field():
    (point, *_) = [cell for cell in cells(load_example("emerging-leader")).cells if cell.point][-2:]
    polynomial = " + ".join(f"({c})*x^{power}" for power, c in enumerate(point.low.polynomial))
    low, high = point.low.interval
    example = load_example("emerging-leader")
    run = Hardmax(example.system.A, f"root({polynomial}, {low}..{high})").run(example.tokens, point.layer)
    assert tuple(run.itinerary) == point.attention
    assert any(len(own) > 1 for sets in point.attention for own in sets)


def test_ties_live_at_points_only_where_they_are_isolated():
    found = cells(Hardmax([[-1]]), tokens=[[1], [-1]])
    assert [(cell.point, cell.lemma) for cell in found.cells] == [
        (False, "locked-itinerary"),
        (True, "lock-in"),
        (False, "locked-itinerary"),
    ]
    assert found.cells[1].low.number == 1
    assert found.cells[1].attention[1] == (frozenset({0, 1}), frozenset({0, 1}))


def test_neighbours_with_the_same_leaders_and_limits_are_merged():
    found = cells(load_example("emerging-leader"), low="1/10")
    assert [len(group) for group in found.merged] == [8, 1, 4]


def test_rates_may_be_complex():
    (cell,) = cells(load_example("cyclic")).cells
    assert (cell.lemma, cell.coefficients) == ("definite-forms", (((), ()),) * 3)


def test_a_cell_that_nothing_closes_has_no_limits():
    cell = cells(load_example("period-three"), layers=2).cells[0]
    assert (cell.closed, cell.limits, cell.coefficients, cell.layer) == (False, None, None, 2)


def test_limits_and_ends_are_there_for_sympy():
    import sympy

    tau = sympy.Symbol("tau")
    found = cells(load_example("emerging-leader"))
    (cell,) = [cell for cell in found.cells if 1 in cell.leaders]
    assert cell.limits.row(1) == sympy.Matrix([[(tau - 1) / 12, (1 + 2 * tau) / 12]])
    assert abs(cell.low.sympy().evalf(30) - sympy.Float(cell.low.decimal(30), 30)) < sympy.Float("1e-28")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"low": 2, "high": 1}, "to: requires more than from = 2, got 1"),
        ({"low": -1}, "from: requires an alpha of at least 0, got -1"),
        ({"low": 0.5}, "from: 0.5 is a binary float"),
        ({"layers": 1000}, "layers: requires an integer from 0 to 200, got 1000"),
        ({"tokens": [["sqrt(2)"]]}, "tokens: cells requires rational numbers"),
    ],
)
def test_what_cells_cannot_mean_is_refused(wrong, words):
    with pytest.raises(InputError, match=words):
        cells(Hardmax(), **{"tokens": [[1]], **wrong})


@pytest.mark.parametrize("system", [Hardmax(mask="causal"), Hardmax(tau="1/(k+2)"), Hardmax(ties="first")])
def test_other_kinds_of_systems_are_refused(system):
    with pytest.raises(InputError, match="system: cells requires Hardmax, one A"):
        cells(system, tokens=[[1]])
