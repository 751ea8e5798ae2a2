"""What ``exactdyn compare --softmax T`` says: where softmax may be replaced by the argmax."""

from __future__ import annotations

from collections.abc import Iterator

from exactdyn.certificates.envelope import encode
from exactdyn.numbers.shown import at_most, short, sized
from exactdyn.softmax.temperature.comparison import SoftmaxComparison


def temperature_data(found: SoftmaxComparison) -> dict[str, object]:
    """Return what ``compare --softmax --json`` prints.

    >>> from fractions import Fraction
    >>> from exactdyn.softmax.temperature.comparison import compare_with_softmax
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> found = compare_with_softmax(Hardmax().run([[1], ["1/2"]], 1), Fraction(1, 100))
    >>> temperature_data(found)["layers"][0]["replaceable"]
    [True, True]
    """
    layers = [
        {
            "layer": own.layer,
            "errors": encode(own.errors),
            "replaceable": [error <= found.accuracy for error in own.errors],
            "same_choice": list(own.same_choice),
        }
        for own in found.distances
    ]
    bounds = {
        "temperature": found.temperature,
        "accuracy": found.accuracy,
        "largest_temperature": found.largest,
    }
    return {name: encode(value) for name, value in bounds.items()} | {"layers": layers}


def temperature_lines(found: SoftmaxComparison, brief: bool = False) -> Iterator[str]:
    """Yield the lines that ``compare --softmax`` prints after the head.

    ``brief``: without the layers.

    >>> from fractions import Fraction
    >>> from exactdyn.softmax.temperature.comparison import compare_with_softmax
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> found = compare_with_softmax(Hardmax().run([[1], ["1/2"]], 1), Fraction(1, 100))
    >>> list(temperature_lines(found))[1]
    'proved for every token and layer at temperatures up to 23/512 = about 0.045'
    """
    temperature, accuracy = short(found.temperature), short(found.accuracy)
    yield f"softmax of temperature {temperature} within {accuracy} of the hardmax run:"
    if found.largest is None:
        yield "not proved for every token and layer at any temperature that was tried"
    else:
        yield f"proved for every token and layer at temperatures up to {sized(found.largest)}"
    for own in () if brief else found.distances:
        open_tokens = [token for token, error in enumerate(own.errors) if error > found.accuracy]
        verdict = "every token may be replaced"
        if open_tokens:
            verdict = f"not proved for token{'s' * (len(open_tokens) > 1)} {', '.join(map(str, open_tokens))}"
        yield f"  layer {own.layer}: {verdict}; largest error at most {at_most(max(own.errors))}"
