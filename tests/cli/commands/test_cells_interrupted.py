"""Ctrl-C in a real process: the cells that were found until then are printed."""

import json
import os
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from tests.command import ENVIRONMENT

TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 60


def interrupted(folder, *options):
    """What is printed of cells that never end, where Ctrl-C comes after a second of computing."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "exactdyn",
            "cells",
            "alternating-singular",
            "--layers",
            "12",
            *map(str, options),
        ],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that starts a job in the background makes it deaf to Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        start_new_session=True,
    )
    end = time.monotonic() + PATIENCE
    while int(Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[11]) < 1.3 * TICKS:
        assert time.monotonic() < end
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=PATIENCE)
    return process.returncode, out, said


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_ctrl_c_gives_the_cells_found_until_then(tmp_path):
    file = tmp_path / "cells.json"
    status, out, said = interrupted(tmp_path, "--json", "--certificate", file)
    assert status == 130
    answer = json.loads(out)
    assert (answer["complete"], answer["finished"]) == (False, False)
    assert answer["cells"][0]["from"] == "0"
    assert answer["cells"][-1]["to"] != "infinity"
    assert all(
        one["to"] == other["from"] for one, other in pairwise(answer["cells"]) if isinstance(one["to"], str)
    )
    assert said == f"exactdyn: {file}: not written, as the cells are not all found\n"
    assert not file.exists()
