"""Examples written, and read again."""

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn import Example, Hardmax, InputError, load_example
from exactdyn.documents import (
    example_document,
    example_names,
    write_example,
)
from exactdyn.numbers.reading import exact_rows
from exactdyn.systems.run import LAYERS_LIMIT
from tests.example_files import array_bytes, saved
from tests.strategies import systems, token_labels


def one_line(label: str) -> str:
    return label.replace("\n", " ").replace("\t", " ")


@given(given_system=systems(), data=st.data())
@pytest.mark.parametrize("format", ["toml", "json"])
def test_an_example_written_and_read_again_is_the_same(tmp_path_factory, format, given_system, data):
    tokens = exact_rows(given_system.tokens, "tokens")
    matrix = data.draw(st.sampled_from([None, given_system.A]))
    form = data.draw(st.sampled_from(["normalised", "unnormalised"]))
    labels = data.draw(st.none() | token_labels(len(tokens)).map(lambda names: tuple(map(one_line, names))))
    layers = data.draw(st.integers(0, LAYERS_LIMIT))
    system = Hardmax(matrix, given_system.alpha, form)
    example = Example("again", "What it shows." if format == "toml" else "", system, tokens, labels, layers)
    text = write_example(example_document(example), format, example.about)
    path = saved(tmp_path_factory.getbasetemp(), f"again.{format}", text)
    assert load_example(path) == example


@pytest.mark.parametrize("name", example_names())
def test_a_built_in_example_survives_writing(tmp_path, name):
    example = load_example(name)
    text = write_example(example_document(example), about=example.about)
    assert load_example(saved(tmp_path, f"{name}.toml", text)) == example


def test_floats_are_written_at_their_exact_values(tmp_path):
    path = saved(tmp_path, "t.npy", array_bytes(np.array([[0.1, 5e-324]])))
    example = load_example(path, alpha=1)
    text = write_example(example_document(example), "json")
    assert json.loads(text)["tokens"][0][0] == "3602879701896397/36028797018963968"
    again = load_example(saved(tmp_path, "t.json", text))
    assert again.tokens == ((Fraction(0.1), Fraction(5e-324)),)


def test_numbers_of_many_digits_survive_writing(tmp_path):
    large = Fraction(3**20_000, 2**50_000)
    example = Example("large", "", Hardmax(alpha=large), ((large,),))
    assert load_example(saved(tmp_path, "large.toml", write_example(example_document(example)))) == example


def test_a_long_comment_is_wrapped_and_read_back(tmp_path):
    about = " ".join(["word"] * 100)
    text = write_example(example_document(load_example("cyclic")), about=about)
    assert max(map(len, text.splitlines())) <= 102
    assert load_example(saved(tmp_path, "t.toml", text)).about == about


def test_an_unknown_format_is_refused():
    with pytest.raises(InputError, match='format: requires "toml" or "json", got \'yaml\''):
        write_example(example_document(load_example("cyclic")), "yaml")
