"""The one boundary where numbers come in: everything behind it is exact.

Integers, :class:`~fractions.Fraction`, :class:`~decimal.Decimal`, ``fmpz``, ``fmpq``, sympy rationals and
strings such as ``"3"``, ``"1/3"``, ``"0.1"``, ``"1e-3"`` mean what they say. A binary float is refused,
because 0.1 the float is not 1/10: write ``"0.1"``, or say :func:`from_floats` for the exact binary value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Rational
from operator import index
from typing import SupportsIndex, TypeAlias, TypeGuard, cast

import numpy as np
from flint import fmpq, fmpz

from exactdyn.errors import InputError, NumberError, ShapeError
from proofs_checks.format.rationals import DECIMAL_DIGITS_LIMIT, TEXT_LIMIT, read_rational, shorten

EXPONENT_LIMIT = 10_000
"""Largest power of ten, either way, that a decimal literal may carry."""

Row: TypeAlias = tuple[Fraction, ...]
Rows: TypeAlias = tuple[Row, ...]

_DECIMAL_LITERAL = re.compile(r"([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?", re.ASCII)


@dataclass(frozen=True, eq=False)
class ExactFloats:
    """An array of binary floats, each taken at its exact (dyadic rational) value; see :func:`from_floats`."""

    values: np.ndarray


def from_floats(values: object, where: str = "from_floats") -> ExactFloats:
    """Say that these binary floats are meant at their exact values.

    ``values``: an array of floats of any IEEE width up to 64 bits, tokens in rows. Nothing is rounded:
    every finite binary float is a rational number whose denominator is a power of two. ``where`` is the
    field that a message names.

    Raises :class:`~exactdyn.errors.NumberError` if a value is not finite, or neither a float nor an integer
    of at most 53 bits, :class:`~exactdyn.errors.ShapeError` if the array does not have two axes.
    Source: IEEE 754-2019, section 3.3: the finite numbers of a binary format.

    >>> exact_rows(from_floats([[0.1, 0.5]]), "tokens")[0][1]
    Fraction(1, 2)
    """
    try:
        array = np.asarray(values)
    except ValueError:
        raise ShapeError(f"{where}: requires rows of equal length") from None
    if array.dtype.kind not in "fiu" or array.dtype.itemsize > 8:
        raise NumberError(f"{where}: requires floats of at most 64 bits, got dtype {array.dtype}")
    if array.ndim != 2:
        raise ShapeError(f"{where}: requires rows (an array with 2 axes), got {array.ndim} axes")
    if array.dtype.kind in "iu" or not isinstance(values, np.ndarray):
        _refuse_silent_conversions(np.asarray(values, dtype=object), where)
    if not np.isfinite(array).all():
        row, column = np.argwhere(~np.isfinite(array))[0]
        raise NumberError(f"{where}[{row}][{column}]: requires a finite number, got {array[row, column]}")
    return ExactFloats(np.array(array, dtype=np.float64))


def exact(value: object, where: str = "number") -> Fraction:
    """Read one exact number.

    ``value``: int, Fraction, Decimal, fmpz, fmpq, a sympy rational, or text ("3", "1/3", "0.1", "1e-3",
    "0x1f/0x3"). ``where`` is the field that a message names. Raises
    :class:`~exactdyn.errors.NumberError` for anything else, before memory is spent on it.

    >>> exact("0.1"), exact("-1/18"), exact(7)
    (Fraction(1, 10), Fraction(-1, 18), Fraction(7, 1))
    """
    if type(value) is Fraction:
        return value
    if isinstance(value, str):
        return _from_text(value.strip(), where)
    if isinstance(value, Decimal):
        return _from_text(str(value), where)
    if is_truth_value(value):
        raise NumberError(f"{where}: requires a number, got the truth value {value}")
    if isinstance(value, float | np.floating):
        if not np.isfinite(value):
            raise NumberError(f"{where}: requires a finite number, got {value}")
        raise NumberError(
            f"{where}: {value!r} is a binary float, which is seldom the number that was meant: "
            f'write "{value}" for that decimal, or from_floats(x) for the exact binary value'
        )
    if isinstance(value, fmpz):
        return Fraction(int(value))
    if isinstance(value, fmpq):
        return Fraction(int(value.p), int(value.q))
    if isinstance(value, Rational):
        return Fraction(int(value.numerator), int(value.denominator))
    if getattr(value, "is_Rational", False):  # a sympy rational: recognised without importing sympy
        return Fraction(int(value.p), int(value.q))  # type: ignore[attr-defined]
    if hasattr(value, "domain"):  # a number of another domain: see exactdyn.numbers.domain
        if isinstance(rational := getattr(value, "rational", None), Fraction):
            return rational
        raise NumberError(f"{where}: over the rationals only in this version, got one of {value.domain.name}")
    raise NumberError(f'{where}: requires an exact number such as 3 or "1/3", got {shorten(value)}')


def integer(value: object, where: str, least: int, most: int | None = None) -> int:
    """Read an integer of a range: a number of layers, a layer, a token, a number of processes.

    ``value``: whatever stands for an integer (int, numpy's integers, fmpz, sympy's Integer), no truth value
    and no float. ``where`` is the field that a message names; ``most`` is None for no bound. Raises
    :class:`~exactdyn.errors.InputError` for anything else.

    >>> integer(np.int64(3), "layers", 0, 10)
    3
    >>> integer(3.0, "layers", 0, 10)
    Traceback (most recent call last):
    exactdyn.errors.InputError: layers: requires an integer from 0 to 10, got 3.0
    """
    with suppress(TypeError):
        # operator.index is Python's own question whether something is an integer: True and False say yes.
        number = least - 1 if is_truth_value(value) else index(cast("SupportsIndex", value))
        if number >= least and (most is None or number <= most):
            return number
    bounds = f"of at least {least}" if most is None else f"from {least} to {most}"
    raise InputError(f"{where}: requires an integer {bounds}, got {shorten(value)}")


def is_truth_value(value: object) -> bool:
    """Tell whether something is True or False, Python's or numpy's: to Python those are integers, too.

    >>> is_truth_value(True), is_truth_value(np.False_), is_truth_value(1)
    (True, True, False)
    """
    return isinstance(value, bool | np.bool_)


def exact_rows(values: object, where: str) -> Rows:
    """Read rows of exact numbers, all of one positive length.

    ``values``: rows of numbers that :func:`exact` reads, or :class:`ExactFloats`. Raises
    :class:`~exactdyn.errors.ShapeError` if there is no row, a row is empty, or the rows differ in length,
    and :class:`~exactdyn.errors.NumberError` for what is no number.

    >>> exact_rows([["1", "1/3"], [0, 2]], "tokens")
    ((Fraction(1, 1), Fraction(1, 3)), (Fraction(0, 1), Fraction(2, 1)))
    """
    if isinstance(values, ExactFloats):
        if values.values.size:
            return tuple(tuple(map(Fraction, row)) for row in values.values.tolist())
        values = values.values.tolist()  # refused below, for want of a row or a coordinate
    if _are_rows(values):
        return values
    rows = tuple(
        tuple(x if type(x) is Fraction else exact(x, f"{where}[{i}][{r}]") for r, x in enumerate(row))
        for i, row in enumerate(listed_rows(values, where))
    )
    require_rows(rows, where)
    return rows


def listed_rows(values: object, where: str) -> list[Sequence[object]]:
    """Return rows of anything as lists, what can be read once only too; whatever their lengths.

    A matrix of sympy and a frame of pandas are their rows, though Python would go through entries and names.
    Raises :class:`~exactdyn.errors.ShapeError` for what has no rows.

    >>> listed_rows(iter([("1", 2)]), "tokens")
    [['1', 2]]
    """
    rows = _items(_rows_of(values), where, "rows of numbers")
    return [_items(row, f"{where}[{i}]", "numbers") for i, row in enumerate(rows)]


def require_rows(rows: Sequence[Sequence[object]], where: str) -> None:
    """Raise :class:`~exactdyn.errors.ShapeError` unless there are rows, all of one positive length.

    >>> require_rows([[1], [2, 3]], "tokens")
    Traceback (most recent call last):
    exactdyn.errors.ShapeError: tokens[1]: requires 1 coordinates like row 0, got 2
    """
    if not rows:
        raise ShapeError(f"{where}: requires at least one row, got none")
    for i, row in enumerate(rows):
        if not row:
            raise ShapeError(f"{where}[{i}]: requires at least one coordinate, got none")
        if len(row) != len(rows[0]):
            raise ShapeError(f"{where}[{i}]: requires {len(rows[0])} coordinates like row 0, got {len(row)}")


def to_fmpq(number: Fraction) -> fmpq:
    """Hand a fraction to python-flint; :func:`exact` brings it back.

    >>> to_fmpq(Fraction(1, 3))
    1/3
    """
    return fmpq(number.numerator, number.denominator)


def nearest_float(numerator: int, denominator: int) -> float:
    """Round p/q (q > 0) to the nearest float64; beyond the range of floats to an infinity.

    Source: IEEE 754-2019, sections 4.3.1 (roundTiesToEven) and 7.4 (overflow).

    >>> nearest_float(1, 10)
    0.1
    """
    try:
        return numerator / denominator  # Python rounds the quotient of two integers correctly
    except OverflowError:
        return float("inf") if numerator > 0 else float("-inf")


def nearest_pair(numerator: int, denominator: int) -> tuple[float, float]:
    """Round p/q (q > 0) of size at most 1 to two floats: the nearest, and the one next to what that lacks.

    Their sum is within 2**-106 of the quotient.
    Source: Dekker, A floating-point technique for extending the available precision, Numerische Mathematik 18
    (1971).

    >>> nearest_pair(1, 3)
    (0.3333333333333333, 1.850371707708594e-17)
    """
    high = nearest_float(numerator, denominator)
    above, below = high.as_integer_ratio()
    return high, nearest_float(numerator * below - above * denominator, denominator * below)


def _are_rows(values: object) -> TypeGuard[Rows]:
    # What was read before, and nobody can have changed since: a large matrix comes by several times.
    return (
        type(values) is tuple
        and bool(values)
        and all(type(row) is tuple and set(map(type, row)) == {Fraction} for row in values)
        and len(set(map(len, values))) == 1
    )


def _rows_of(values: object) -> object:
    # Both are recognised without importing their libraries.
    if getattr(values, "is_Matrix", False):
        return values.tolist()  # type: ignore[attr-defined]
    if hasattr(values, "itertuples"):
        return values.itertuples(index=False)
    return values


def _items(values: object, where: str, wanted: str) -> Sequence[object]:
    if isinstance(values, str | bytes | dict) or not isinstance(values, Iterable):
        raise ShapeError(f"{where}: requires {wanted}, got {shorten(values)}")
    return list(cast("Iterable[object]", values))


def _refuse_silent_conversions(entries: np.ndarray, where: str) -> None:
    # Among floats numpy makes floats of truth values, and of integers of any size by rounding.
    for (i, r), entry in np.ndenumerate(entries):
        if is_truth_value(entry):
            raise NumberError(f"{where}[{i}][{r}]: requires a float, got the truth value {entry}")
        if isinstance(entry, int | np.integer) and abs(int(entry)) > 2**53:
            raise NumberError(f"{where}[{i}][{r}]: requires an integer of at most 53 bits: pass it as it is")


def _from_text(text: str, where: str) -> Fraction:
    # Limits are held before the power of ten is made, as a short text may stand for a number without end.
    if len(text) > TEXT_LIMIT:
        raise NumberError(f"{where}: a number of {len(text)} characters, the limit is {TEXT_LIMIT}")
    literal = _DECIMAL_LITERAL.fullmatch(text)
    if literal is None or not (literal[2] or literal[3]):
        try:
            return read_rational(text)
        except ValueError as error:
            raise NumberError(f"{where}: {error}") from None
    sign, whole, fraction, power = literal.groups()
    if len(whole) + len(fraction) > DECIMAL_DIGITS_LIMIT:
        raise NumberError(f"{where}: more than {DECIMAL_DIGITS_LIMIT} digits: write the integers as 0x...")
    if power is not None and (len(power) > 6 or abs(int(power)) > EXPONENT_LIMIT):
        raise NumberError(f"{where}: requires an exponent of at most {EXPONENT_LIMIT}, got {shorten(text)}")
    digits = Fraction(int(sign + whole + fraction))
    return digits * Fraction(10) ** (int(power or 0) - len(fraction))
