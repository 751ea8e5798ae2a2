"""The page about Python is true of the tool as it stands, and users who check their types are understood."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import exactdyn

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")


def test_the_python_of_the_page_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names = {}
    exec(compile(code, "python.md", "exec"), names)
    assert names["verify"](names["again"].certificate).verdict == "accepted"
    assert (tmp_path / "limit.svg").exists()


def test_the_page_names_every_function():
    functions = {name for name in exactdyn.__all__ if name[0].islower()}
    assert {name for name in functions if not re.search(rf"`[^`]*\b{name}\b", PAGE)} == set()


@pytest.mark.slow
def test_a_script_of_a_user_passes_a_strict_type_checker(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        """
from fractions import Fraction

import exactdyn
from exactdyn import Hardmax, Softmax, check, hunt, lead, limit, load, load_example, run, softmax
from exactdyn import statements, verify

version: str = exactdyn.__version__
states: list[list[Fraction]] = run(load_example("cyclic"), 2).tokens(1)
outcome: str = check(Hardmax(), tokens=[[1]]).statements["convergence"].outcome
status: str = limit(Hardmax(), tokens=[[1]]).status
leaders: tuple[int, ...] = lead(load_example("cyclic"), [0]).leaders
verdict: str = verify(hunt("norm-growth", count=2, dimension=1).certificate).verdict
time: Fraction = softmax(Softmax(), 1, tokens=[[1]]).flow.time
data: dict[str, object] = statements("convergence").to_dict()
limit(load_example("cyclic")).plot(title="cyclic").save("picture.svg")
run(load_example("cyclic")).save("run.json")
load("run.json").to_dict()
"""
    )
    arguments = [sys.executable, "-m", "mypy", "--strict", "--config-file", ROOT / "pyproject.toml"]
    cache = ["--cache-dir", ROOT / ".mypy_cache"]
    done = subprocess.run(
        [*arguments, *cache, script], capture_output=True, text=True, cwd=ROOT, timeout=300, check=False
    )
    assert (done.returncode, done.stdout) == (0, "Success: no issues found in 1 source file\n")
