"""A day in a notebook, executed by a kernel; completion; the types of the installed package."""

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import nbformat
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient

import exactdyn

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "docs" / "gallery" / "everything.ipynb"

SHOWN = {
    "mine": "Run(4 tokens in dimension 2, layers 0..5, 2 leaders)",
    "mine.numpy().shape": "(6, 4, 2)",
    "mine.plot()": "Picture(png, svg, pdf)",
    "draw_graph(mine, 1)": "Picture(svg)",
    "run(example, 3).leaders": "{0: 0, 2: 0, 1: 1}",
    "run(Hardmax(), 1, tokens=frame).tokens(0)[0]": "[Fraction(1, 1), Fraction(1, 2)]",
    "found": "Check(the theorem applies; statements: 8 holds)",
    "limit(mine)": "Limit(proved at layer 1, itinerary constant, 2 clusters)",
    "limit(mine).limits[1]": "(Fraction(1, 1), Fraction(1, 3))",
    "compare(mine)": "Comparison(float64, layers 0..5, no difference)",
    "lead(mine, [0, 2])": "AskedLead(found, leaders [0, 2])",
    "lead(mine)": "AskedLead(found, leaders [0, 2, 3])",
    'itineraries(mine, 1, pattern="a, 0; 0, b")': "AskedItineraries(11 of 1 layer, all that there are)",
    'hunt("hull-shrinkage", mine)': "AskedHunt(hull-shrinkage: none, by lemma convex-step)",
    'cells(load_example("collision-on-a-line"))': (
        "ParameterCells(alpha in (0, infinity): 3 cells, closed for ever)"
    ),
    'explain("handmade", "tied")': "Explanation('tied': 5 points, 4 leaders, limit proved)",
    'audit("handmade")': "Audit(4 reviews, 4 of 4 right)",
    'statements("norm-growth")': "Registry(1 decided, 1 published)",
    'found.to_dict()["applies"]': "True",
    "verify(found.certificate)": "Verification(accepted, 17 lines)",
}
"""What a notebook shows of its last lines, as text."""


@pytest.fixture(scope="module")
def outputs():
    """What every cell of the notebook shows, by its last line."""
    notebook = nbformat.read(NOTEBOOK, 4)
    for cell in notebook.cells:
        assert not cell.get("outputs"), "it is kept as it is written, not as it ran"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(
            "PYTHONPATH", os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        )
        NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return {cell.source.splitlines()[-1]: cell.outputs for cell in cells}


@pytest.mark.slow
def test_a_notebook_asks_everything_and_shows_what_it_was_told(outputs):
    shown = {line: own[0]["data"]["text/plain"] for line, own in outputs.items() if "data" in own[0]}
    assert {line: shown[line] for line in SHOWN} == SHOWN
    assert shown[next(iter(shown))].count("'") == 2 * len([n for n in exactdyn.__all__ if n[0].islower()])
    kept = next(text for line, text in shown.items() if line.startswith("load("))
    assert kept == "(Kept(Check, certificate accepted), True, True)"


@pytest.mark.slow
def test_a_notebook_shows_tables_and_pictures_without_further_ado(outputs):
    for line in ("mine.plot()", "limit(example).plot()"):
        assert "image/png" in outputs[line][0]["data"]
    assert outputs["draw_graph(mine, 1)"][0]["data"]["image/svg+xml"].startswith("<svg")
    for line in SHOWN:
        name = SHOWN[line].partition("(")[0]
        if name in exactdyn.__all__ or name.startswith(
            ("Asked", "Explanation", "Audit", "Registry", "Verif")
        ):
            assert "<table>" in outputs[line][0]["data"]["text/html"], line
    assert all(own[0]["output_type"] != "error" for own in outputs.values() if own)


def completed(text):
    """The names that IPython offers where a text ends."""
    shell = InteractiveShell.instance()
    shell.user_ns |= {"exactdyn": exactdyn, "mine": exactdyn.run(exactdyn.Hardmax(), 1, tokens=[[1]])}
    with provisionalcompleter():
        return {found.text.lstrip(".") for found in shell.Completer.completions(text, len(text))}


def test_completion_offers_what_there_is_and_nothing_else():
    offered = {name for name in completed("exactdyn.") if not name.startswith("_")}
    folders = {name for name in offered if name.endswith("/")}  # of the directory it is asked in
    assert offered - folders == set(exactdyn.__all__)
    assert completed("exactdyn.itin") == {"itineraries"}


def test_completion_offers_what_an_answer_does():
    does = {
        "tokens",
        "floats",
        "numpy",
        "sympy",
        "dataframe",
        "attention",
        "leaders",
        "labels",
        "plot",
        "save",
    }
    assert does | {"to_dict", "to_latex", "certificate"} <= completed("mine.")


SCRIPT = """
from fractions import Fraction

import exactdyn
from exactdyn import Hardmax, check, hunt, lead, limit, load_example, run, verify

states: list[list[Fraction]] = run(load_example("cyclic"), 2).tokens(1)
outcome: str = check(Hardmax(), tokens=[[1]]).statements["convergence"].outcome
leaders: tuple[int, ...] = lead(load_example("cyclic"), [0]).leaders
labels: tuple[str, ...] | None = run(load_example("t.csv", alpha=1, columns="x", label_column=0)).labels
verdict: str = verify(hunt("norm-growth", count=2, dimension=1, tau="1/2").certificate).verdict
limit(load_example("cyclic")).plot(title="cyclic").save("picture.svg")
reveal_type(exactdyn.__version__)
wrong: int = outcome
"""


@pytest.mark.slow
def test_a_strict_type_checker_knows_the_types_of_the_installed_package(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for package in ("exactdyn", "proofs_checks"):
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, source]
    subprocess.run(pip, check=True, capture_output=True, timeout=300)
    venv.create(tmp_path / "room", with_pip=False)
    (site,) = (tmp_path / "room" / "lib").glob("python*/site-packages")
    (wheel,) = tmp_path.glob("exactdyn-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    room = tmp_path / "room" / "bin" / "python"
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MYPYPATH")
    }
    checked = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--python-executable",
            room,
            "--cache-dir",
            tmp_path / "cache",
            script,
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=300,
        env=environment,
        check=False,
    )
    assert checked.stdout.splitlines() == [
        'script.py:13: note: Revealed type is "str"',
        'script.py:14: error: Incompatible types in assignment (expression has type "str", variable has type '
        '"int")  [assignment]',
        "Found 1 error in 1 file (checked 1 source file)",
    ], checked.stdout + checked.stderr
