"""Softmax of a temperature in place of the argmax: how far its run can be from the exact hardmax run."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import arb

from exactdyn.certificates.envelope import encode, system_data
from exactdyn.errors import InputError
from exactdyn.numbers.precision import working
from exactdyn.softmax.balls import ball
from exactdyn.softmax.temperature.carried import Carried
from exactdyn.softmax.temperature.layer_bounds import Copies, Distance, LayerBounds
from exactdyn.systems.run import Run
from proofs_checks.temperature.certificate import FORMAT

COARSE = 64
"""Bits for bounds, rounded upwards."""

TEMPERATURES = 64
"""A factor of two between temperatures is divided into this many steps, as far as the search goes."""

SMALLEST_POWER = 200
"""Temperatures below 2^-SMALLEST_POWER are not tried."""


def distances(run: Run, temperature: Fraction) -> tuple[Distance, ...]:
    """Bound the distance between the softmax and the hardmax run from the same tokens, for every layer.

    The softmax run has the heads, masks, values, steps and ReLU blocks of the system of ``run``, and in head
    h sum_j P_ij y_j in place of the attended point of token i: P_ij is proportional to
    exp(<A_h y_i, y_j> / temperature) on the tokens j that i may see. The bounds hold for every smaller
    temperature, too. They grow with the layers: nothing uniform in depth is claimed. Softmax has no rule for
    ties: where a token attends the first or the last of tokens that tie at different places, they stay wide.

    Raises
    ------
    :class:`~exactdyn.errors.InputError` for a temperature that is not positive, and for irrational numbers.
    Source: arXiv 2407.01602, section 5, where models are trained with softmax and read as hardmax.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> found = distances(Hardmax(mask="causal").run([[1], ["1/2"]], 2), Fraction(1, 100))
    >>> found[0].same_choice, found[1].errors[1] < Fraction(1, 10**10)
    ((True, True), True)
    """
    if temperature <= 0:
        raise InputError(f"temperature: requires a number greater than 0, got {temperature}")
    run.start.domain.require("softmax")
    size = run.start.dimension
    copies = Copies.of(run.start, run.system.heads(0, size))
    errors, inside = dict.fromkeys(copies.counts, arb(0)), True
    found = []
    for layer, state in enumerate(run.states()):
        with working(COARSE):
            bounds = LayerBounds(copies, run, layer, state, errors, ball(temperature))
            found.append(bounds.distance)
            if layer < run.layers:
                step = Carried.of(run.system.step(layer), size)
                inside = inside and step.convex  # then neither run has left where the tokens of layer 0 are
                errors = {
                    i: _with_room(error, copies.diameter, inside) for i, error in bounds.after(step).items()
                }
    return tuple(found)


def _with_room(error: arb, diameter: arb, inside: bool) -> arb:
    # A little more, so that the checker's own rounding, in units of 2^-128, stays below.
    if error.is_zero():
        return error
    more = (error * (1 + arb((1, -20))) + diameter * arb((1, -100))).upper()
    return more.min(diameter) if inside else more


def certificate_data(
    run: Run, temperature: Fraction, found: Sequence[Distance] | None = None
) -> dict[str, object]:
    """Return a certificate of the bounds that :func:`distances` gives, as plain data; raises as it does.

    ``found``: the bounds, where they are known already. The version is 1 for one A and one alpha, else 2.

    Source: ``proofs_checks/softmax/FORMAT.md``, section "Temperature certificates".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> certificate_data(Hardmax().run([[1], ["1/2"]], 1), Fraction(1, 100))["errors"][0]
    ['0', '0']
    """
    errors = [own.errors for own in found or distances(run, temperature)]
    version, system = system_data(run)
    bounds = {"temperature": temperature, "errors": errors}
    return {"format": FORMAT, "version": version, "system": encode(system)} | {
        name: encode(value) for name, value in bounds.items()
    }


def largest_temperature(run: Run, accuracy: Fraction) -> Fraction | None:
    """Return a temperature at which every token of every layer is proved to be within ``accuracy``.

    It is the largest for which these bounds prove it, but for a factor of 1 + 1/64; they prove it for every
    smaller one, too. None if even 2^-200 is too hot for them. Raises
    :class:`~exactdyn.errors.InputError` for an accuracy that is not positive.
    Source: lemma ``temperature`` in ``proofs_checks/softmax/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> largest_temperature(Hardmax().run([[1], ["1/2"]], 3), Fraction(1, 1000)) < Fraction(1, 10)
    True
    """
    if accuracy <= 0:
        raise InputError(f"accuracy: requires a number greater than 0, got {accuracy}")

    def good(step: int) -> bool:
        return all(max(own.errors) <= accuracy for own in distances(run, _temperature(step)))

    low, high = -SMALLEST_POWER * TEMPERATURES, SMALLEST_POWER * TEMPERATURES
    if not good(low):
        return None
    if good(high):
        return _temperature(high)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if good(middle) else (low, middle)
    return _temperature(low)


def _temperature(step: int) -> Fraction:
    # Increasing in the step: 2^power (1 + rest/64).
    power, rest = divmod(step, TEMPERATURES)
    return Fraction(2) ** power * Fraction(TEMPERATURES + rest, TEMPERATURES)
