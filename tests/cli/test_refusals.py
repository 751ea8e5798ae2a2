"""Bad input: exit status 2, one line on stderr, nothing on stdout, nothing written."""

import os
import pickle

import numpy as np
import pytest

from tests.command import assert_refused, inside
from tests.example_files import array_bytes

PAIR = "tokens = [[1, 2], [3, 4]]\n"
DOCUMENTS = {
    "not UTF-8": ("a.toml", b"alpha = 1 # \xff", ["requires UTF-8"]),
    "broken TOML": ("a.toml", "alpha = = 1", ["requires a TOML document"]),
    "broken JSON": ("a.json", '{"alpha": 1', ["requires a JSON document"]),
    "an unknown field": ("a.toml", PAIR + "alpha = 1\nbeta = 1", ["beta", "unknown field"]),
    "ragged tokens": ("a.toml", "alpha = 1\ntokens = [[1, 2], [3]]", ["tokens[1]", "requires 2 coordinates"]),
    "a wrong shape of A": ("a.toml", PAIR + "alpha = 1\nA = [[1]]", ["A:", "requires 2 x 2"]),
    "a zero denominator": ("a.toml", PAIR + 'alpha = "1/0"', ["alpha", "zero denominator"]),
    "nan": ("a.json", '{"tokens": [[NaN]], "alpha": 1}', ["tokens[0][0]", "NaN"]),
    "inf": ("a.toml", PAIR + "alpha = inf", ["alpha", "inf"]),
    "a truth value": ("a.toml", "alpha = 1\ntokens = [[true]]", ["tokens[0][0]", "truth value"]),
    "null": ("a.json", '{"tokens": [[1, null]], "alpha": 1}', ["tokens[0][1]", "got None"]),
    "a huge exponent": ("a.toml", "alpha = 1\ntokens = [[1e999999999]]", ["tokens[0][0]", "exponent"]),
    "alpha = -1": ("a.toml", PAIR + "alpha = -1", ["alpha", "other than -1"]),
    "no tokens": ("a.toml", "alpha = 1\ntokens = []", ["tokens", "at least one row"]),
    "dimension 0": ("a.toml", "alpha = 1\ntokens = [[], []]", ["tokens[0]", "at least one coordinate"]),
    "negative layers": ("a.toml", PAIR + "alpha = 1\nlayers = -1", ["layers", "from 0 to"]),
    "layers that are no number": ("a.toml", PAIR + 'alpha = 1\nlayers = "x"', ["layers", "an integer"]),
    "a pickle": (
        "a.npy",
        array_bytes(np.array([[pickle]], dtype=object).astype(str).astype(object)),
        ["pickled"],
    ),
    "nested too deeply": ("a.json", "[" * 10**5, ["nested too deeply"]),
}
CERTIFICATES = {
    "truncated": ('{"format": "exactdyn certificate", "version": 1, "sys', "not JSON"),
    "nested too deeply": ('{"format": ' + "[" * 10**6, "nested too deeply"),
    "an integer of millions of digits": ('{"layers": ' + "7" * 3 * 10**6, "an integer of 3000000 digits"),
    "not UTF-8": (b"\xff\xfe", "not UTF-8"),
    "another document": ("[]", "requires an object"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_bad_example_is_refused_and_an_existing_output_kept(tmp_path, name):
    file, content, words = DOCUMENTS[name]
    (tmp_path / file).write_bytes(content.encode() if isinstance(content, str) else content)
    (tmp_path / "kept.json").write_text("kept")
    beside = ("--alpha", 1) if file.endswith(".npy") else ()
    process = inside("check", file, *beside, "--certificate", "kept.json", folder=tmp_path)
    assert_refused(process, file, *words)
    assert (tmp_path / "kept.json").read_text() == "kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([file, "kept.json"])


@pytest.mark.parametrize("name", CERTIFICATES)
def test_a_malformed_certificate_is_refused(tmp_path, name):
    content, words = CERTIFICATES[name]
    (tmp_path / "a.json").write_bytes(content.encode() if isinstance(content, str) else content)
    assert_refused(inside("verify", "a.json", folder=tmp_path), "a.json: malformed: ", words)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("check missing.toml", ["missing.toml", "no such file"]),
        ("run nothing-of-that-name", ["nothing-of-that-name", "exactdyn examples"]),
        ("run .", ["got a directory"]),
        ("verify .", [".: malformed: cannot be read: Is a directory"]),
        ("run cyclic --layers -1", ["layers", "from 0 to"]),
        ("run cyclic --layers many", ["--layers", "integer"]),
        ("check cyclic --alpha 1/2", ["cyclic: alpha"]),
        (
            "graph cyclic --layer 0 --format jpeg",
            ["--format", "node-link, graphml, gexf, dot, svg", "'jpeg'"],
        ),
        ("graph cyclic --layer 31", ["--layer", "from 0 to 30"]),
        ("graph cyclic", ["--layer", "neither"]),
        ("graph cyclic --layer 0 --all", ["--layer", "both"]),
        ("graph cyclic --layer 0 --format svg --json", ["--json", "node-link"]),
        ("plot cyclic -o run.jpeg", ["run.jpeg", ".png, .svg, .pdf"]),
        ("plot cyclic", ["--output", "plot --help"]),
        ("check cyclic --json --latex", ["--latex"]),
        ("verify a.json --alpha 1", ["--input"]),
        ("examples --show", ["--show", "NAME"]),
        ("check", ["EXAMPLE", "check --help"]),
        ("check cyclic --frobnicate", ["--frobnicate"]),
        ("frobnicate", ["frobnicate"]),
    ],
)
def test_bad_usage_is_refused(tmp_path, arguments, words):
    (tmp_path / "four.toml").write_text("alpha = 1\ntokens = [[1, 2, 3, 4]]")
    assert_refused(inside(*arguments.split(), folder=tmp_path), *words)
    assert [path.name for path in tmp_path.iterdir()] == ["four.toml"]


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("missing/graph", "No such file or directory"),
        (".", "got a directory"),
        ("a" * 300, "File name too long"),
        ("file/graph", "Not a directory"),
        ("/proc/graph", "cannot be written"),
        pytest.param(
            "shut/graph",
            "Permission denied",
            marks=pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere"),
        ),
        pytest.param(
            "read-only",
            "read-only",
            marks=pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere"),
        ),
    ],
)
def test_an_output_that_cannot_be_written_is_refused_before_the_work_starts(tmp_path, output, words):
    (tmp_path / "file").write_text("a file")
    (tmp_path / "read-only").write_text("kept")
    (tmp_path / "read-only").chmod(0o444)
    (tmp_path / "shut").mkdir(mode=0o555)
    # So many layers would take hours.
    process = inside("graph", "sixty", "--layer", 10**6, "--layers", 10**6, "-o", output, folder=tmp_path)
    assert_refused(process, f"{output}: ", words)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "read-only", "shut"]
    assert (tmp_path / "read-only").read_text() == "kept"


@pytest.mark.parametrize(
    "arguments",
    [
        "check cyclic --certificate same.v --coq same.v",
        "cells cyclic --certificate same.svg --plot ./same.svg",
        "itineraries cyclic --layers 1 --certificate same.svg --plot same.svg",
        "softmax softmax-line --until 1/64 --certificate same.svg --plot same.svg",
        "hunt norm-growth --example cyclic --layers 1 --certificate same.json --output same.json",
        "verify same.json --smt2 same.json",
        "verify same.json --smt2 same.v --coq same.v",
    ],
)
def test_two_outputs_of_one_name_are_refused_and_nothing_is_written(tmp_path, arguments):
    for name in ("same.v", "same.svg", "same.json"):
        (tmp_path / name).write_text("kept")
    process = inside(*arguments.split(), folder=tmp_path)
    assert_refused(process, "requires a name of its own for every file, got it twice")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["kept"] * 3


@pytest.mark.parametrize(
    "arguments",
    [
        "check same.json --certificate ./same.json",
        "limit same.json --certificate same.json",
        "lead same.json --leaders 0 --certificate same.json",
        "itineraries same.json --layers 1 --certificate same.json",
        "cells same.json --certificate same.json",
        "compare same.json --softmax 1/100 --certificate same.json",
        "softmax same.json --until 1/64 --certificate same.json",
        "hunt norm-growth --example same.json --layers 1 --output same.json",
        "graph same.json --layer 0 -o same.json",
        "plot same.json --animate same.html --matrix same.html -o same.png",
    ],
)
def test_no_output_replaces_what_is_read(tmp_path, arguments):
    document = '{"tokens": [["1"], ["-1"]], "alpha": "1"}'
    for name in ("same.json", "same.html"):
        (tmp_path / name).write_text(document)
    assert_refused(inside(*arguments.split(), folder=tmp_path), "requires a name of its own for every file")
    assert [path.read_text() for path in tmp_path.iterdir()] == [document] * 2
