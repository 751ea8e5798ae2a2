"""Ctrl-C in a real process: the cells that were found until then are printed."""

import json
from itertools import pairwise

from tests.command import interrupted

TELLING = """
import sys
from exactdyn.cli import main
from exactdyn.parameters.exploration import Exploration

whole = Exploration.cells

def told(exploration):
    for count, piece in enumerate(whole(exploration)):
        if count == 10:
            print("ten cells", file=sys.stderr, flush=True)
        yield piece

Exploration.cells = told
sys.exit(main(sys.argv[1:]))
"""
"""The program, which says when it has found some cells."""


def ended(folder, *options):
    """What is printed of cells without end, where Ctrl-C comes after some of them."""
    return interrupted(
        TELLING, "ten cells", "cells", "alternating-singular", "--layers", "30", *options, folder=folder
    )


def test_ctrl_c_gives_the_cells_found_until_then(tmp_path):
    file = tmp_path / "cells.json"
    status, out, said = ended(tmp_path, "--json", "--certificate", file)
    assert status == 130
    answer = json.loads(out)
    assert (answer["complete"], answer["finished"]) == (False, False)
    assert len(answer["cells"]) >= 10
    assert answer["cells"][0]["from"] == "0"
    assert answer["cells"][-1]["to"] != "infinity"
    assert all(
        one["to"] == other["from"] for one, other in pairwise(answer["cells"]) if isinstance(one["to"], str)
    )
    assert said == f"exactdyn: {file}: not written, as the cells are not all found\n"
    assert not file.exists()
