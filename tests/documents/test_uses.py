"""What a command has no use for is refused, what plays no part is said: every command, every field."""

import re
from dataclasses import replace

import numpy as np
import pytest

from exactdyn import InputError, load_example
from exactdyn.cli.app import app, run_command
from exactdyn.documents import example_document, example_names, write_example
from exactdyn.documents.load import read_stated
from exactdyn.documents.uses import ARRAY_FIELDS, FIELDS, USES
from tests.command import assert_refused, inside
from tests.example_files import archive_bytes, packed, refusal, saved

TOKENS = [["1/2"], ["-1/2"], ["-1/6"]]
BLOCK = {"W1": [["1"]], "b1": ["1"], "W2": [["2"]], "b2": ["0"], "eta": "1/2"}
OTHERS = {
    "tokens": {"tokens": [["2/3"], ["1"], ["-1/6"], ["5"]]},
    "alpha": {"alpha": "-5"},
    "tau": {"tau": "2/(k+2)"},
    "A": {"A": [["-1"]]},
    "field": {"field": ["sqrt(2)"]},
    "parameter": {
        "parameter": {"name": "t", "from": 0, "to": 1},
        "tokens": [["1/2+t"], ["-1/2"], ["-1/6"]],
    },
    "form": {"form": "unnormalised"},
    "labels": {"labels": ["one", "two", "three"]},
    "layers": {"layers": 7},
    "step": {"step": "1/16"},
    "V": {"V": [["2"]]},
    "Q": {"Q": [["2"]], "K": [["-3"]]},
    "K": {"Q": [["1"]], "K": [["-1"]]},
    "mask": {"mask": [[1, 0, 0], [1, 0, 0], [1, 1, 1]]},
    "ties": {"ties": "first"},
    "heads": {"heads": [{"A": [["-1"]]}, {"A": [["-1"]], "V": [["2"]]}]},
    "relu": {"relu": BLOCK},
    "period": {"period": 2, "alpha": ["1/2", "-5"]},
}
"""For every field a value that is not the default, differs from the plain document, and what it needs."""

ARGUMENTS = {
    "check": ["check", "FILE"],
    "run": ["run", "FILE"],
    "limit": ["limit", "FILE"],
    "compare": ["compare", "FILE"],
    "graph": ["graph", "FILE", "--all", "-o", "OUT.json"],
    "plot": ["plot", "FILE", "-o", "OUT.svg"],
    "page": ["page", "FILE", "-o", "OUT.html"],
    "itineraries": ["itineraries", "FILE", "--layers", "4", "--ties"],
    "lead": ["lead", "FILE", "--leaders", "0", "--layer", "1"],
    "hunt": ["hunt", "norm-growth", "--example", "FILE", "--layers", "1"],
    "cells": ["cells", "FILE", "--layers", "3"],
    "softmax": ["softmax", "FILE", "--until", "1/8", "--plot", "OUT.svg"],
    "verify": ["verify", "hardmax.json", "--input", "FILE"],
}
ELSEWHERE = {
    (
        "limit",
        "layers",
    ): "more layers are looked at where 120 do not decide: tests/limits/test_limit_layers.py",
    **{
        ("cells", field): "alpha counts beside a parameter: tests/parameters/test_parameter_in_tokens.py"
        for field in ("alpha", "tau")
    },
    **{
        ("lead", field): "one token leads for the same A with the same margin: tests/families/test_setting.py"
        for field in ("V", "ties", "heads", "period")
    },
    **{
        (
            command,
            "field",
        ): "rational numbers are the same in every field: the test of numbers outside it below"
        for command in ("check", "run", "limit", "compare", "graph", "plot", "page", "verify")
    },
    ("compare", "labels"): "tokens are named where floats differ: the test below",
}
"""Where the answer to this plain document does not show that a field is used."""

KINDS = ("tau", "V", "mask", "ties", "heads", "relu", "period")
"""The fields that state another kind of system than one A and one alpha."""


def plain(command, field=""):
    if command == "softmax":
        return {"tokens": TOKENS}
    # A tie is seen where all scores are equal; verify compares documents, not runs.
    tied = field == "ties" and command != "verify"
    return {"tokens": TOKENS, "alpha": "1/2"} | ({"A": [["0"]]} if tied else {})


def changed(command, field):
    """The plain document with another value of a field, and without what that leaves no place for."""
    document = plain(command, field) | OTHERS[field]
    if command == "softmax" and field == "heads":
        document["heads"] = [{"V": [["2"]]}, {"Q": [["3"]]}]
    if field == "tau":
        document.pop("alpha", None)
    if command == "softmax" and field == "period":
        del document["alpha"]
    return document


@pytest.fixture
def answered(tmp_path, monkeypatch, capsys):
    """Run a command on a document; return its status, what it wrote anywhere, and its stderr."""
    monkeypatch.chdir(tmp_path)

    def answer(command, document, format="toml"):
        file = saved(tmp_path, f"document.{format}", write_example(document, format))
        if command == "verify":
            own = saved(tmp_path, "certified.toml", write_example(plain("verify")))
            run_command(["check", str(own), "--certificate", "hardmax.json"])
            capsys.readouterr()
        status = run_command([file.name if word == "FILE" else word for word in ARGUMENTS[command]])
        said = capsys.readouterr()
        files = [path.read_bytes() for path in sorted(tmp_path.glob("OUT.*"))]
        return status, (said.out, files), said.err

    return answer


def test_every_command_that_reads_an_example_says_what_it_uses():
    reading = {
        command.name
        for command in app().registered_commands
        if {"wanted", "example"} & set(command.callback.__annotations__)
    }
    assert reading - {"explain"} == set(USES) == set(ARGUMENTS)  # explain writes one


@pytest.fixture(scope="module")
def plain_answers():
    """What commands answer to the plain document, by command and format: each is asked once."""
    return {}


# That JSON is read as TOML is, whoever reads it, one command shows; the others do with the slow tests.
ASKED = [
    pytest.param(command, field, format, marks=[pytest.mark.slow] * (format == "json" and command != "check"))
    for command in USES
    for field in FIELDS
    for format in ("toml", "json")
]


@pytest.mark.parametrize(("command", "field", "format"), ASKED)
def test_a_field_is_used_or_said_to_play_no_part_or_refused(answered, plain_answers, command, field, format):
    document = changed(command, field)
    if field in USES[command].refused:
        with pytest.raises(InputError) as caught:
            answered(command, document, format)
        assert str(caught.value).startswith(f"document.{format}: {field}: not used by {command} (it uses ")
        return
    try:
        status, wrote, said = answered(command, document, format)
    except InputError as error:
        if (command, field) == ("verify", "step"):
            assert "step: not used by verify beside alpha or tau" in str(error)
            return
        # What is made for one A and one alpha says so, in one line.
        assert field in KINDS and re.search(r"requires (Hardmax|one matrix of scores)", str(error))
        return
    known = (command, format, field == "ties")
    if known not in plain_answers:
        plain_answers[known] = answered(command, plain(command, field), format)
    same = plain_answers[known]
    if field in USES[command].replaced:
        assert (status, wrote, said) == same
    elif field in USES[command].aside:
        assert said == f"exactdyn: document.{format}: {field} plays no part in {command}\n"
        assert (status, wrote) == same[:2]
    elif (command, field) not in ELSEWHERE:
        assert (status, wrote) != same[:2]
        assert "plays no part" not in said


def read_as(folder, format, document):
    """Read a document as a file of this format, or from standard input as text of it."""
    if format == "npz":
        arrays = {field: np.array(value) for field, value in document.items()}
        return load_example(saved(folder, "document.npz", archive_bytes(**arrays)))
    text = write_example(document, "toml" if "toml" in format else "json")
    if format.startswith("-"):
        return read_stated(text, f"document.{format}")
    return load_example(
        saved(folder, f"document.{format}", packed(text.encode()) if format.endswith(".gz") else text)
    )


@pytest.mark.parametrize("format", ["json", "json.gz", "npz", "-.toml", "-.json"])
@pytest.mark.parametrize("field", [field for field in FIELDS if field != "tokens"])
def test_a_field_says_the_same_in_every_format_and_is_refused_by_the_same_commands(tmp_path, field, format):
    if format == "npz" and field not in ARRAY_FIELDS:
        with pytest.raises(InputError, match=f"{field}: requires an array of numbers, got pickled objects"):
            read_as(tmp_path, format, changed("check", field))
        return
    for kind in ("check", "softmax"):  # a document of hard attention, one of softmax
        document = changed(kind, field)
        example = replace(read_as(tmp_path, format, document), source="document.toml")
        stated = replace(read_as(tmp_path, "toml", document), source="document.toml")
        assert replace(example, about="") == replace(stated, name=example.name, about="")
        assert [asked(example, command) for command in USES] == [asked(stated, command) for command in USES]


def asked(example, command):
    try:
        return example.require_for(command)
    except InputError as error:
        return str(error)


@pytest.mark.parametrize("command", [command for command, field in ELSEWHERE if field == "field"])
def test_numbers_outside_the_stated_field_are_refused(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    text = 'tokens = [["sqrt(3)"], ["1"]]\nalpha = "1/2"\nlayers = 1\nfield = ["sqrt(3)"]\n'
    file = saved(tmp_path, "document.toml", text)
    run_command(["limit", file.name, "--certificate", "hardmax.json"])
    words = [file.name if word == "FILE" else word for word in ARGUMENTS[command]]
    assert run_command(words) in (0, 1, 3)
    saved(tmp_path, "document.toml", text.replace('["sqrt(3)"]\n', '["sqrt(2)"]\n'))
    with pytest.raises(InputError, match="requires a number of the given field"):
        run_command(words)


def test_tokens_have_their_labels_where_floats_differ():
    process = inside("compare", "binary-digits", "--layers", "60")
    assert "  token 2 (digits of 314159/1000003) attends 0, in floats 1" in process.stdout


@pytest.mark.parametrize("field", ["V", "Q", "K"])
def test_a_document_of_softmax_alone_does_not_run(tmp_path, field):
    document = write_example({"tokens": TOKENS, field: [["2"]]})
    example = load_example(saved(tmp_path, "softmax.toml", document))
    with pytest.raises(InputError, match=r"softmax\.toml: alpha: requires a number"):
        example.run()


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("V", "alpha is 1/2, there 1"),
        ("Q", "A[0][0] is 1, there -6"),
        ("mask", "there heads[0].mask is stated"),
        ("ties", "there heads[0].ties is stated"),
        ("heads", "there heads[1].A is stated"),
        ("relu", "there relu[0].W1 is stated"),
        ("tau", "there tau.numerator is stated"),
        ("period", "there period is stated"),
    ],
)
def test_a_certificate_about_one_system_is_not_about_another_kind(answered, field, words):
    status, _, said = answered("verify", changed("verify", field))
    assert status == 1
    assert words in said


@pytest.fixture(scope="module")
def softmax_certificate(tmp_path_factory):
    """A certificate about softmax-line, made once; it is short, as what is asked is whose it is."""
    file = tmp_path_factory.mktemp("softmax") / "c.json"
    asked = ["softmax", "softmax-line", "--until", "1/8", "--prove", "--certificate", str(file)]
    assert run_command(asked) == 3  # that soon not all of it is proved
    return str(file)


@pytest.mark.parametrize("field", ["alpha", "A", "form"])
def test_a_certificate_about_softmax_is_not_about_a_hardmax_document(
    tmp_path, softmax_certificate, capsys, field
):
    document = example_document(load_example("softmax-line"))
    own = saved(tmp_path, "own.toml", write_example(document))
    assert run_command(["verify", softmax_certificate, "--input", str(own)]) == 0
    stated = {
        "alpha": {"alpha": "1"},
        "A": {"alpha": "1", "A": [["1"]]},
        "form": {"alpha": "1", "form": "normalised"},
    }
    other = saved(tmp_path, "other.toml", write_example(document | stated[field]))
    capsys.readouterr()
    status = run_command(["verify", softmax_certificate, "--input", str(other)])
    said = capsys.readouterr()
    assert (status, said.out) == (1, "")
    assert "its system differs from the input: there alpha is stated" in said.err


@pytest.mark.parametrize("name", example_names())
def test_a_built_in_example_is_of_hardmax_or_of_softmax(name):
    loaded = load_example(name)
    other = "softmax" if loaded.hardmax is not None else "check"
    if other == "check":
        with pytest.raises(InputError, match=f"{name}: (alpha: requires a number|step: not used by run)"):
            loaded.run()
    else:
        with pytest.raises(InputError, match=f"{name}: (alpha|tau): not used by softmax"):
            loaded.require_for("softmax")


# Tables


def test_an_array_that_is_no_field_is_refused_beside_the_tokens(tmp_path):
    line = refusal(saved(tmp_path, "t.npz", archive_bytes(tokens=np.eye(2), x=np.eye(2))), alpha=1)
    assert line.startswith(
        "t.npz: 'x': requires tokens alone in this archive; with tokens, an archive may hold alpha,"
    )


def test_an_array_of_another_name_is_not_taken_for_the_tokens(tmp_path):
    for name in ("A", "alpha", "V"):
        line = refusal(saved(tmp_path, "t.npz", archive_bytes(**{name: np.eye(2)})), alpha=1)
        assert line.startswith(f"t.npz: '{name}': requires tokens alone")
    tokens = saved(tmp_path, "t.csv", "1,2\n")
    matrix = saved(tmp_path, "m.npz", archive_bytes(tokens=np.eye(2)))
    with pytest.raises(InputError, match=r"m\.npz: 'tokens': requires A alone"):
        load_example(tokens, 1, matrix)


def test_a_table_needs_no_alpha_for_softmax_and_one_for_the_rest(tmp_path, monkeypatch, capsys):
    saved(tmp_path, "t.csv", "1/2\n-1/2\n")
    monkeypatch.chdir(tmp_path)
    assert run_command(["softmax", "t.csv", "--until", "1/8"]) == 0
    assert capsys.readouterr().err == ""
    for command, *options in [
        ("limit",),
        ("itineraries", "--layers", "1"),
        ("lead", "--largest"),
    ]:
        with pytest.raises(InputError, match=r"^t\.csv: alpha: requires a number"):
            run_command([command, "t.csv", *options])
    assert capsys.readouterr().out == ""
    assert_refused(inside("check", "t.csv", folder=tmp_path), "t.csv: alpha: requires a number")


# Options


HUNT = ["hunt", "norm-growth", "--example", "cyclic", "--layers", "2"]
GENERATED = ["hunt", "norm-growth", "--tokens", "2", "--dim", "1", "--layers", "2"]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["softmax", "softmax-line", "--until", "1", "--alpha", "1"], "--alpha"),
        (["softmax", "softmax-line", "--until", "1", "--matrix", "A.csv"], "--matrix"),
        (
            ["compare", "cyclic", "--softmax", "1/10", "--dtype", "float32"],
            "--dtype: requires that --softmax",
        ),
        (["verify", "c.json", "--header", "no"], "--input: requires an example beside"),
        (["check", "cyclic", "--header", "no"], "cyclic: --header: requires a table in .csv"),
        (["check", "cyclic", "--header", "perhaps"], "--header: requires yes or no, got 'perhaps'"),
        (["check", "cyclic", "--matrix", "A.csv"], "A.csv: no such file"),
        (["check", "cyclic", "--alpha", "2"], "cyclic: alpha: stated there"),
        ([*HUNT, "--bound", "4"], "--bound: requires a statement about the limit"),
        ([*HUNT, "--seed", "4"], "--seed: requires tokens or an alpha to be generated"),
        ([*HUNT, "--drop", "nonzero-tokens"], "--drop: nonzero-tokens requires tokens to be generated"),
        ([*HUNT, "--drop", "positive-alpha"], "--drop: positive-alpha requires an alpha to be generated"),
        (["hunt", "convergence", *HUNT[2:], "--no-ties"], "--no-ties: requires a statement about layers"),
        ([*GENERATED, "--header", "no"], "--header: requires --example"),
    ],
)
def test_an_option_that_would_change_nothing_is_refused(arguments, line):
    with pytest.raises(InputError) as caught:
        run_command(arguments)
    assert line in str(caught.value)
