"""Examples that cannot be read: one clear line, promptly, and without memory spent."""

import pytest

from exactdyn.systems.run import LAYERS_LIMIT
from tests.example_files import refusal, saved

PAIR = "tokens = [[1, 2], [3, 4]]\n"


def beginning(value: object) -> str:
    """A test's name, where its input is long."""
    return str(value)[:40]


@pytest.mark.parametrize(
    ("rest", "line"),
    [
        ("A = [[1, 0]]", "A: requires a square matrix, got 1 x 2"),
        ('form = "other"', 'form: requires "normalised" or "unnormalised"'),
        ("alpha = nan", 'alpha: requires a rational number such as "3" or "-1/18", got \'nan\''),
        ("alpha = -inf", "alpha: requires a rational number"),
        ('alpha = "nan"', "alpha: requires a rational number"),
        ("alpha = true", "alpha: requires a number, got the truth value True"),
        ("alpha = 1e999999999", "alpha: requires an exponent of at most 10000, got '1e999999999'"),
        ('alpha = "1e999999999"', "alpha: requires an exponent of at most 10000"),
        ('alpha = "1/0"', "alpha: a zero denominator in '1/0'"),
        ("alpha = -1", "alpha: requires a number other than -1"),
        ("alpha = -1.0", "alpha: requires a number other than -1"),
        ("alpha = [[1]]", "alpha[0]: requires an exact number"),
        ("alpha = []", "alpha: requires at least one number, got none"),
        ("alpha = 1979-05-27", "alpha: requires an exact number"),
        ("alpha = ", "requires a TOML document: Invalid value"),
        ("alpha = 1\nalpha = 2", "requires a TOML document: Cannot overwrite a value"),
        ("alpha = " + "1" * 5000, "requires a TOML document: an integer of more than 4300 digits"),
        ("alpha = 0x" + "f" * 1_500_000, "a literal of more than 1000000 characters"),
        ('alpha = "0x' + "f" * 1_500_000 + '"', "alpha: a number of 1500002 characters"),
        ("alpha = " + "[" * 100_000, "nested too deeply"),
        ("a." * 100_000 + "b = 1", "a key of more than 16 parts"),
        ('t = {x = """\n\'""", ' + "a." * 100_000 + "b = 1}", "a key of more than 16 parts"),
        ('\'a"\'."\\"".' * 50 + "b = 1", "a key of more than 16 parts"),
        ("alpha = 1\nbeta = 1", "'beta': unknown field, requires one of tokens, alpha, tau, A"),
        ('alpha = 1\n"a\\nb" = 1', r"'a\nb': unknown field"),
        ("alpha = 1\nA = []", "A: requires at least one row"),
        ("alpha = 1\nA = [[1]]", "A: requires 2 x 2 for these tokens, got 1 x 1"),
        ("alpha = 1\nA = [[1, 2]]", "A: requires a square matrix, got 1 x 2"),
        ("alpha = 1\nA = [[1, 2], [3]]", "A[1]: requires 2 coordinates like row 0, got 1"),
        ("alpha = 1\nA = [[1, 2], [3, true]]", "A[1][1]: requires a number, got the truth value True"),
        ("alpha = 1\nA = 1", "A: requires rows of numbers, got 1"),
        ("alpha = 1\nlayers = -1", f"layers: requires an integer from 0 to {LAYERS_LIMIT}, got -1"),
        ("alpha = 1\nlayers = 10000001", "layers: requires an integer"),
        ("alpha = 1\nlayers = 3.0", "layers: requires an integer"),
        ('alpha = 1\nlayers = "3"', "layers: requires an integer"),
        ("alpha = 1\nlayers = true", "layers: requires an integer"),
        ("alpha = 1\nlayers = 0x" + "f" * 6000, "layers: requires an integer"),
        ('alpha = 1\nform = "other"', 'form: requires "normalised" or "unnormalised", got \'other\''),
        ("alpha = 1\nform = 0x" + "f" * 6000, 'form: requires "normalised" or "unnormalised"'),
        ('alpha = 1\nlabels = ["a"]', "labels: requires 2 texts, one a token, got 1"),
        ('alpha = 1\nlabels = "ab"', "labels: requires a list of texts, got 'ab'"),
        ('alpha = 1\nlabels = ["a", 1]', "labels[1]: requires a text, got 1"),
        ("alpha = 1\nlabels = [0.5, 0.5]", "labels[0]: requires a text, got '0.5'"),
        ('alpha = 1\nlabels = ["a", "b\\n"]', r"labels[1]: requires no control characters, got 'b\n'"),
    ],
    ids=beginning,
)
def test_a_bad_field_of_a_toml_document_is_named(tmp_path, rest, line):
    assert refusal(saved(tmp_path, "broken.toml", PAIR + rest)).startswith(f"broken.toml: {line}")


@pytest.mark.parametrize(
    ("tokens", "line"),
    [
        ("[]", "tokens: requires at least one row, got none"),
        ("[[]]", "tokens[0]: requires at least one coordinate, got none"),
        ("[[1, 2], [3, 4], [5, 6, 7]]", "tokens[2]: requires 2 coordinates like row 0, got 3"),
        ("[1, 2]", "tokens[0]: requires numbers, got 1"),
        ('"ab"', "tokens: requires rows of numbers, got 'ab'"),
        ("{a = 1}", "tokens: requires rows of numbers"),
        ("[[1, [2]]]", "tokens[0][1]: requires an exact number"),
        ('[["1/0"]]', "tokens[0][0]: a zero denominator"),
        ("[[1, nan]]", "tokens[0][1]: requires a rational number"),
        ("[[1, 1e999999999]]", "tokens[0][1]: requires an exponent of at most 10000"),
    ],
)
def test_bad_tokens_are_named_by_row_and_column(tmp_path, tokens, line):
    path = saved(tmp_path, "broken.toml", f"alpha = 1\ntokens = {tokens}")
    assert refusal(path).startswith(f"broken.toml: {line}")
