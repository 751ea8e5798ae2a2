"""Spectra as text and as JSON."""

import json
from fractions import Fraction

import pytest
from flint import acb, arb

from exactdyn.cli.words.spectrum import SHOWN, eigenvalue_text, rows_of, spectrum_data, spectrum_text
from exactdyn.numbers.precision import exactly
from exactdyn.softmax import Softmax, flow
from exactdyn.softmax.spectrum import AttentionSpectrum, HeadSpectrum, SpectrumAt, spectrum_of

RUN = flow(Softmax(Q=[[0, 2], [-2, 0]]), [[1, 0], [0, 1], [-1, "1/2"]], Fraction(1, 16))
TIMES = [Fraction(0), Fraction(1, 16), Fraction(1)]
UNKNOWN = SpectrumAt(Fraction(2), (HeadSpectrum(None, None, (1, 3), (1, 3)),), "nothing is known")


@pytest.fixture(scope="module")
def found():
    return AttentionSpectrum(RUN, (*spectrum_of(RUN, TIMES).times, UNKNOWN))


def encloses(text, ball):
    middle, radius = map(Fraction, text)
    return abs(exactly(ball.mid()) - middle) + exactly(ball.rad()) <= radius


def test_every_ball_is_two_decimals_that_enclose_it(found):
    data = json.loads(json.dumps(spectrum_data(found), allow_nan=False))["spectrum"]
    assert [(now["time"], now["reason"] is None) for now in data] == [
        ("0", True),
        ("1/16", True),
        ("1", False),
        ("2", False),
    ]
    for now, shown in zip(found.times[:2], data[:2], strict=True):
        (own,), (text,) = now.heads, shown["heads"]
        assert (text["rank"], text["numerical_rank"]) == ([*own.rank], [*own.numerical_rank])
        for x, parts in zip(own.eigenvalues, text["eigenvalues"], strict=True):
            assert encloses(parts["real"], x.real)
            assert encloses(parts["imaginary"], x.imag)
        for x, parts in zip(own.singular_values, text["singular_values"], strict=True):
            assert encloses(parts, x)
    unknown = {"eigenvalues": None, "singular_values": None, "rank": [1, 3], "numerical_rank": [1, 3]}
    assert [shown["heads"] for shown in data[2:]] == [[], [unknown]]


def test_of_every_time_there_are_ranks_and_values_or_why_not(found):
    lines = spectrum_text(found).splitlines()
    assert "no certificate speaks of it" in lines[0]
    assert "singular values above 3 * 2^-52 times the largest" in lines[0]
    assert lines[1] == "t = 0: rank 3, numerical rank 3"
    assert lines[2].startswith("  eigenvalues 1 +- ")
    assert lines[2].count(" i") == 2
    assert lines[3].startswith("  singular values 1.")
    assert "not enclosed at t = 1: the run is proved to time 0.0625 alone" in lines
    assert lines[-2:] == [
        "t = 2: rank 1 to 3, numerical rank 1 to 3",
        "not enclosed at t = 2: nothing is known",
    ]
    assert [line for line in spectrum_text(found, brief=True).splitlines() if line.startswith(" ")] == []


def test_of_many_values_the_first_are_shown_and_the_last():
    tokens = [[k] for k in range(SHOWN + 5)]
    text = spectrum_text(spectrum_of(flow(Softmax(), tokens, Fraction(1, 2**20)), [Fraction(0)]))
    sizes = text.splitlines()[3].split(", ")
    assert sizes[SHOWN] == "4 more"
    assert len(sizes) == SHOWN + 2


def test_a_table_has_a_row_for_every_time_and_head(found):
    rows = list(rows_of(found))
    assert [row[:4] for row in rows[:2]] == [("0", "0", "3", "3"), ("1/16", "0", "3", "3")]
    assert [row[4] for row in rows[2:]] == [
        "not enclosed: the run is proved to time 0.0625 alone",
        "not enclosed: nothing is known",
    ]


def test_an_eigenvalue_that_may_be_real_is_shown_with_its_imaginary_part():
    assert eigenvalue_text(acb(arb(1), arb(0, 0.25))) == "(1 +- 0) + (0 +- 0.26) i"
