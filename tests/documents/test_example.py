"""Examples read from documents and tables, written and read again."""

from fractions import Fraction

from exactdyn import Example, Hardmax, load_example
from exactdyn.documents import (
    DEFAULT_LAYERS,
)
from tests.example_files import saved

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


def test_an_example_shows_its_size_and_not_its_tokens():
    assert repr(load_example("sixty")) == "Example('sixty', 60 tokens in dimension 2, 30 layers)"


# Tables


# Names


# Writing
