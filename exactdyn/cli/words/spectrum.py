"""The spectrum of the attention matrix over time, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from exactdyn.numbers.shown import short

if TYPE_CHECKING:
    from flint import acb, arb

    from exactdyn.softmax.spectrum import AttentionSpectrum, HeadSpectrum

SHOWN = 6
"""The first so many values of a list are printed, and the last; --json has all."""

DIGITS = 8
"""So many digits are printed of a value."""


def spectrum_data(found: AttentionSpectrum) -> dict[str, object]:
    """Return what ``softmax --spectrum --json`` adds; every ball as [midpoint, radius] that enclose.

    >>> from fractions import Fraction
    >>> from exactdyn.softmax import Softmax, flow
    >>> from exactdyn.softmax.spectrum import spectrum_of
    >>> found = spectrum_of(flow(Softmax(), [[1], [1]], Fraction(1)), [Fraction(0)])
    >>> spectrum_data(found)["spectrum"][0]["heads"][0]["eigenvalues"][1]
    {'real': ['0', '0'], 'imaginary': ['0', '0']}
    """
    from exactdyn.certificates.envelope import encode

    return {
        "spectrum": [
            {
                "time": encode(now.time),
                "heads": [_head_data(own) for own in now.heads],
                "reason": now.reason,
            }
            for now in found.times
        ]
    }


def _head_data(own: HeadSpectrum) -> dict[str, object]:
    from exactdyn.softmax.decimals import decimals

    eigenvalues = None
    if own.eigenvalues is not None:
        eigenvalues = [
            {"real": list(decimals(x.real)), "imaginary": list(decimals(x.imag))} for x in own.eigenvalues
        ]
    sizes = own.singular_values
    return {
        "eigenvalues": eigenvalues,
        "singular_values": None if sizes is None else [list(decimals(x)) for x in sizes],
        "rank": list(own.rank),
        "numerical_rank": list(own.numerical_rank),
    }


def spectrum_text(found: AttentionSpectrum, brief: bool = False) -> str:
    """Return what ``softmax --spectrum`` prints for people; ``brief``: the ranks alone.

    >>> from fractions import Fraction
    >>> from exactdyn.softmax import Softmax, flow
    >>> from exactdyn.softmax.spectrum import spectrum_of
    >>> found = spectrum_of(flow(Softmax(), [[1], [1]], Fraction(1)), [Fraction(0)])
    >>> print(spectrum_text(found, brief=True).splitlines()[1])
    t = 0: rank 1, numerical rank 1
    """
    return "\n".join([*_lines(found, brief), ""])


def _lines(found: AttentionSpectrum, brief: bool) -> Iterator[str]:
    count = len(found.run.start.place)
    yield (
        "attention matrix P, enclosed in ball arithmetic (no certificate speaks of it); numerical rank: "
        f"singular values above {count} * 2^-52 times the largest"
    )
    for now in found.times:
        for head, own in enumerate(now.heads):
            which = f", head {head}" if len(now.heads) > 1 else ""
            yield f"t = {short(now.time)}{which}: {ranks(own)}"
            if not brief and own.eigenvalues is not None:
                yield f"  eigenvalues {_listed([eigenvalue_text(x) for x in own.eigenvalues])}"
            if not brief and own.singular_values is not None:
                yield f"  singular values {_listed([_value(x) for x in own.singular_values])}"
        if now.reason is not None:
            yield f"not enclosed at t = {short(now.time)}: {now.reason}"


def rows_of(found: AttentionSpectrum) -> Iterator[tuple[str, ...]]:
    """Yield a row of a table for every time and head: time, head, ranks, and a few of the values.

    >>> from fractions import Fraction
    >>> from exactdyn.softmax import Softmax, flow
    >>> from exactdyn.softmax.spectrum import spectrum_of
    >>> next(rows_of(spectrum_of(flow(Softmax(), [[1]], Fraction(1)), [Fraction(0)])))
    ('0', '0', '1', '1', '1 +- 0', '1 +- 0')
    """
    for now in found.times:
        if now.reason is not None:
            yield short(now.time), "", "", "", f"not enclosed: {now.reason}", ""
            continue
        for head, own in enumerate(now.heads):
            first = ", ".join(eigenvalue_text(x) for x in (own.eigenvalues or ())[:3])
            last = _value((own.singular_values or ())[-1])
            yield short(now.time), str(head), between(own.rank), between(own.numerical_rank), first, last


def ranks(own: HeadSpectrum) -> str:
    """Say what is known of the ranks.

    >>> from exactdyn.softmax.spectrum import HeadSpectrum
    >>> ranks(HeadSpectrum(None, None, (1, 3), (2, 2)))
    'rank 1 to 3, numerical rank 2'
    """
    return f"rank {between(own.rank)}, numerical rank {between(own.numerical_rank)}"


def between(ends: tuple[int, int]) -> str:
    """Say between which two integers a number is.

    >>> between((2, 2)), between((1, 3))
    ('2', '1 to 3')
    """
    least, most = ends
    return str(least) if least == most else f"{least} to {most}"


def _listed(values: Sequence[str]) -> str:
    if len(values) <= SHOWN + 2:
        return ", ".join(values)
    return f"{', '.join(values[:SHOWN])}, {len(values) - SHOWN - 1} more, {values[-1]}"


def eigenvalue_text(x: acb) -> str:
    """Show an eigenvalue, with its imaginary part unless that is 0.

    >>> from flint import acb
    >>> eigenvalue_text(acb(1)), eigenvalue_text(acb(0, 1))
    ('1 +- 0', '(0 +- 0) + (1 +- 0) i')
    """
    if x.imag.is_zero():
        return _value(x.real)
    return f"({_value(x.real)}) + ({_value(x.imag)}) i"


def _value(x: arb) -> str:
    from exactdyn.softmax.decimals import decimals

    return " +- ".join(decimals(x, DIGITS))
