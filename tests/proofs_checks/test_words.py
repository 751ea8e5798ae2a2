"""No certificate, no name of one and no folder around it makes the checker print or do what it should not."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import proofs_checks
from proofs_checks import MalformedError, RejectedError, TooMuchWorkError, describe, verify
from proofs_checks.format.reading import NESTING_LIMIT
from tests.command import ENVIRONMENT, assert_refused, inside, python
from tests.mutations import Edit, places

CERTIFICATES = Path(__file__).parents[1] / "certificates"
FORMATS = Path(proofs_checks.__file__).parent
VALID = sorted((CERTIFICATES / "valid").glob("*.json"))
DOCUMENTS = [json.loads(path.read_text()) for path in VALID]
HARDMAX = DOCUMENTS[0]
FORGED = sorted((CERTIFICATES / "malformed").glob("*-lines-of-output.json"))
FORGED += sorted((CERTIFICATES / "malformed").glob("*outside-the-definite-classes.json"))
PROGRAMS = [("-m", "proofs_checks"), ("-m", "exactdyn", "verify")]
ASCII = ENVIRONMENT | {
    "LC_ALL": "C",
    "PYTHONIOENCODING": "ascii",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
}
STRANGE = st.text(
    st.sampled_from("a:\n\r\x00\x1b\x7f\x85\u2028\u202e\u2066\ufeff\ud800\udfff\xe9\U0001f600"), min_size=1
)


@pytest.mark.parametrize("program", PROGRAMS, ids=str)
@pytest.mark.parametrize("path", FORGED, ids=lambda path: path.stem)
def test_no_certificate_prints_a_line_of_its_own(program: tuple[str, ...], path: Path) -> None:
    done = python(*program, path)
    assert_refused(done, f"{path}: malformed: ")
    assert done.stderr.rstrip("\n").isprintable()


def printed(document: Any) -> list[str]:
    try:
        return describe(verify(json.dumps(document)))
    except (MalformedError, RejectedError, TooMuchWorkError) as error:
        return [str(error)]


@given(st.sampled_from(DOCUMENTS), STRANGE, st.booleans(), st.data())
def test_whatever_a_certificate_says_is_printed_as_printable_lines(
    document: Any, strange: str, named: bool, data: st.DataObject
) -> None:
    path, value = data.draw(st.sampled_from(list(places(document))))
    value = value | {strange: ""} if named and isinstance(value, dict) else strange
    assert all(line.isprintable() for line in printed(Edit(path, value).apply(document)))


NAMES = [
    "\xe9\u4e2d.json",
    "a\nb.json: accepted",
    "\x1b[2Kx.json",
    "\u202ex.json",
    os.fsdecode(b"\xff\xfe.json"),
]


@pytest.mark.parametrize("environment", [ENVIRONMENT, ASCII], ids=["utf-8", "ascii"])
@pytest.mark.parametrize("program", PROGRAMS, ids=str)
def test_files_of_any_name_are_checked_on_any_terminal(
    program: tuple[str, ...], environment: dict[str, str], tmp_path: Path
) -> None:
    for name in NAMES:
        shutil.copy(VALID[0], tmp_path / name)
        (tmp_path / f"no-{name}").write_text("{")
    accepted = python(*program, *NAMES, folder=tmp_path, env=environment)
    assert (accepted.returncode, accepted.stderr) == (0, "")
    lines = accepted.stdout.splitlines()
    said = [f"  {line}" for line in describe(verify(VALID[0].read_text()))]
    assert len(lines) == len(NAMES) * (1 + len(said))
    for place in range(0, len(lines), 1 + len(said)):
        assert lines[place].endswith(": accepted") or lines[place].endswith(": accepted': accepted")
        assert lines[place + 1 :][: len(said)] == said
    refused = python(*program, *[f"no-{name}" for name in NAMES], folder=tmp_path, env=environment)
    assert (refused.returncode, refused.stdout) == (2, "")
    for output in (accepted.stdout, refused.stderr):
        assert all(line.isprintable() for line in output.splitlines())
    assert len(refused.stderr.splitlines()) == len(NAMES)


@pytest.mark.parametrize("program", PROGRAMS, ids=str)
def test_pipes_and_devices_are_refused_at_once(program: tuple[str, ...], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, "/dev/null", "/dev/zero"):
        assert_refused(python(*program, path, timeout=60), f"{path}: malformed", "requires a regular file")


def deep_tree(layers: int) -> Any:
    """Return a certificate whose nodes are nested twice as deep as it has layers, and a little deeper."""
    node: Any = {"holds": {}}
    for _ in range(layers + 1):
        node = {"token": 0, "cases": [node]}
    claim = {"claim": "leaders-persist", "verdict": "holds", "scope": f"layers 0..{layers}"}
    claim |= {"evidence": {"ties": True, "cases": node}}
    family = {"class": "general", "alpha": "1", "tokens": [["1"]]}
    head = {"format": "exactdyn certificate", "version": 1, "family": family, "layers": layers}
    return head | {"claims": [claim]}


@pytest.mark.parametrize("program", PROGRAMS, ids=str)
def test_nesting_up_to_the_limit_is_read_and_beyond_it_is_malformed(
    program: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "deep.json"
    layers = (NESTING_LIMIT - 5) // 2 - 1  # certificate, claims, claim, evidence, node
    path.write_text(json.dumps(deep_tree(layers)))
    assert python(*program, path).returncode == 0
    path.write_text(json.dumps(deep_tree(layers + 1)))
    assert_refused(python(*program, path), "nested too deeply, the limit is 500 levels")


LONG = "0x" + "7" * 6_000


def with_long_numbers() -> dict[str, Any]:
    """Return certificates of every format with numbers of more than 4,300 decimal digits."""
    system = {"A": [[f"{LONG}/{LONG[:-1]}9"]], "alpha": f"0x1/{LONG}", "tokens": [[LONG], [f"-{LONG}"]]}
    softmax = {name: [[f"0x1/{LONG}"]] for name in "VQK"} | {"tokens": [[LONG], ["1"]], "radius": LONG}
    hardmax = HARDMAX | {
        "system": system,
        "layers": 0,
        "claims": [{"claim": "symmetric", "verdict": "holds"}],
    }
    family = {
        "class": "general",
        "alpha": LONG,
        "tokens": [[LONG], ["1"]],
        "base": [[LONG]],
        "span": [[[LONG]]],
    }
    claim = {"claim": "hull-shrinkage", "verdict": "holds", "scope": "every layer", "lemma": "convex-step"}
    return {
        "hardmax": hardmax,
        "family": {name: hardmax[name] for name in ("format", "version", "layers")}
        | {"family": family, "claims": [claim]},
        "softmax": {
            "format": "exactdyn softmax certificate",
            "version": 1,
            "system": softmax,
            "enclosure": {"bits": 64, "pieces": []},
            "radius": LONG,
            "claims": [{"claim": "hull-shrinkage"}],
        },
        "temperature": {
            "format": "exactdyn temperature certificate",
            "version": 1,
            "system": system | {"A": [["1"]]},
            "temperature": f"0x1/{LONG}",
            "errors": [["0", "0"], [LONG + "0", LONG + "0"]],
        },
    }


@pytest.mark.parametrize("program", PROGRAMS, ids=str)
@pytest.mark.parametrize(("kind", "document"), with_long_numbers().items(), ids=list(with_long_numbers()))
def test_numbers_beyond_4300_digits_are_read_and_printed(
    program: tuple[str, ...], kind: str, document: Any, tmp_path: Path
) -> None:
    path = tmp_path / f"{kind}.json"
    path.write_text(json.dumps(document))
    own = "exactdyn" in program
    done = inside("verify", path) if own else python(*program, path)
    assert (done.returncode, done.stderr) == (0, "")
    assert LONG in done.stdout
    if own:
        assert json.loads(inside("verify", path, "--json").stdout)["accepted"]


def test_a_number_beyond_4300_digits_is_refused_in_one_short_line(tmp_path: Path) -> None:
    path = tmp_path / "long.json"
    for document in with_long_numbers().values():
        for where, value in places(document):
            if isinstance(value, str) and value.startswith("0x"):
                path.write_text(json.dumps(Edit(where, f"{value}/0x0").apply(document)))
                with pytest.raises(MalformedError) as refusal:
                    verify(path.read_text())
                assert len(str(refusal.value)) < 200


PLANTED = ["fractions.py", "json.py", "re.py", "pathlib.py", "stat.py", "proofs_checks.py", "decimal.py"]


def plant(folder: Path) -> Path:
    """Make a folder in which modules lie in wait that say "accepted" whatever they are asked."""
    trap = "print('c.json: accepted')\nraise SystemExit(0)\n"
    for name in PLANTED:
        (folder / name).write_text(trap)
    (folder / "proofs_checks").mkdir()
    for name in ("__init__.py", "__main__.py"):
        (folder / "proofs_checks" / name).write_text(trap)
    shutil.copy(next((CERTIFICATES / "invalid").glob("*.json")), folder / "c.json")
    return folder


def copy_of_the_checker(folder: Path) -> Path:
    copy = folder / "trusted" / "proofs_checks"
    shutil.copytree(FORMATS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def test_the_ways_that_the_document_shows_are_safe_in_a_folder_one_does_not_trust(tmp_path: Path) -> None:
    (tmp_path / "hostile").mkdir()
    hostile, copy = plant(tmp_path / "hostile"), copy_of_the_checker(tmp_path)
    environment = ENVIRONMENT | {"PYTHONPATH": str(hostile)}
    assert "accepted" in python("-m", "proofs_checks", "c.json", folder=hostile).stdout  # the trap works
    for program in (("-I", "-m", "proofs_checks"), ("-I", copy)):
        done = python(*program, "c.json", folder=hostile, env=environment)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("c.json: rejected: ")
        shown = " ".join(["python3", *map(str, program)]).replace(str(copy), "/path/to/proofs_checks")
        assert shown in (FORMATS / "FORMAT.md").read_text(encoding="utf-8")


def test_a_copy_of_the_folder_alone_accepts_what_is_right(tmp_path: Path) -> None:
    copy = copy_of_the_checker(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    shutil.copy(VALID[0], tmp_path / "elsewhere" / "c.json")
    done = python("-I", "-S", copy, "c.json", folder=tmp_path / "elsewhere")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("c.json: accepted\n")


def test_an_option_that_does_not_exist_is_refused() -> None:
    assert_refused(python("-m", "proofs_checks", "--impatient", VALID[0]), "--patient", "'--impatient'")


def test_json_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    loads = json.loads
    monkeypatch.setattr(json, "loads", lambda *a, **k: calls.append(1) or loads(*a, **k))
    for document in with_long_numbers().values():
        verify(json.dumps(document))
    assert len(calls) == 4
    assert sys.getrecursionlimit() == 1000  # and nobody had to raise that


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("convergence-holds-as-tokens-follow-leaders", ": tokens tend to ("),
        (
            "convergence-holds-enclosed-by-cubes",
            ": of its way from layer 0 on every token keeps between 2023/2500 and 506/625 for ever",
        ),
    ],
)
def test_where_tokens_end_is_said_of_convergence(name, words):
    text = (CERTIFICATES / "valid" / f"{name}.json").read_text()
    (line,) = [line for line in describe(verify(text)) if " convergence: " in line]
    assert words in line
