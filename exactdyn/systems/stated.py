"""What is stated of the steps of all layers: a number, a list of them whose end repeats, or a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from exactdyn.errors import InputError, NumberError
from exactdyn.numbers.fields.joining import number, simple, together
from exactdyn.numbers.formula import Quotient, read_formula
from exactdyn.numbers.reading import integer
from exactdyn.numbers.terms import SETTLED_LIMIT, TermSum
from proofs_checks.format.rationals import shorten

Parameter: TypeAlias = Literal["alpha", "tau"]
"""What is stated: the coefficient alpha, or the step tau = alpha/(1+alpha)."""

_ARITHMETIC = re.compile(r"[\d\s.+*/-]*?(\d\.?\s*[-+*]|/[^/]*/)[\d\s.+*/-]*")
_ROOTS = re.compile(r"sqrt|cbrt|root|cos|sin|tan|pi")
# What stands in a number that may be irrational, but in no formula.
_NO_POLE = "requires a number other than -1, the pole of alpha/(1+alpha)"


class StatedSteps(NamedTuple):
    """The steps tau that were stated.

    ``listed``: those of the first layers, of which the last ``period`` repeat for ever; None for a
    ``quotient``, which varies and has a value at every layer. ``formula``: its text.

    >>> read_steps([1, "1/2"], 1, "alpha").listed
    (Fraction(1, 2), Fraction(1, 3))
    """

    listed: tuple[Fraction, ...] | None
    period: int = 1
    quotient: Quotient | None = None
    formula: str | None = None


def read_steps(value: object, period: object, parameter: Parameter) -> StatedSteps:
    """Read alpha or tau for all layers.

    ``value``: an exact number, a list of them, or a formula in the layer k. Raises
    :class:`~exactdyn.errors.InputError` for anything else, for a list of several numbers that is shorter than
    the period, and where tau or alpha has no value: it names the layer.
    Source: arXiv 2407.01602, equation (1.1), for tau = alpha/(1+alpha).

    >>> read_steps("1/(k-3)", 1, "tau")
    Traceback (most recent call last):
    exactdyn.errors.InputError: tau: requires a value at every layer, got a pole of 1/(k-3) at layer 3
    """
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return _listed(value, period, parameter)
    require_period(period)
    number = _number(value, parameter)
    if not isinstance(number, Quotient):
        return StatedSteps((number if parameter == "tau" else _step(number, parameter),))
    text = str(value).strip()
    quotient = _without_poles(number, text, parameter)
    constant = quotient.constant
    return StatedSteps(None, 1, quotient, text) if constant is None else StatedSteps((constant,))


def entry_at(layer: int, length: int, period: int) -> int:
    """Return which entry of a list belongs to a layer, where the last ``period`` entries repeat for ever.

    >>> [entry_at(k, 3, 2) for k in range(6)]
    [0, 1, 2, 1, 2, 1]
    """
    if layer < length:
        return layer
    period = min(period, length)  # one entry is the same for ever, whatever the period of longer lists
    return length - period + (layer - length) % period


def require_period(period: object, lengths: Iterable[tuple[str, int]] = ()) -> int:
    """Read the number of entries that repeat at the end of every list of several entries.

    ``lengths``: fields and the lengths of their lists. Raises :class:`~exactdyn.errors.InputError`.

    >>> require_period(3, [("alpha", 2)])
    Traceback (most recent call last):
    exactdyn.errors.InputError: alpha: requires 1 entry or at least 3, the period, got 2
    """
    number = integer(period, "period", 1)
    for where, length in lengths:
        if 1 < length < number:
            raise InputError(f"{where}: requires 1 entry or at least {number}, the period, got {length}")
    return number


def _listed(values: Sequence[object], period: object, parameter: Parameter) -> StatedSteps:
    if not values:
        raise InputError(f"{parameter}: requires at least one number, got none")
    repeated = require_period(period, [(parameter, len(values))])
    where = [f"{parameter}[{k}]" for k in range(len(values))]
    numbers = tuple(together(list(zip(where, values, strict=True))))
    steps = numbers if parameter == "tau" else tuple(map(_step, numbers, where))
    return StatedSteps(steps, min(repeated, len(steps)))


def _number(value: object, where: Parameter) -> Fraction | Quotient:
    """Read a number, or a formula where the text has signs that no number has."""
    if isinstance(value, str) and any(sign in value for sign in "k()*^") and not _ROOTS.search(value):
        return _formula(value, where)
    try:
        return number(value, where)  # type: ignore[no-any-return]
    except NumberError:
        # What has the signs of a formula only is one: "1/2+1/4"; else the complaint is about the number.
        if isinstance(value, str) and _ARITHMETIC.fullmatch(value):
            return read_formula(value, where)
        raise


def _formula(value: str, where: Parameter) -> Fraction | Quotient:
    """Read a formula; what is none, and has no k, may be a power with a fraction above, such as "2^(1/2)"."""
    try:
        return read_formula(value, where)
    except InputError:
        if "k" not in value:
            with suppress(InputError):
                return number(value, where)  # type: ignore[no-any-return]
        raise


def _step(alpha: Fraction, where: str) -> Fraction:
    if alpha == -1:
        raise InputError(f"{where}: {_NO_POLE}, got -1")
    return simple(alpha / (1 + alpha))  # type: ignore[no-any-return]


def _without_poles(read: Quotient, text: str, parameter: Parameter) -> Quotient:
    """Return tau as a quotient; raise InputError that names the layer where it, or alpha, has no value."""
    shown = shorten(text).strip("'")
    numerator, denominator = read.numerator, read.denominator
    pole = _zero(denominator, shown, parameter)
    if pole is not None:
        raise InputError(
            f"{parameter}: requires a value at every layer, got a pole of {shown} at layer {pole}"
        )
    if parameter == "tau":
        return read
    pole = _zero(numerator + denominator, shown, parameter)
    if pole is not None:
        raise InputError(f"alpha: {_NO_POLE}, got {shown} at layer {pole}")
    return Quotient(numerator, numerator + denominator)


def _zero(terms: TermSum, shown: str, parameter: Parameter) -> int | None:
    """Return the first layer at which a sum of terms is 0; raise InputError where that is not known."""
    settled = terms.nonzero_from()
    zero = terms.zero_before(SETTLED_LIMIT if settled is None else settled)
    if zero is None and settled is None:
        raise InputError(
            f"{parameter}: requires a denominator whose sign is settled by layer {SETTLED_LIMIT}, got {shown}"
        )
    return zero
