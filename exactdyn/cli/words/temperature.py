"""What ``exactdyn compare --softmax T`` says: where softmax may be replaced by the argmax."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from exactdyn.certificates.envelope import encode
from exactdyn.numbers.shown import at_most, short, sized
from exactdyn.softmax.temperature.layer_bounds import Distance


def temperature_data(
    found: Sequence[Distance], temperature: Fraction, accuracy: Fraction, largest: Fraction | None
) -> dict[str, object]:
    """Return what ``compare --softmax --json`` prints.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.softmax.temperature.bounds import distances
    >>> found = distances(Hardmax().run([[1], ["1/2"]], 1), Fraction(1, 100))
    >>> temperature_data(found, Fraction(1, 100), Fraction(1, 1000), None)["layers"][0]["replaceable"]
    [True, True]
    """
    layers = [
        {
            "layer": own.layer,
            "errors": encode(own.errors),
            "replaceable": [error <= accuracy for error in own.errors],
            "same_choice": list(own.same_choice),
        }
        for own in found
    ]
    bounds = {"temperature": temperature, "accuracy": accuracy, "largest_temperature": largest}
    return {name: encode(value) for name, value in bounds.items()} | {"layers": layers}


def temperature_lines(
    found: Sequence[Distance], temperature: Fraction, accuracy: Fraction, largest: Fraction | None
) -> Iterator[str]:
    """Yield the lines that ``compare --softmax`` prints after the head.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.softmax.temperature.bounds import distances
    >>> found = distances(Hardmax().run([[1], ["1/2"]], 1), Fraction(1, 100))
    >>> list(temperature_lines(found, Fraction(1, 100), Fraction(1, 1000), Fraction(1, 50)))[1]
    'proved for every token and layer at temperatures up to 1/50 = 0.02'
    """
    yield f"softmax of temperature {short(temperature)} within {short(accuracy)} of the hardmax run:"
    if largest is None:
        yield "not proved for every token and layer at any temperature that was tried"
    else:
        yield f"proved for every token and layer at temperatures up to {sized(largest)}"
    for own in found:
        open_tokens = [token for token, error in enumerate(own.errors) if error > accuracy]
        verdict = "every token may be replaced"
        if open_tokens:
            verdict = f"not proved for token{'s' * (len(open_tokens) > 1)} {', '.join(map(str, open_tokens))}"
        yield f"  layer {own.layer}: {verdict}; largest error at most {at_most(max(own.errors))}"
