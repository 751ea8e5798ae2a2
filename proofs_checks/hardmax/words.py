"""A system of any heads, masks and steps in words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from proofs_checks.format.field_number import Matrix, Vector, write_number
from proofs_checks.format.number_field import NumberField
from proofs_checks.format.rationals import write_polynomial, write_rational
from proofs_checks.hardmax.heads import Head, Mask
from proofs_checks.hardmax.relu import Relu
from proofs_checks.hardmax.schedule import Listed, Schedule
from proofs_checks.hardmax.system import System
from proofs_checks.hardmax.terms import Terms


def general_lines(system: System) -> list[str]:
    """Return lines that state all of a system but its tokens.

    >>> one = Fraction(1)
    >>> general_lines(System(((one,),), (Head((((one,),),)),), Listed((one, one / 2))))
    ['tau = 1, 1/2, the last repeats', 'head 0: A = (1)']
    """
    period = system.period
    lines = [*_field(system.field), tau_line(system.schedule)]
    lines += [f"head {h}: {_head(head, period)}" for h, head in enumerate(system.stated)]
    if system.relu:
        blocks = _listed(list(map(_block, system.relu)), period)
        lines.append(f"then eta y + W2 relu(W1 y + b1) + b2: {blocks}")
    return lines


def tau_line(schedule: Schedule) -> str:
    """Return the line that states the step of every layer.

    >>> tau_line(Listed((Fraction(1, 2),)))
    'tau = 1/2'
    """
    return f"tau = {_schedule(schedule)}"


def beside_lines(head: Head, period: int) -> list[str]:
    """Return lines that state what a head has beside its matrices of scores.

    >>> beside_lines(Head((), mask=Mask("causal"), ties="first"), 1)
    ['mask causal', 'of a tie the first token']
    """
    said = [f"V = {_listed(list(map(write_rows, head.values)), period)}"] if head.values else []
    said += [mask_words(head.mask)] if head.mask is not None else []
    return said + ([f"of a tie the {head.ties} token"] if head.ties != "mean" else [])


def write_rows(matrix: Matrix) -> str:
    """Return the rows of a matrix in words.

    >>> write_rows(((Fraction(1), Fraction(1, 2)),))
    '(1, 1/2)'
    """
    return ", ".join(map(_vector, matrix))


def _field(field: NumberField | None) -> list[str]:
    # Which numbers the polynomials in t are.
    if field is None:
        return []
    ends = " and ".join(map(write_rational, (field.low, field.high)))
    root = f"t is the root of {write_polynomial(list(map(Fraction, field.polynomial)))} between {ends}"
    return [f"{root}; in claims (c0, c1, ...) may stand for c0 + c1 t + ..."]


def _vector(vector: Vector) -> str:
    return f"({', '.join(map(write_number, vector))})"


def _listed(entries: Sequence[str], period: int, between: str = "; ") -> str:
    # What is said of the entries of a list, one a layer.
    if len(entries) == 1:
        return entries[0]
    return f"{between.join(entries)}, the last {'repeats' if period == 1 else f'{period} repeat'}"


def _schedule(schedule: Schedule) -> str:
    if isinstance(schedule, Listed):
        return _listed(list(map(write_number, schedule.values)), schedule.period, ", ")
    return f"({_sum(schedule.numerator)}) / ({_sum(schedule.denominator)}) at layer k"


def _sum(terms: Terms) -> str:
    parts = []
    for c, p, r in terms.parts:
        power = f" k^{p}" if p else ""
        parts.append(f"{write_number(c)}{power}" + (f" ({write_rational(r)})^k" if r != 1 else ""))
    return " + ".join(parts) or "0"


def _head(head: Head, period: int) -> str:
    scores = f"A = {_listed(list(map(write_rows, head.matrices)), period)}"
    return ", ".join([scores, *beside_lines(head, period)])


def mask_words(mask: Mask) -> str:
    """Return who may see whom.

    >>> mask_words(Mask("rows", (frozenset({0}), frozenset({0, 1}))))
    'tokens see 0; 0, 1'
    """
    if mask.kind != "rows":
        return f"mask {mask.kind}"
    return f"tokens see {'; '.join(', '.join(map(str, sorted(row))) for row in mask.rows)}"


def _block(relu: Relu) -> str:
    parts = [f"eta = {write_number(relu.eta)}"]
    parts += [f"W1 = {write_rows(relu.W1)}", f"b1 = {_vector(relu.b1)}"]
    parts += [f"W2 = {write_rows(relu.W2)}", f"b2 = {_vector(relu.b2)}"]
    return ", ".join(parts)
