"""Rational documents whose numbers are written with roots of squares are the same documents."""

import pytest

from exactdyn import load_example
from exactdyn.documents import example_document, write_example
from exactdyn.numbers.rationals import RATIONALS
from tests.example_files import RATIONAL_NAMES, saved

WRITTEN = ("sqrt(4)*({})/2", "({})*2*cos(pi/3)", "({})^(2/2)", "({})*root(x^3-8, 1..3)/2")


def with_roots(value, place=0):
    """Every number of a matrix, or one number, as an expression; formulas and words stay."""
    if isinstance(value, list):
        return [with_roots(own, place + k) for k, own in enumerate(value)]
    if isinstance(value, str) and value.lstrip("-")[:1].isdigit() and "k" not in value:
        return WRITTEN[place % len(WRITTEN)].format(value)
    return value


@pytest.mark.parametrize("name", RATIONAL_NAMES)
def test_a_rational_example_written_with_roots_is_the_same_example_and_runs_on_the_same_kernel(
    tmp_path, name
):
    plain = load_example(name)
    document = example_document(plain)
    changed = {
        field: with_roots(own) if field in ("tokens", "A", "V", "alpha") else own
        for field, own in document.items()
    }
    assert changed != document
    written = load_example(saved(tmp_path, f"{name}.toml", write_example(changed)))
    assert written.tokens == plain.tokens
    assert written.system == plain.system
    assert written.system.domain == RATIONALS
    plain_run, run = plain.run(2), written.run(2)
    assert run == plain_run
    assert type(run.recording) is type(plain_run.recording)
    assert run.itinerary[2] == plain_run.itinerary[2]
    assert run.tokens(2) == plain_run.tokens(2)
