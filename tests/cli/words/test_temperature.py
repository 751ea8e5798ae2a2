"""What is said of softmax at a temperature is what the bounds say."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from exactdyn.cli.words.temperature import temperature_data, temperature_lines
from exactdyn.documents import load_example
from exactdyn.softmax.temperature.bounds import distances
from exactdyn.softmax.temperature.comparison import SoftmaxComparison

RUN = load_example("emerging-leader").run(2)


@given(st.sampled_from([1, 10, 100, 10_000]), st.fractions(Fraction(1, 10**6), 2, max_denominator=10**6))
def test_a_token_may_be_replaced_where_its_error_is_within_the_accuracy(part, accuracy):
    found = distances(RUN, Fraction(1, part))
    compared = SoftmaxComparison(RUN, Fraction(1, part), accuracy, found, None)
    layers = temperature_data(compared)["layers"]
    told = list(temperature_lines(compared))[2:]
    assert list(temperature_lines(compared, brief=True)) == list(temperature_lines(compared))[:2]
    assert len(told) == len(layers) == len(found) == 3
    for own, layer, line in zip(found, layers, told, strict=True):
        assert layer["replaceable"] == [error <= accuracy for error in own.errors]
        assert [Fraction(error) for error in layer["errors"]] == list(own.errors)
        assert ("every token may be replaced" in line) == all(layer["replaceable"])


def test_that_no_temperature_was_found_is_said():
    found = distances(RUN, Fraction(1))
    lines = list(temperature_lines(SoftmaxComparison(RUN, Fraction(1), Fraction(1, 10), found, None)))
    assert lines[1] == "not proved for every token and layer at any temperature that was tried"
