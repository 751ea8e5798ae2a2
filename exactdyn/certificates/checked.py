"""The system of a checked certificate as the data of its format again."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import fmpq_poly, fmpz_poly

from exactdyn.certificates.envelope import encode
from exactdyn.numbers.fields.joining import simple
from exactdyn.numbers.fields.real_field import RealField
from exactdyn.numbers.fields.real_root import isolates
from exactdyn.numbers.reading import Rows, to_fmpq
from proofs_checks.families.family import Family
from proofs_checks.format.field_number import FieldNumber, Matrix
from proofs_checks.format.number_field import NumberField
from proofs_checks.format.rationals import write_rational
from proofs_checks.hardmax.heads import Head, Mask
from proofs_checks.hardmax.schedule import Listed, Schedule
from proofs_checks.hardmax.system import System
from proofs_checks.softmax.system import SoftHead, Softmax


def checked_system(system: System) -> dict[str, object]:
    """Return the member ``system`` of a certificate of version 2, as the checker has read it.

    Source: ``proofs_checks/FORMAT.md``, section "Systems with schedules, masks, heads".

    >>> from fractions import Fraction
    >>> checked_system(System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),),)))
    {'tokens': [['1']], 'tau': {'listed': ['1/2']}, 'heads': [{'A': [[['2']]], 'ties': 'mean'}]}
    """
    data: dict[str, object] = {
        "tokens": system.tokens,
        "tau": _steps(system.schedule),
        "heads": [_head(head, len(system.tokens)) for head in system.stated],
    }
    if system.relu:
        data["relu"] = [vars(block) for block in system.relu]
    if system.period > 1:
        data["period"] = system.period
    field = {} if system.field is None else {"field": _stated(system.field)}
    return {**field, **{name: encode(part) for name, part in data.items()}}


def softmax_parts(system: Softmax) -> dict[str, Any]:
    """Return the members of the member ``system`` of a softmax certificate that say what it is about.

    Source: ``proofs_checks/softmax/FORMAT.md``, section "System".

    >>> from fractions import Fraction
    >>> one = ((Fraction(1),),)
    >>> sorted(softmax_parts(Softmax((SoftHead(one, one, one),), one, Fraction(0))))
    ['K', 'Q', 'V', 'tokens']
    """
    heads = [_soft_head(head, len(system.tokens)) for head in system.heads]
    if system.plain:
        return {**heads[0], "tokens": system.tokens}
    step = {} if system.step is None else {"step": system.step}
    return {"heads": heads, **step, "tokens": system.tokens}


def checked_rows(rows: Matrix) -> Rows:
    """Return rows of numbers that the checker has read as rows of the library's numbers.

    >>> from fractions import Fraction
    >>> checked_rows(((Fraction(2),),))
    ((Fraction(2, 1),),)
    """
    return tuple(tuple(_number(x) if isinstance(x, FieldNumber) else x for x in row) for row in rows)


def _stated(field: NumberField) -> dict[str, object]:
    ends = [write_rational(end) for end in (field.low, field.high)]
    return {"polynomial": list(field.polynomial), "interval": ends}


def _number(number: FieldNumber) -> Any:
    field = _field(number.field)
    polynomial = fmpq_poly([to_fmpq(x) for x in number.coefficients])
    return simple(field.number(polynomial % field.root.modulus))


@lru_cache(maxsize=16)
def _field(field: NumberField) -> RealField:
    """Return the field of the one irreducible factor that has the root."""
    low, high = field.low, field.high
    factors = [factor for factor, _ in fmpz_poly(list(field.polynomial)).factor()[1]]
    (own,) = (factor for factor in factors if _changes_sign(factor, low, high))
    while not isolates(own, low, high):
        middle = (low + high) / 2
        low, high = (low, middle) if _changes_sign(own, low, middle) else (middle, high)
    return RealField.of(own.coeffs(), low, high)


def _changes_sign(polynomial: fmpz_poly, low: Fraction, high: Fraction) -> bool:
    below, above = (polynomial(to_fmpq(end)) for end in (low, high))
    return bool(below * above < 0)


def checked_beside(family: Family) -> dict[str, object]:
    """Return what the systems of a checked family have in common beside class, tokens and matrices.

    Source: ``proofs_checks/FORMAT.md``, section "Families with schedules and masks".

    >>> from proofs_checks.families.family import read_general_family
    >>> from proofs_checks.format.reading import Field
    >>> checked_beside(read_general_family(Field({"class": "general", "mask": "causal"}, "family")))
    {'mask': 'causal', 'ties': 'mean'}
    """
    head = family.any_system.heads[0]
    data = {name: part for name, part in _head(head, len(family.tokens)).items() if name != "A"}
    if not family.every_alpha:
        data["tau"] = _steps(family.schedule)
    if family.period > 1:
        data["period"] = family.period
    return {name: encode(part) for name, part in data.items()}


def _steps(schedule: Schedule) -> dict[str, object]:
    if isinstance(schedule, Listed):
        return {"listed": schedule.values}
    return {"numerator": schedule.numerator.parts, "denominator": schedule.denominator.parts}


def _soft_head(head: SoftHead, count: int) -> dict[str, object]:
    data: dict[str, object] = {"V": head.V, "Q": head.Q, "K": head.K}
    return data if head.mask is None else data | {"mask": _mask(head.mask, count)}


def _mask(mask: Mask, count: int) -> object:
    rows = [[int(j in mask.seen(token)) for j in range(count)] for token in range(count)]
    return rows if mask.kind == "rows" else mask.kind


def _head(head: Head, count: int) -> dict[str, object]:
    data: dict[str, object] = {"A": head.matrices}
    if head.values:
        data["V"] = head.values
    if head.mask is not None:
        data["mask"] = _mask(head.mask, count)
    return data | {"ties": head.ties}
