"""Schedules: the steps of the layers, and what is known of all of them."""

from fractions import Fraction
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exactdyn.errors import InputError
from exactdyn.systems.schedule import Schedule
from exactdyn.systems.stated import entry_at

STEPS = st.sampled_from([Fraction(text) for text in ("0", "1/2", "1/3", "1", "1", "3/2", "-1/4")])
NUMERATORS = ["1", "2", "k", "k-1", "k+1", "(1/2)^k", "3-k", "k*(1/3)^k"]
DENOMINATORS = ["1", "2", "k+1", "k+2", "(k+2)^2", "k^3+2", "2^k+k", "2*k-5"]
QUOTIENTS = st.builds("({})/({})".format, st.sampled_from(NUMERATORS), st.sampled_from(DENOMINATORS))
FAR = 60


@given(st.lists(STEPS, min_size=1, max_size=6), st.integers(1, 6))
def test_the_end_of_a_list_repeats_for_ever(steps, period):
    assume(len(steps) == 1 or period <= len(steps))
    schedule = Schedule.of_tau(steps, period)
    unrolled = list(steps)
    while len(unrolled) < FAR:
        unrolled.append(unrolled[-min(period, len(steps))])
    assert [schedule.at(k) for k in range(FAR)] == unrolled
    first, length = schedule.repeats
    assert all(unrolled[k] == unrolled[k + length] for k in range(first, FAR - length))


@given(st.lists(STEPS, min_size=1, max_size=6), st.integers(1, 6))
def test_of_a_list_everything_is_known(steps, period):
    assume(len(steps) == 1 or period <= len(steps))
    schedule = Schedule.of_tau(steps, period)
    taken = [schedule.at(k) for k in range(FAR)]
    assert schedule.nonnegative == all(tau >= 0 for tau in taken)
    assert schedule.convex == all(0 <= tau <= 1 for tau in taken)
    keeping = [k for k in range(FAR - 7) if all(0 <= tau < 1 for tau in taken[k:])]
    assert schedule.keeps_from == (keeping[0] if keeping else None)
    convex = [k for k in range(FAR - 7) if all(0 <= tau <= 1 for tau in taken[k:])]
    assert schedule.convex_from == (convex[0] if convex else None)
    assert schedule.diverges == (any(taken[-7:]) if keeping else None)
    assert (schedule.constant is None) == (len(set(taken)) > 1)


@given(QUOTIENTS, st.sampled_from(["alpha", "tau"]))
def test_what_is_known_of_a_formula_is_so_at_many_layers_and_nothing_is_missed(text, parameter):
    schedule = {"alpha": Schedule.of_alpha, "tau": Schedule.of_tau}[parameter]
    try:
        schedule = schedule(text)
    except InputError as error:
        assert "at layer" in str(error)
        return
    taken = [schedule.at(k) for k in range(FAR)]
    assert schedule.nonnegative == all(tau >= 0 for tau in taken)
    assert schedule.convex == all(0 <= tau <= 1 for tau in taken)
    keeping = [k for k in range(FAR - 10) if all(0 <= tau < 1 for tau in taken[k:])]
    assert schedule.keeps_from == (keeping[0] if keeping else None)
    convex = [k for k in range(FAR - 10) if all(0 <= tau <= 1 for tau in taken[k:])]
    assert schedule.convex_from == (convex[0] if convex else None)


@pytest.mark.parametrize(
    ("tau", "keeps_from", "diverges", "convex"),
    [
        ("2/(k+2)", 1, True, True),
        ("2^-(k+1)", 0, False, True),
        ("1/(k+1)^2", 1, False, True),
        ("1/2", 0, True, True),
        ("0", 0, False, True),
        ("k/(k+1)", 0, True, True),
        ("1/(k+2)", 0, True, True),
        ("k/(k^3+k+5)", 0, False, True),
        ("(2/3)^k", 1, False, True),
        ("k/2^k", 0, False, True),
        ("1-2^-(k+1)", 0, True, True),
        ("1", None, None, True),
        ("3/2", None, None, False),
        ("3/(k+2)", 2, True, False),
        ("(k-4)/(k^2+20)", 4, True, False),
        ("-1/(k+1)", None, None, False),
        ("2^k", None, None, False),
        ("1/(10000-k)+1/10", None, None, False),
    ],
)
def test_known_schedules_have_the_known_facts(tau, keeps_from, diverges, convex):
    try:
        schedule = Schedule.of_tau(tau)
    except InputError as error:
        assert "10000" in tau and "settled" in str(error)
        return
    assert (schedule.keeps_from, schedule.diverges, schedule.convex) == (keeps_from, diverges, convex)


def test_a_formula_of_alpha_is_one_of_tau():
    assert Schedule.of_alpha("2/(k+2)") == Schedule.of_tau("2/(k+4)")
    assert Schedule.of_alpha("1/2") == Schedule.of_tau("1/3") == Schedule.of_tau("(k+1)/(3*k+3)")
    assert Schedule.of_alpha([1, "1/2"], period=2).listed == (Fraction(1, 2), Fraction(1, 3))
    assert Schedule.of_alpha("1/2+1/2") == Schedule.of_alpha(1)
    for k in range(20):
        alpha = Fraction(1, 2**k) - Fraction(1, 7)
        assert Schedule.of_alpha("2^-k - 1/7").at(k) == alpha / (1 + alpha)


@pytest.mark.parametrize(
    ("parameter", "value", "said"),
    [
        ("tau", "1/(k-3)", "tau: requires a value at every layer, got a pole of 1/(k-3) at layer 3"),
        ("alpha", "1/(k-3)", "alpha: requires a value at every layer, got a pole of 1/(k-3) at layer 3"),
        ("tau", "1/(2^k-8)", "tau: requires a value at every layer, got a pole of 1/(2^k-8) at layer 3"),
        (
            "alpha",
            "k-5",
            "alpha: requires a number other than -1, the pole of alpha/(1+alpha), got k-5 at layer 4",
        ),
        ("alpha", -1, "alpha: requires a number other than -1, the pole of alpha/(1+alpha), got -1"),
        ("alpha", [1, -1], "alpha[1]: requires a number other than -1, the pole of alpha/(1+alpha), got -1"),
        ("tau", [], "tau: requires at least one number, got none"),
        ("tau", ["1", "x"], "tau[1]: requires a rational number"),
        ("tau", "k+", "tau: 'k+': ends too early"),
        ("tau", "one half", "tau: requires a rational number"),
        ("tau", "1/0", "tau: a zero denominator in '1/0'"),
        ("tau", "1/2+1/0", "tau: '1/2+1/0': divides by 0"),
        ("tau", 0.5, "tau: 0.5 is a binary float"),
        ("tau", "1/(5000-k)", "tau: requires a denominator whose sign is settled by layer 4096"),
    ],
)
def test_bad_schedules_are_refused_in_one_line_that_names_the_layer(parameter, value, said):
    with pytest.raises(InputError) as refused:
        {"alpha": Schedule.of_alpha, "tau": Schedule.of_tau}[parameter](value)
    assert str(refused.value).startswith(said) and "\n" not in str(refused.value)


def test_a_list_shorter_than_its_period_is_refused_and_one_entry_is_not():
    with pytest.raises(InputError, match=r"^tau: requires 1 entry or at least 3, the period, got 2$"):
        Schedule.of_tau([1, 2], period=3)
    with pytest.raises(InputError, match=r"^period: requires an integer of at least 1, got 0$"):
        Schedule.of_tau([1, 2], period=0)
    assert Schedule.of_tau(["1/2"], period=3) == Schedule.of_tau("1/2")
    assert entry_at(10**9, 1, 3) == 0


@pytest.mark.parametrize(
    ("tau", "start", "exact"),
    [
        ("1/(k+2)^2", 0, Fraction(1, 2)),
        ("1/(k+1)^2", 1, Fraction(1, 2)),
        ("1/(k+1)^2", 0, Fraction(0)),
        ("2/((k+2)*(k+3))", 0, Fraction(1, 3)),
        ("2/(k+2)", 3, Fraction(0)),
        ("0", 5, Fraction(1)),
    ],
)
def test_the_product_that_remains_is_enclosed_where_it_is_known(tau, start, exact):
    lower, upper = Schedule.of_tau(tau).remaining(start, 20)
    assert lower <= exact <= upper
    assert upper - lower <= Fraction(1, 2**20)


@pytest.mark.parametrize("tau", ["2^-(k+1)", "(2/3)^(k+1)", "k/2^k", "k^2/(2^k+9*k)", "1/(2^k+k)"])
def test_the_product_of_a_geometric_schedule_is_enclosed_as_narrowly_as_is_asked(tau):
    schedule = Schedule.of_tau(tau)
    start = schedule.keeps_from
    near = prod(1 - schedule.at(k) for k in range(start, start + 150))
    lower, upper = schedule.remaining(start, 60)
    # 150 factors are above the infinite product, and nearer to it than 2^-60.
    assert lower <= near <= upper + Fraction(1, 2**60)
    assert 0 < lower <= upper <= lower + Fraction(1, 2**60)


def test_what_comes_before_a_schedule_keeps_is_multiplied_into_the_product():
    assert Schedule.of_tau("3/(k+2)^2").remaining(1, 12)[0] > 0
    lists = Schedule.of_tau(["3", "1/2", "0"])
    assert lists.remaining(0) == (-1, -1)
    assert lists.remaining(1) == (Fraction(1, 2), Fraction(1, 2))
    assert Schedule.of_tau([3, "1/2"]).remaining(0) == (0, 0)
    assert Schedule.of_tau(2).remaining(0) is None


@given(QUOTIENTS)
def test_the_data_of_a_certificate_is_the_schedule(text):
    try:
        schedule = Schedule.of_tau(text)
    except InputError:
        return
    data = schedule.to_dict()
    for k in range(8):
        if "listed" in data:
            assert Fraction(data["listed"][0]) == schedule.at(k)
            continue
        above, below = (
            sum(Fraction(c) * k**p * Fraction(r) ** k for c, p, r in data[part])
            for part in ("numerator", "denominator")
        )
        assert above / below == schedule.at(k)
