"""The system of a checked certificate as the data of its format again."""

from __future__ import annotations

from exactdyn.certificates.envelope import encode
from proofs_checks.hardmax.heads import Head
from proofs_checks.hardmax.schedule import Listed
from proofs_checks.hardmax.system import System


def checked_system(system: System) -> dict[str, object]:
    """Return the member ``system`` of a certificate of version 2, as the checker has read it.

    Source: ``proofs_checks/FORMAT.md``, section "Systems with schedules, masks, heads".

    >>> from fractions import Fraction
    >>> checked_system(System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),),)))
    {'tokens': [['1']], 'tau': {'listed': ['1/2']}, 'heads': [{'A': [[['2']]], 'ties': 'mean'}]}
    """
    schedule = system.schedule
    if isinstance(schedule, Listed):
        tau: dict[str, object] = {"listed": schedule.values}
    else:
        tau = {"numerator": schedule.numerator.parts, "denominator": schedule.denominator.parts}
    data: dict[str, object] = {
        "tokens": system.tokens,
        "tau": tau,
        "heads": [_head(head, len(system.tokens)) for head in system.heads],
    }
    if system.relu:
        data["relu"] = [vars(block) for block in system.relu]
    if system.period > 1:
        data["period"] = system.period
    return {name: encode(part) for name, part in data.items()}


def _head(head: Head, count: int) -> dict[str, object]:
    data: dict[str, object] = {"A": head.matrices}
    if head.values:
        data["V"] = head.values
    if head.mask is not None:
        rows = [[int(j in head.mask.seen(token)) for j in range(count)] for token in range(count)]
        data["mask"] = rows if head.mask.kind == "rows" else head.mask.kind
    return data | {"ties": head.ties}
