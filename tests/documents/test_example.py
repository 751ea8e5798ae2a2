"""Examples read from documents and tables, written and read again."""

import gzip
import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn import Example, Hardmax, InputError, load_example
from exactdyn.documents import (
    DEFAULT_LAYERS,
    example_document,
    example_names,
    example_text,
    write_example,
)
from exactdyn.numbers.reading import ExactFloats, exact_rows
from exactdyn.systems.run import LAYERS_LIMIT
from tests.example_files import archive_bytes, array_bytes, refusal, saved
from tests.strategies import systems, token_labels

HALF = Fraction(1, 2)
FULL = """\
# Two tokens
# that show every field.
#
# Details.
alpha = 0.5
A = [["2", 1], [1, 0.2e1]]
form = "unnormalised"
labels = ["left", "right"]
layers = 7
tokens = [["1/2", 0.1], [-3, "0x1f/0x3"]]
"""


# Documents


def test_a_toml_document_states_every_field(tmp_path):
    example = load_example(saved(tmp_path, "two.toml", FULL))
    assert example == Example(
        name="two",
        about="Two tokens that show every field.",
        hardmax=Hardmax([[2, 1], [1, 2]], "1/2", "unnormalised"),
        tokens=((HALF, Fraction(1, 10)), (Fraction(-3), Fraction(31, 3))),
        labels=("left", "right"),
        layers=7,
    )


def test_what_a_document_leaves_out_has_a_default(tmp_path):
    example = load_example(saved(tmp_path, "pair.toml", "alpha = 1\ntokens = [[1, 2]]"))
    assert (example.system, example.labels) == (Hardmax(alpha=1), None)
    assert example.layers == DEFAULT_LAYERS == example.run().layers
    assert example.about == ""


def test_the_number_of_layers_of_a_run_can_be_given():
    assert load_example("cyclic").run(2).layers == 2
    assert load_example("cyclic").run(0).layers == 0


@pytest.mark.parametrize("name", ["pair.json", "pair.json.gz", "PAIR.JSON"])
def test_a_json_document_says_the_same_as_a_toml_one(tmp_path, name):
    text = '{"tokens": [[0.1, "1/3"], [1, 2e-1]], "alpha": 0.5, "layers": 3, "labels": ["é", "b"]}'
    content = gzip.compress(text.encode()) if name.endswith(".gz") else text
    example = load_example(saved(tmp_path, name, content))
    assert example.tokens == ((Fraction(1, 10), Fraction(1, 3)), (Fraction(1), Fraction(1, 5)))
    assert (example.system.alpha, example.layers, example.labels) == (HALF, 3, ("é", "b"))
    assert example.name.lower() == "pair"


def test_a_toml_number_may_have_underscores(tmp_path):
    tokens = load_example(saved(tmp_path, "one.toml", "alpha = 1\ntokens = [[1_000.2_5, 1_0]]")).tokens
    assert tokens == ((Fraction(4001, 4), Fraction(10)),)


def test_a_byte_order_mark_is_no_part_of_a_document(tmp_path):
    path = saved(tmp_path, "one.json", b'\xef\xbb\xbf{"tokens": [[1]], "alpha": 1}')
    assert load_example(path).shape == (1, 1)


def test_an_example_shows_its_size_and_not_its_tokens():
    assert repr(load_example("sixty")) == "Example('sixty', 60 tokens in dimension 2, 30 layers)"


# Tables


def test_a_csv_table_holds_exact_numbers(tmp_path):
    path = saved(tmp_path, "t.csv", "1/3, 0.1\n\n1e-3,-2\r\n")
    example = load_example(path, alpha="1/2")
    assert example.tokens == exact_rows([["1/3", "1/10"], ["1/1000", -2]], "tokens")
    assert (example.name, example.system) == ("t", Hardmax(alpha="1/2"))


@pytest.mark.parametrize("header", ["x,y\n", "\ufeffx, y\n", '"first one",y2\n'])
def test_a_csv_table_may_name_its_columns(tmp_path, header):
    assert load_example(saved(tmp_path, "t.csv", header + "1,2\n"), alpha=1).shape == (1, 2)


@pytest.mark.parametrize("line", ["nan,nan", "inf,Infinity", "x,1", "x,", "1/0,x"])
def test_a_line_of_bad_numbers_is_not_taken_for_a_header(tmp_path, line):
    assert "t.csv: tokens[0]" in refusal(saved(tmp_path, "t.csv", line + "\n1,2\n"), alpha=1)


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16, ">f8"])
def test_an_array_of_floats_is_kept_as_it_is(tmp_path, dtype):
    array = np.asfortranarray(np.array([[0.1, 0.5, -1], [2, 3, 1e-3]], dtype=dtype))
    example = load_example(saved(tmp_path, "t.npy", array_bytes(array)), alpha=1)
    assert isinstance(example.tokens, ExactFloats)
    assert example.shape == (2, 3)
    assert example.run(0).tokens(0) == [[Fraction(float(x)) for x in row] for row in array]


def test_an_array_of_integers_holds_integers(tmp_path):
    array = np.array([[2**63 + 1, 0]], dtype=np.uint64)
    example = load_example(saved(tmp_path, "t.npy", array_bytes(array)), alpha=1)
    assert example.tokens == ((Fraction(2**63 + 1), Fraction(0)),)


@pytest.mark.parametrize("name", ["x", "tokens", "arr_0"])
def test_an_archive_gives_its_only_array(tmp_path, name):
    only = load_example(saved(tmp_path, "only.npz", archive_bytes(**{name: np.array([[1, 2]])})), alpha=1)
    assert only.tokens == exact_rows([[1, 2]], "")


def test_a_matrix_comes_from_a_table_or_from_rows(tmp_path):
    tokens = saved(tmp_path, "t.csv", "1,2\n")
    array = np.array([[1, 0.5], [0, 1]])
    sources = [
        [[1, "1/2"], [0, 1]],
        saved(tmp_path, "m.csv", "1,1/2\n0,1\n"),
        str(saved(tmp_path, "m.npy", array_bytes(array))),
        saved(tmp_path, "m.npz", archive_bytes(A=array)),
    ]
    for source in sources:
        assert load_example(tokens, 1, source).system == Hardmax([[1, "1/2"], [0, 1]], 1)


def test_a_document_without_a_matrix_takes_the_one_beside_it():
    assert load_example("moving-tie", matrix=[[2, 1], [1, 2]]).system.A == ((2, 1), (1, 2))


# Names


def test_a_built_in_name_wins_over_a_file_without_ending(tmp_path, monkeypatch):
    saved(tmp_path, "square", "no example")
    monkeypatch.chdir(tmp_path)
    assert load_example("square").shape == (10, 2)
    assert refusal("./square").startswith("./square: requires a name that ends in one of .toml")


def test_every_built_in_example_is_listed_and_loads():
    names = example_names()
    assert len(names) == len(set(names)) >= 30
    for name in names:
        example = load_example(name)
        assert example.name == name
        assert example.about
        assert example_text(name).startswith("# ")


# Writing


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
