"""Whose system a certificate speaks of: its parts, and those of an example, side by side."""

from __future__ import annotations

from collections.abc import Set
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING

from exactdyn.cli.words.general_parts import (
    Parts,
    checked_parts,
    general_parts,
    is_plain,
    mask_part,
    plain_as_general,
)
from exactdyn.errors import InputError
from exactdyn.numbers.shown import counted, short

if TYPE_CHECKING:
    from exactdyn.documents import Example
    from exactdyn.numbers.reading import Rows
    from exactdyn.systems.soft_attention import Softmax
    from proofs_checks.families.family import Family
    from proofs_checks.kinds import AnyCertificate
    from proofs_checks.softmax.system import Softmax as CheckedSoftmax

NUMBERS = ("alpha", "radius", "step")
"""The parts that are numbers."""

ONE_MATRIX = {"A", "heads[0].A", "V", "heads[0].V"}
"""Parts of systems; a family, which is about all matrices, has none of them."""


def certificate_parts(certificate: AnyCertificate) -> Parts:
    """Return the parts of the system of a certificate; that of a family of matrices has no A.

    >>> from exactdyn.certificates.envelope import certificate_data, certificate_text
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.verdict import Verdict
    >>> from proofs_checks import verify
    >>> data = certificate_data(Hardmax().run([[1]], 0), {"symmetric": Verdict("holds")})
    >>> certificate_parts(verify(certificate_text(data)))["tokens"]
    ((Fraction(1, 1),),)
    """
    from proofs_checks.families.family import Family
    from proofs_checks.hardmax.system import System
    from proofs_checks.parameters.certificate import ParameterCertificate
    from proofs_checks.softmax.certificate import SoftmaxCertificate

    if isinstance(certificate, ParameterCertificate):
        line = certificate.line
        rows = {"A": line.matrix, "tokens": line.tokens}
        return {name: tuple(tuple(x[0] for x in row) for row in own) for name, own in rows.items()}
    if isinstance(certificate.system, System):
        parts = checked_parts(certificate.system)
        return _with_alpha(parts) if is_plain(certificate.system) else parts
    if isinstance(certificate.system, Family) and not certificate.system.plain:
        return _family_parts(certificate.system)
    if isinstance(certificate, SoftmaxCertificate):
        return _softmax_parts(certificate.system)
    names = ("alpha", "A", "tokens")
    own = {name: getattr(certificate.system, name) for name in names if hasattr(certificate.system, name)}
    return {name: ((part,),) if name in NUMBERS else part for name, part in own.items()}


def _with_alpha(parts: Parts) -> Parts:
    tau = parts["tau"][0][0]
    return {"alpha": ((tau / (1 - tau),),), "A": parts["heads[0].A"], "tokens": parts["tokens"]}


def _family_parts(family: Family) -> Parts:
    # All but the matrices of scores, of which there are many; nothing where it is about all tokens.
    if not family.tokens:
        return {"tokens": ()}
    parts = checked_parts(family.any_system)
    return {name: part for name, part in parts.items() if name != "heads[0].A"}


def _softmax_parts(system: CheckedSoftmax) -> Parts:
    count = len(system.tokens)
    parts: dict[str, Rows] = {"tokens": system.tokens, "radius": ((system.radius,),)}
    for h, head in enumerate(system.heads):
        place = "" if system.plain else f"heads[{h}]."
        parts |= {f"{place}V": head.V, f"{place}Q": head.Q, f"{place}K": head.K}
        parts |= (
            {}
            if head.mask is None
            else dict(mask_part(place, [frozenset(head.mask.seen(token)) for token in range(count)]))
        )
    return parts if system.step is None else parts | {"step": ((system.step,),)}


def _stated_softmax(system: Softmax, count: int, dimension: int) -> Parts:
    parts: dict[str, Rows] = {"radius": ((Fraction(0),),)}
    for h, head in enumerate(system.parts):
        place = "" if system.plain else f"heads[{h}]."
        parts |= dict(zip((f"{place}V", f"{place}Q", f"{place}K"), head.matrices(dimension), strict=True))
        parts |= {} if (seen := head.seen(count)) is None else dict(mask_part(place, seen))
    return parts if system.step is None else parts | {"step": ((system.step,),)}


def example_parts(example: Example, names: Set[str]) -> Parts:
    """Return the parts of an example's system that have these names, and what else it states of a system.

    >>> from exactdyn.documents import load_example
    >>> sorted(example_parts(load_example("cyclic"), {"alpha", "tokens"}))
    ['A', 'alpha', 'tokens']
    """
    from exactdyn.certificates.general import plain_parts
    from exactdyn.documents.files import naming
    from exactdyn.families.setting import with_one_head
    from exactdyn.numbers.fields.joining import number_rows

    count, dimension = example.shape
    system = example.hardmax
    every_matrix = not names & ONE_MATRIX
    if system is not None and every_matrix:
        with suppress(InputError):  # heads that differ are told apart below
            system = with_one_head(system)
    with naming(example.source or example.name):
        tokens = {"tokens": number_rows(example.tokens, "tokens")}
    general = every_matrix and "alpha" not in names
    plain = None if system is None or general else plain_parts(system, dimension)
    if system is not None and plain is None:
        return {**general_parts(system, count, dimension), **tokens}
    hardmax = {} if plain is None else {"alpha": ((plain[1],),), "A": plain[0]}
    softmax = {} if example.softmax is None else _stated_softmax(example.softmax, count, dimension)
    parts = {**hardmax, **softmax, **tokens}
    if example.softmax is not None and not example.softmax.plain:
        return parts
    return {name: part for name, part in parts.items() if name in names | example.stated}


def system_difference(own: Parts, wanted: Parts) -> str | None:
    """Say where a certificate's system differs from the wanted one; None if every part of it is the same.

    >>> one, two = ((Fraction(1),),), ((Fraction(2),),)
    >>> system_difference({"alpha": one, "tokens": one}, {"alpha": one, "tokens": two})
    'its system differs from the input: tokens[0][0] is 1, there 2'
    """
    differ = "its system differs from the input"
    if not own["tokens"]:
        return f"{differ}: it is about all tokens"
    every = frozenset[str]() if own.keys() & ONE_MATRIX else {"A", "heads[0].A"}
    if "alpha" in own and "heads[0].A" in wanted:
        own = plain_as_general(own)
    elif "heads[0].A" in own and "alpha" in wanted:
        wanted = plain_as_general(wanted)
    sizes = [
        f"{counted(len(rows), 'token')} in dimension {len(rows[0])}"
        for rows in (own["tokens"], wanted["tokens"])
    ]
    if sizes[0] != sizes[1]:
        return f"{differ}: it has {sizes[0]}, there are {sizes[1]}"
    stated = [field for field in wanted if field not in own and field not in every]
    if stated:
        return f"{differ}: there {stated[0]} is stated"
    for field, rows in own.items():
        if field not in wanted:
            return f"{differ}: there {field} is not stated"
        others = wanted[field]
        if len(rows) != len(others):
            return f"{differ}: {field} has {counted(len(rows), 'row')}, there {len(others)}"
        if len(rows[0]) != len(others[0]):
            return f"{differ}: {field} has {counted(len(rows[0]), 'column')}, there {len(others[0])}"
        places = ((i, r) for i, row in enumerate(rows) for r, x in enumerate(row) if x != others[i][r])
        for i, r in places:
            place = field if field in NUMBERS else f"{field}[{i}][{r}]"
            return f"{differ}: {place} is {short(rows[i][r])}, there {short(others[i][r])}"
    return None
