"""Softmax of a temperature in place of the argmax: how far its run can be from the exact hardmax run."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import arb

from exactdyn.certificates.envelope import encode
from exactdyn.errors import InputError
from exactdyn.numbers.precision import working
from exactdyn.softmax.balls import ball
from exactdyn.softmax.temperature.layer_bounds import Copies, Distance, LayerBounds
from exactdyn.systems.hardmax import hardmax_of
from exactdyn.systems.run import Run
from proofs_checks.format.envelope import VERSION
from proofs_checks.temperature.certificate import FORMAT

COARSE = 64
"""Bits for bounds, rounded upwards."""

TEMPERATURES = 64
"""A factor of two between temperatures is divided into this many steps, as far as the search goes."""

SMALLEST_POWER = 200
"""Temperatures below 2^-SMALLEST_POWER are not tried."""


def distances(run: Run, temperature: Fraction) -> tuple[Distance, ...]:
    """Bound the distance between the softmax and the hardmax run from the same tokens, for every layer.

    z_i <- (z_i + alpha sum_j P_ij z_j) / (1 + alpha), P_ij proportional to exp(<A z_i, z_j> / temperature),
    against the exact states and attention sets of ``run``; ties are kept. The bounds hold for every smaller
    temperature, too. They grow with the layers: nothing uniform in depth is claimed. Raises
    :class:`~exactdyn.errors.InputError` for a temperature that is not positive, for alpha < 0, and for
    irrational numbers. Source: arXiv 2407.01602, section 5, where models are trained with softmax and read as
    hardmax.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> found = distances(Hardmax().run([[1], ["1/2"]], 2), Fraction(1, 100))
    >>> found[0].same_choice, found[1].errors[1] < Fraction(1, 10**10)
    ((True, True), True)
    """
    if temperature <= 0:
        raise InputError(f"temperature: requires a number greater than 0, got {temperature}")
    alpha = hardmax_of(run, "temperature").alpha
    run.start.domain.require("softmax")
    if not run.facts.convex_step:
        raise InputError(f"alpha: requires a number of at least 0, got {alpha}")
    copies = Copies.of(run.start)
    errors = dict.fromkeys(copies.counts, arb(0))
    found = []
    for layer, state in enumerate(run.states()):
        with working(COARSE):
            bounds = LayerBounds(copies, run, layer, state, errors, ball(temperature))
            found.append(bounds.distance)
            if layer < run.layers:
                errors = {i: _with_room(bounds.after(i), copies.diameter) for i in copies.counts}
    return tuple(found)


def _with_room(error: arb, diameter: arb) -> arb:
    # A little more, so that the checker's own rounding, in units of 2^-128, stays below.
    if error.is_zero():
        return error
    return (error * (1 + arb((1, -20))) + diameter * arb((1, -100))).upper().min(diameter)


def certificate_data(
    run: Run, temperature: Fraction, found: Sequence[Distance] | None = None
) -> dict[str, object]:
    """Return a certificate of the bounds that :func:`distances` gives, as plain data; raises as it does.

    ``found``: the bounds, where they are known already.

    Source: ``proofs_checks/softmax/FORMAT.md``, section "Temperature certificates".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> certificate_data(Hardmax().run([[1], ["1/2"]], 1), Fraction(1, 100))["errors"][0]
    ['0', '0']
    """
    system = {
        "A": run.system.matrix(run.start.dimension),
        "alpha": hardmax_of(run, "temperature").alpha,
        "tokens": run.start.rows(),
    }
    errors = [own.errors for own in found or distances(run, temperature)]
    bounds = {"temperature": temperature, "errors": errors}
    return {"format": FORMAT, "version": VERSION, "system": encode(system)} | {
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
