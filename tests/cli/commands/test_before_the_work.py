"""What cannot be written or drawn is found before the work, and finished work is never thrown away."""

import pytest

from exactdyn import InputError
from exactdyn.cli.app import run_command
from exactdyn.cli.commands import compare, graph, hunt, itineraries, lead, page, plot, softmax
from tests.command import assert_refused, inside
from tests.example_files import saved

TURNING = 'V = [[0, -2], [1, 0]]\ntokens = [[1, 0], [0, 1], ["1/2", "1/3"]]\n'

LONG = {
    "check": ["check", "cyclic", "--certificate"],
    "compare": ["compare", "cyclic", "--softmax", "1/10", "--certificate"],
    "graph": ["graph", "cyclic", "--all", "-o"],
    "plot": ["plot", "cyclic", "-o"],
    "page": ["page", "cyclic", "-o"],
    "plot --limit": ["plot", "cyclic", "--limit", "-o"],
    "itineraries": ["itineraries", "cyclic", "--layers", "9", "--certificate"],
    "itineraries --plot": ["itineraries", "cyclic", "--layers", "9", "--pattern", "a,0;0,b", "--plot"],
    "lead": ["lead", "cyclic", "--leaders", "0", "--certificate"],
    "hunt": ["hunt", "norm-growth", "--example", "cyclic", "--layers", "9", "--certificate"],
    "hunt --output": ["hunt", "norm-growth", "--example", "cyclic", "--layers", "9", "--output"],
    "softmax": ["softmax", "softmax-line", "--until", "9", "--prove", "--certificate"],
    "softmax --plot": ["softmax", "softmax-line", "--until", "9", "--plot"],
}
"""Commands that write a file, whose name comes last."""


@pytest.fixture
def no_work(monkeypatch):
    """Whatever would load the example, the first thing that takes time, is an error."""

    def refuse(*arguments, **options):
        raise AssertionError("the work began")

    for module in (compare, graph, itineraries, lead, page, plot, softmax):
        monkeypatch.setattr(module, "read_example", refuse)
    monkeypatch.setattr("exactdyn.cli.commands.check.read_example", refuse)
    monkeypatch.setattr("exactdyn.cli.asked.read_example", refuse)
    assert hunt


@pytest.mark.parametrize("command", LONG)
def test_a_file_that_cannot_be_written_is_found_before_the_work(tmp_path, no_work, command):
    ending = {"hunt --output": ".toml", "page": ".html"}.get(command, ".svg")
    for target in (tmp_path / "nowhere" / f"file{ending}", tmp_path / f"folder{ending}"):
        (tmp_path / f"folder{ending}").mkdir(exist_ok=True)
        with pytest.raises(Exception, match=r"cannot be written|got a directory") as caught:
            run_command([*LONG[command], str(target)])
        assert str(target) in str(caught.value)


@pytest.mark.parametrize(
    "command", ["plot", "page", "plot --limit", "itineraries --plot", "softmax --plot", "hunt --output"]
)
def test_an_ending_that_is_unknown_is_found_before_the_work(tmp_path, no_work, command):
    with pytest.raises(InputError, match=r"file\.bmp: requires a name that ends in"):
        run_command([*LONG[command], str(tmp_path / "file.bmp")])


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
