"""A figure as bytes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.errors import InputError
from exactdyn.pictures import FORMATS, draw_run, render
from exactdyn.systems.hardmax import Hardmax
from tests.amounts import amount
from tests.pictures.test_run import SQUARE, square_run
from tests.strategies import runs

MAGIC = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF-"}


@pytest.mark.parametrize("format", ["gif", "PNG", "", None])
def test_an_unknown_format_is_refused(format):
    with pytest.raises(InputError, match="format: requires one of png, svg, pdf"):
        render(draw_run(square_run(0)), format)


@settings(max_examples=amount(12, 25))
@given(runs(layers=7), st.sampled_from(FORMATS))
def test_every_run_has_a_picture_in_every_format(run, format):
    assert render(draw_run(run), format).startswith(MAGIC[format])


@pytest.mark.parametrize("tokens", [SQUARE, [[x] for x, _ in SQUARE], [[*row, 1] for row in SQUARE]])
@pytest.mark.parametrize("format", FORMATS)
def test_the_same_run_gives_the_same_bytes_without_a_date(tokens, format):
    first, second = (
        render(draw_run(Hardmax(alpha="1/2").run(tokens, layers=6), title="twice"), format) for _ in range(2)
    )
    assert first == second
    assert b"CreationDate" not in first
    assert b"<dc:date>" not in first
