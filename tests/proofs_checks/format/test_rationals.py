"""Rational numbers as text."""

from __future__ import annotations

from fractions import Fraction

import pytest

from proofs_checks import MalformedError
from proofs_checks.format.rationals import read_rational

NO_NUMBERS = [
    *[
        "",
        "-",
        "+1",
        "--1",
        "1.5",
        ".5",
        "1e5",
        "1_000",
        " 1",
        "1 ",
        "1\n",
        "1 /2",
        "1/",
        "/2",
        "1/-2",
        "1/2/3",
    ],
    *["1/0", "-1/00", "0x", "0x/0x1", "0X1", "0xFF", "0x-1", "-0x", "0x1/2", "1/0x2", "0x1/0x0", "ff", "0b1"],
    *[
        "nan",
        "inf",
        "-Infinity",
        "None",
        "\u0661",
        "\uff11",
        "\u00bd",
        "\u22121",
        "1\u20442",
        "1\x00",
        "\ud800",
    ],
    *["9" * 4001, "1/" + "9" * 4001, "0" * 4001, "0x" + "f" * 1_000_000],
]


SPELLINGS = [
    ("-0", Fraction(0)),
    ("0/9", Fraction(0)),
    ("007", Fraction(7)),
    ("-6/4", Fraction(-3, 2)),
    ("-0xff/0x10", Fraction(-255, 16)),
    ("9" * 4000, Fraction(10**4000 - 1)),
    ("-" + "0" * 3999 + "1", Fraction(-1)),
    ("0x1" + "0" * 5000, Fraction(16**5000)),
]


@pytest.mark.parametrize("text", NO_NUMBERS, ids=lambda text: ascii(text[:12]))
def test_a_number_in_another_spelling_is_malformed(text: str) -> None:
    with pytest.raises(MalformedError):
        read_rational(text)


@pytest.mark.parametrize(("text", "number"), SPELLINGS, ids=[text[:12] for text, _ in SPELLINGS])
def test_a_number_may_be_unreduced_padded_or_hexadecimal(text: str, number: Fraction) -> None:
    assert read_rational(text) == number
