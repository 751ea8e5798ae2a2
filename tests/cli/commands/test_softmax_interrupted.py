"""Ctrl-C in a real process: what is enclosed and proved until then is printed."""

import json
from fractions import Fraction

from exactdyn.cli.commands.softmax import Furthest
from exactdyn.softmax import Softmax, flow
from tests.command import inside, interrupted

TELLING = """
import importlib
import sys
from exactdyn.cli import main

flow = importlib.import_module("exactdyn.softmax.flow.flow")
whole, count = flow.step, 0

def told(*given):
    global count
    count += 1
    if count == 6:
        print("five steps", file=sys.stderr, flush=True)
    return whole(*given)

flow.step = told
sys.exit(main(sys.argv[1:]))
"""
"""The program, which says when it has taken some steps."""


def ended(folder, *options):
    """What is printed of an example where Ctrl-C comes after some steps."""
    return interrupted(
        TELLING, "five steps", "softmax", "softmax-hyperplanes", "--until", "60", *options, folder=folder
    )


def test_ctrl_c_gives_where_the_tokens_are_until_then_and_certifies_it(tmp_path):
    status, out, said = ended(tmp_path, "--json", "--certificate", "c.json")
    assert (status, said) == (130, "")
    answer = json.loads(out)
    assert answer["reason"] == "interrupted"
    assert 0 < Fraction(answer["time"]) < 60
    checked = inside("verify", "c.json", folder=tmp_path)
    assert (checked.returncode, "holds position" in checked.stdout) == (0, True)


def test_ctrl_c_gives_what_is_proved_of_all_later_time_until_then(tmp_path):
    status, out, _ = ended(tmp_path, "--prove")
    assert status == 130
    assert "stopped there: interrupted" in out
    assert "hyperplanes undecided: " in out


def test_that_it_begins_again_with_many_bits_is_said_once_and_what_is_proved_is_kept(capsys):
    told: list[str] = []
    furthest = Furthest("line", told.append)
    far, again, more = (
        flow(Softmax(), [[1]], Fraction(*time), bits=bits)
        for time, bits in (((3,), 80), ((1,), 160), ((2,), 160))
    )
    for reached in (far, again, more):
        furthest(reached)
    assert furthest.reached is far
    said = "exactdyn: line: known to time 3 with 80 bits; to go further it begins again with 160, where"
    assert capsys.readouterr().err.count(said) == 1
    assert told[0].startswith("enclosing line: time 3, ")
    assert told[-1].endswith(" 160 bits; proved to time 3")
