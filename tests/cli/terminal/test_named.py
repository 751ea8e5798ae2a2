"""A refusal names what the user wrote, an option or a field of the document, and is one line alone."""

import pytest

from tests.command import assert_refused, exactdyn, inside
from tests.example_files import saved

PAIR = 'tokens = [[1, 0], [0, 1]]\nalpha = "1/2"\nform = "unnormalised"\n'


@pytest.mark.parametrize(
    ("arguments", "begin"),
    [
        ("lead pair.toml --leaders 9", "--leaders: requires an integer from 0 to 1, got 9"),
        ("lead pair.toml --leaders 0 --layer -1", "--layer: requires an integer from 0 to 1000, got -1"),
        ("check pair.toml --layers -1", "--layers: requires an integer from 0 to 10000000, got -1"),
        ("limit pair.toml --layers 0", "--layers: requires an integer of at least 1, got 0"),
        ("page pair.toml -o p.html --layers -1", "--layers: requires an integer from 0 to 10000000, got -1"),
        ("compare pair.toml --dtype float16", '--dtype: requires "float32" or "float64", got \'float16\''),
        ("compare pair.toml --softmax 0", "--softmax: requires a number greater than 0, got 0"),
        ("compare pair.toml --softmax 1 --accuracy 0", "--accuracy: requires a number greater than 0, got 0"),
        ("plot pair.toml -o p.svg --width 0", "--width: requires 4.6 to 40 inches, got 0"),
        ("plot pair.toml -o p.svg --panels 0,99", "--panels: requires an integer from 0 to 30, got 99"),
        ("plot pair.toml -o p.svg --coordinates 0,9", "--coordinates: requires two different ones of 0..1"),
        ("cells pair.toml --from -1", "--from: requires an alpha of at least 0, got -1"),
        ("cells pair.toml --from 3 --to 1", "--to: requires more than from = 3, got 1"),
        ("cells pair.toml --layers 999", "--layers: requires an integer from 0 to 200, got 999"),
        ("itineraries pair.toml --layers 0", "--layers: requires an integer from 1 to 1000, got 0"),
        ("itineraries pair.toml --layers 1 --class x", "--class: requires one of general"),
        ("graph pair.toml --layer 99", "--layer: requires a layer from 0 to 30"),
        ("statements convergance", "NAME: requires the name of a statement"),
        ("atlas -o atlas --workers 0", "--workers: requires an integer from 1 to 1024, got 0"),
    ],
)
def test_an_option_is_named_as_it_is_written_and_nothing_else_is_said(tmp_path, arguments, begin):
    saved(tmp_path, "pair.toml", PAIR)
    process = inside(*arguments.split(), folder=tmp_path)
    assert_refused(process)
    assert process.stderr.startswith(f"exactdyn: {begin}")
    assert [path.name for path in tmp_path.iterdir()] == ["pair.toml"]


def test_a_token_that_does_not_exist_is_refused_by_the_name_of_the_option(tmp_path):
    saved(tmp_path, "pair.toml", PAIR)
    process = exactdyn("lead", "pair.toml", "--leaders", "0,9", folder=tmp_path)
    assert_refused(process, "exactdyn: --leaders: requires an integer from 0 to 1, got 9")


def test_an_option_beside_standard_input_is_named(tmp_path):
    settings = {"input": PAIR, "folder": tmp_path}
    refused = exactdyn("plot", "-", "-o", "p.svg", "--layers", -1, **settings)
    assert_refused(refused, "exactdyn: --layers: requires an integer from 0 to 10000000, got -1")


@pytest.mark.parametrize("beside", [(), ("--layers", 3)])
def test_a_field_of_the_document_is_named_with_its_file(tmp_path, beside):
    saved(tmp_path, "pair.toml", PAIR + "layers = -1\n")
    process = inside("check", "pair.toml", *beside, folder=tmp_path)
    assert_refused(process, "exactdyn: pair.toml: layers: requires an integer from 0 to 10000000, got -1")


def test_what_plays_no_part_is_said_beside_an_answer_and_not_beside_a_refusal(tmp_path):
    saved(tmp_path, "pair.toml", PAIR)
    answered = exactdyn("cells", "pair.toml", folder=tmp_path)
    assert answered.returncode == 0
    assert answered.stderr == "exactdyn: pair.toml: form plays no part in cells\n"
    refused = exactdyn("cells", "pair.toml", "--from", 3, "--to", 1, folder=tmp_path)
    assert_refused(refused, "exactdyn: --to: requires more than from = 3, got 1")


def test_what_a_table_was_taken_for_is_not_said_beside_a_refusal(tmp_path):
    saved(tmp_path, "points.csv", "x,y\n1,2\n")
    assert "names the columns" in inside("run", "points.csv", "--alpha", 1, folder=tmp_path).stderr
    assert_refused(inside("run", "points.csv", "--alpha", 1, "--layers", -1, folder=tmp_path), "--layers")
