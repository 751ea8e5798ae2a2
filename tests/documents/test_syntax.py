"""TOML and JSON, every number as it was written."""

import gzip
from fractions import Fraction

import pytest

from exactdyn import load_example
from tests.documents.test_example import HALF
from tests.documents.test_example_refusals import beginning
from tests.example_files import refusal, saved


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "requires a JSON document: Expecting value"),
        ('{"tokens": [[1]]', "requires a JSON document: Expecting ',' delimiter"),
        ("[1]", "tokens[0]: requires a row of numbers, got 1"),
        ("null", "requires an object with named fields, or a list of rows, got None"),
        ("[" * 1_000_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ('{"tokens": [[1]], "alpha": 1, "alpha": 2}', "'alpha': given twice"),
        ('{"alpha": 1}', "tokens: requires a value, got none"),
        ('{"tokens": null, "alpha": 1}', "tokens: requires rows of numbers, got None"),
        ('{"tokens": [[null]], "alpha": 1}', "tokens[0][0]: requires an exact number"),
        ('{"tokens": [[true]], "alpha": 1}', "tokens[0][0]: requires a number, got the truth value True"),
        ('{"tokens": [[NaN]], "alpha": 1}', "tokens[0][0]: requires a rational number"),
        ('{"tokens": [[1]], "alpha": -Infinity}', "alpha: requires a rational number"),
        ('{"tokens": [[1]], "alpha": null}', "alpha: requires an exact number"),
        ('{"tokens": [[1e999999999]], "alpha": 1}', "tokens[0][0]: requires an exponent"),
        ('{"tokens": [[' + "9" * 5000 + ']], "alpha": 1}', "requires a JSON document: an integer"),
        ('{"tokens": [[1]], "alpha": 1, "A": null}', "A: requires rows of numbers, got None"),
        ('{"tokens": [[1]], "alpha": 1, "form": null}', "form: requires"),
        ('{"tokens": [[1]], "alpha": 1, "labels": null}', "labels: requires a list of texts, got None"),
        ('{"tokens": [[1]], "alpha": 1, "labels": ["\\ud800"]}', "labels[0]: requires no control characters"),
        ('{"tokens": [[1]], "alpha": 1, "layers": null}', "layers: requires an integer"),
    ],
    ids=beginning,
)
def test_a_bad_json_document_is_refused(tmp_path, text, line):
    assert refusal(saved(tmp_path, "broken.json", text)).startswith(f"broken.json: {line}")


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
