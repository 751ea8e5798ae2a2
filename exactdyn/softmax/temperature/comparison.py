"""A run beside softmax of a temperature: where the argmax may stand for it, and up to which temperature."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from exactdyn.certificates.envelope import accepted, certificate_text
from exactdyn.presentation import Presentable
from exactdyn.softmax.temperature.bounds import certificate_data, distances, largest_temperature
from exactdyn.softmax.temperature.layer_bounds import Distance
from exactdyn.systems.run import Run

ACCURACY = Fraction(1, 1000)
"""How near is near enough, where nothing is said."""


@dataclass(frozen=True)
class SoftmaxComparison(Presentable):
    """A softmax run of a temperature beside the exact hardmax run.

    ``distances``: what is proved of every layer. ``largest``: a temperature up to which every token of every
    layer is proved to be within ``accuracy``, None if there was none among those that were tried.
    """

    run: Run = field(hash=False)
    temperature: Fraction
    accuracy: Fraction
    distances: tuple[Distance, ...]
    largest: Fraction | None

    def __repr__(self) -> str:
        layers, tokens = len(self.distances), len(self.distances[0].errors)
        near = sum(error <= self.accuracy for own in self.distances for error in own.errors)
        return (
            f"SoftmaxComparison(layers 0..{layers - 1}, {near} of {layers * tokens} places of tokens proved "
            "to be within the accuracy)"
        )


def compare_with_softmax(run: Run, temperature: Fraction, accuracy: Fraction = ACCURACY) -> SoftmaxComparison:
    """Bound how far softmax of a temperature is from the exact run, and find the largest one that does.

    The checker has accepted the certificates of both temperatures by then. Raises as
    :func:`~exactdyn.softmax.temperature.bounds.distances` and
    :func:`~exactdyn.softmax.temperature.bounds.largest_temperature` do.
    Source: lemma ``temperature`` in ``proofs_checks/softmax/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> compare_with_softmax(Hardmax().run([[1], ["1/2"]], 2), Fraction(1, 10))
    SoftmaxComparison(layers 0..2, 2 of 6 places of tokens proved to be within the accuracy)
    """
    found = distances(run, temperature)
    largest = largest_temperature(run, accuracy)
    accepted(certificate_text(certificate_data(run, temperature, found)))
    if largest is not None:
        accepted(certificate_text(certificate_data(run, largest)))
    return SoftmaxComparison(run, temperature, accuracy, found, largest)
