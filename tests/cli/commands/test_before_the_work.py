"""What cannot be written or drawn is found before the work, and finished work is never thrown away."""

import pytest

from exactdyn import InputError
from exactdyn.cli.app import run_command
from exactdyn.cli.commands import cells, compare, graph, hunt, itineraries, lead, limit, page, plot, softmax
from tests.command import assert_refused, inside
from tests.example_files import saved

TURNING = 'V = [[0, -2], [1, 0]]\ntokens = [[1, 0], [0, 1], ["1/2", "1/3"]]\n'

LONG = {
    "check": ["check", "cyclic", "--certificate"],
    "check --coq": ["check", "cyclic", "--coq"],
    "limit": ["limit", "cyclic", "--certificate"],
    "compare": ["compare", "cyclic", "--softmax", "1/10", "--certificate"],
    "graph": ["graph", "cyclic", "--all", "-o"],
    "plot": ["plot", "cyclic", "-o"],
    "plot --animate": ["plot", "cyclic", "--animate"],
    "page": ["page", "cyclic", "-o"],
    "plot --limit": ["plot", "cyclic", "--limit", "-o"],
    "itineraries": ["itineraries", "cyclic", "--layers", "9", "--certificate"],
    "itineraries --plot": ["itineraries", "cyclic", "--layers", "9", "--pattern", "a,0;0,b", "--plot"],
    "lead": ["lead", "cyclic", "--leaders", "0", "--certificate"],
    "cells": ["cells", "cyclic", "--certificate"],
    "cells --plot": ["cells", "cyclic", "--plot"],
    "hunt": ["hunt", "norm-growth", "--example", "cyclic", "--layers", "9", "--certificate"],
    "hunt --output": ["hunt", "norm-growth", "--example", "cyclic", "--layers", "9", "--output"],
    "softmax": ["softmax", "softmax-line", "--until", "9", "--prove", "--certificate"],
    "softmax --plot": ["softmax", "softmax-line", "--until", "9", "--plot"],
    "softmax --spectrum": ["softmax", "softmax-line", "--until", "9", "--spectrum", "0,9", "--plot"],
    "inspect": ["inspect", "model.npz", "--plot"],
    "explain": ["explain", "--model", "handmade", "-o"],
    "explain --html": ["explain", "--model", "handmade", "--html"],
    "explain --example": ["explain", "--model", "handmade", "--example"],
    "train": ["train", "-o"],
}
"""Commands that write a file, whose name comes last."""

ENDINGS = {
    "hunt --output": ".toml",
    "page": ".html",
    "check --coq": ".v",
    "plot --animate": ".gif",
    "explain --html": ".html",
    "explain --example": ".toml",
    "train": ".safetensors",
}
"""How the names of these files end, where a picture's does not serve."""


@pytest.fixture
def no_work(monkeypatch):
    """Whatever would load what is asked about, the first thing that takes time, is an error."""

    def refuse(*arguments, **options):
        raise AssertionError("the work began")

    for module in (cells, compare, graph, itineraries, lead, limit, page, plot, softmax):
        monkeypatch.setattr(module, "read_example", refuse)
    monkeypatch.setattr("exactdyn.cli.commands.check.read_example", refuse)
    monkeypatch.setattr("exactdyn.cli.asked.read_example", refuse)
    monkeypatch.setattr("exactdyn.transformer.inspect", refuse)
    monkeypatch.setattr("exactdyn.sentiment.model.load.load_model", refuse)
    monkeypatch.setattr("exactdyn.cli.commands.train._corpus", refuse)
    assert hunt


@pytest.mark.parametrize("command", LONG)
def test_a_file_that_cannot_be_written_is_found_before_the_work(tmp_path, no_work, command):
    ending = ENDINGS.get(command, ".svg")
    for target in (tmp_path / "nowhere" / f"file{ending}", tmp_path / f"folder{ending}"):
        (tmp_path / f"folder{ending}").mkdir(exist_ok=True)
        with pytest.raises(Exception, match=r"cannot be written|got a directory") as caught:
            run_command([*LONG[command], str(target)])
        assert str(target) in str(caught.value)


@pytest.mark.parametrize(
    "command", [name for name, words in LONG.items() if words[-1] != "--certificate" and name != "graph"]
)
def test_an_ending_that_is_unknown_is_found_before_the_work(tmp_path, no_work, command):
    with pytest.raises(InputError, match=r"requires a name (that ends in|of letters)") as caught:
        run_command([*LONG[command], str(tmp_path / "file.bmp")])
    assert "file.bmp" in str(caught.value)


def test_a_softmax_run_without_a_picture_is_refused_before_the_work(tmp_path):
    saved(tmp_path, "turning.toml", TURNING)
    # Enclosing it to time 60 takes minutes.
    process = inside("softmax", "turning.toml", "--until", "60", "--plot", "a.svg", folder=tmp_path)
    assert_refused(process, "turning.toml: V: ", "no direction to draw along")
    assert [file.name for file in tmp_path.iterdir()] == ["turning.toml"]


def test_where_a_picture_turns_out_impossible_the_numbers_are_there(tmp_path, monkeypatch, capsys):
    def impossible(*arguments):
        raise InputError("time: too much to be drawn")

    monkeypatch.setattr("exactdyn.pictures.flow.draw_flow", impossible)
    picture = tmp_path / "a.svg"
    with pytest.raises(InputError, match="too much to be drawn"):
        run_command(["softmax", "softmax-line", "--until", "1/8", "--plot", str(picture)])
    assert "token 0" in capsys.readouterr().out
    assert not picture.exists()


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (
            "limit balanced-brackets --layers 1 --certificate FILE.json",
            3,
            "nothing is decided about the limit",
        ),
        (
            "hunt limit-set --example HERE --layers 1 --bound 1 --certificate FILE.json",
            3,
            "nothing is proved",
        ),
        (
            "hunt limit-set --example HERE --layers 1 --bound 1 --output FILE.toml",
            3,
            "no counterexample is found",
        ),
    ],
)
def test_a_file_that_there_is_nothing_to_write_to_is_said_not_to_be_written(tmp_path, arguments, status, why):
    saved(tmp_path, "few.toml", 'alpha = 1\ntokens = [["1", "0"], ["-1", "2"], ["3", "1"]]\n')
    words = arguments.replace("HERE", "few.toml").split()
    process = inside(*words, folder=tmp_path)
    assert (process.returncode, process.stderr) == (status, f"exactdyn: {words[-1]}: not written, as {why}\n")
    assert process.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["few.toml"]


def test_interrupted_itineraries_say_what_they_do_not_write(tmp_path, monkeypatch):
    def interrupt(search, report):
        raise KeyboardInterrupt

    monkeypatch.setattr("exactdyn.families.tree.search.Search.run", interrupt)
    asked = ["itineraries", "cyclic", "--layers", "1", "--pattern", "a,0;0,b"]
    process = inside(*asked, "--certificate", "c.json", "--plot", "d.svg", folder=tmp_path)
    assert process.returncode == 130
    assert process.stderr == "exactdyn: c.json and d.svg: not written, as the itineraries are not all found\n"
    assert [*tmp_path.iterdir()] == []


def test_atlases_that_have_no_place_are_refused_in_one_line(tmp_path):
    saved(tmp_path, "file", "")
    for kind in ("--kinds", "--statement=hull-shrinkage"):
        process = inside("atlas", "-o", "file/atlas", kind, folder=tmp_path)
        assert_refused(process, "file/atlas: cannot be written: Not a directory")
