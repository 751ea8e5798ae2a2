"""Rates in words and as data."""

from exactdyn import Hardmax, limit
from exactdyn.cli.commands.limit import limit_data
from exactdyn.cli.words.rates import polynomial_text, shown_rates, shown_root
from exactdyn.cli.words.sentences import PLAIN
from exactdyn.limits.rates import roots_of_factor
from tests.command import inside

TURNING = 'alpha = "1/2"\nA = [[1, -4], [4, 1]]\ntokens = [[1, 0], [0, 1], [-1, -1]]\n'


def test_complex_rates_are_printed_with_their_polynomial(tmp_path):
    (tmp_path / "a.toml").write_text(TURNING)
    shown = inside("limit", "a.toml", folder=tmp_path).stdout
    left = "each layer multiplies the parts of the way that is left by"
    assert f"{left} ~0.50000000 +- ~0.28867513i, roots of 3x^2 - 3x + 1" in shown
    assert (
        "by ~0.500 +- ~0.289i, roots" in inside("limit", "a.toml", "--decimal", "3", folder=tmp_path).stdout
    )


def test_they_are_data_by_factor_and_ball():
    data = limit_data(limit(Hardmax([[1, -4], [4, 1]], "1/2").run([[1, 0], [0, 1], [-1, -1]], 0)))
    first, second = data["rates"]
    assert first["factor"] == [1, -3, 3] and first["multiplicity"] == 1
    assert first["ball"]["real"] == second["ball"]["real"] == "1/2"
    assert first["ball"]["imaginary"] == f"-{second['ball']['imaginary']}"


def test_roots_that_are_real_imaginary_tiny_or_many():
    assert [shown_root(root, 3) for root in roots_of_factor((-2, 0, 1))] == ["~-1.41", "~1.41"]
    assert shown_root(roots_of_factor((1, 0, 10**40 + 1))[1], 3) == "+- ~1.00e-20i"
    rates = dict.fromkeys(roots_of_factor((-2, 0, 0, 1)), 2)
    shown = "~-0.62996052 +- ~1.0911236i, ~1.2599210 (times a polynomial of degree 1), roots of x^3 - 2"
    assert list(shown_rates(rates, PLAIN)) == [shown]


def test_polynomials_are_written_with_their_signs():
    assert polynomial_text((-1, 0, -3)) == "-3x^2 - 1" and polynomial_text((0, -1, 1)) == "x^2 - x"
