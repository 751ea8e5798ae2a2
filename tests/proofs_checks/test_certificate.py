"""The checker on certificates that are data (tests/certificates) and on the examples of FORMAT.md."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

import proofs_checks
from exactdyn.limits import limit
from exactdyn.statements.catalogue import QUESTIONS
from exactdyn.statements.theorem import check
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import HYPOTHESES, STATEMENTS, MalformedError, RejectedError, describe, parse, verify
from proofs_checks.__main__ import read_text
from proofs_checks.format.rationals import read_rational
from tests.judges import oracle, reference
from tests.judges.oracle import confirms, temperature
from tests.judges.oracle.families import contradiction
from tests.judges.reference import rational_rows, times
from tests.judges.truth import ON_THE_LIMIT, in_hull

CERTIFICATES = Path(__file__).parents[1] / "certificates"
VALID, INVALID, MALFORMED = (
    sorted((CERTIFICATES / kind).glob("*.json")) for kind in ("valid", "invalid", "malformed")
)
SOFTMAX = [path for path in INVALID if path.stem.startswith("softmax-")]
INVALID_RUNS = [path for path in INVALID if path not in SOFTMAX]
FORMAT = (Path(proofs_checks.__file__).parent / "FORMAT.md").read_text(encoding="utf-8")
RULES, PROOFS = FORMAT.split("\n## Lemmas\n")
NO_NUMBERS = [
    *[
        "",
        "-",
        "+1",
        "--1",
        "1.5",
        ".5",
        "1e5",
        "1_000",
        " 1",
        "1 ",
        "1\n",
        "1 /2",
        "1/",
        "/2",
        "1/-2",
        "1/2/3",
    ],
    *["1/0", "-1/00", "0x", "0x/0x1", "0X1", "0xFF", "0x-1", "-0x", "0x1/2", "1/0x2", "0x1/0x0", "ff", "0b1"],
    *[
        "nan",
        "inf",
        "-Infinity",
        "None",
        "\u0661",
        "\uff11",
        "\u00bd",
        "\u22121",
        "1\u20442",
        "1\x00",
        "\ud800",
    ],
    *["9" * 4001, "1/" + "9" * 4001, "0" * 4001, "0x" + "f" * 1_000_000],
]
SPELLINGS = [
    ("-0", Fraction(0)),
    ("0/9", Fraction(0)),
    ("007", Fraction(7)),
    ("-6/4", Fraction(-3, 2)),
    ("-0xff/0x10", Fraction(-255, 16)),
    ("9" * 4000, Fraction(10**4000 - 1)),
    ("-" + "0" * 3999 + "1", Fraction(-1)),
    ("0x1" + "0" * 5000, Fraction(16**5000)),
]
LEMMAS = {lemma for lemmas, *_ in oracle.statements.STATEMENTS.values() for lemma in lemmas}
"""The lemmas that claims name; others are used inside rules, or by the program that runs the dynamics."""

FALSE_BY_HAND = (
    "leader-vertex-claimed-for-a-long-step",
    "leader-vertex-claimed-for-a-negative-step",
    "limit-set-claimed-where-it-is-infinite",
    "limit-set-claimed-where-it-is-infinite-by-the-factors-of-another-matrix",
)
"""Certificates of theorems whose opposite exactdyn does not prove; two tests do."""


def by_name(path: Path) -> str:
    return path.stem


def run_checker(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "proofs_checks", *arguments]
    return subprocess.run(command, text=True, capture_output=True, timeout=120, check=False)


def sections(text: str) -> dict[str, str]:
    """Return the sections under the headings of the third level, by the first word of the heading."""
    parts = re.split(r"^### ", text, flags=re.MULTILINE)[1:]
    return {part.split()[0]: part for part in parts}


def json_blocks(text: str) -> list[str]:
    return re.findall(r"```json\n(.*?)```", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", VALID, ids=by_name)
def test_a_valid_certificate_is_accepted_and_true(path: Path) -> None:
    text = read_text(path)
    assert verify(text) == parse(text)
    assert confirms(json.loads(text))


@pytest.mark.parametrize("path", INVALID_RUNS, ids=by_name)
def test_a_certificate_of_a_false_theorem_is_well_formed_and_rejected(path: Path) -> None:
    text = read_text(path)
    parse(text)
    with pytest.raises(RejectedError):
        verify(text)
    assert not confirms(json.loads(text))


@pytest.mark.parametrize("path", SOFTMAX, ids=by_name)
def test_a_false_certificate_of_a_softmax_run_is_well_formed_and_rejected(path: Path) -> None:
    text = read_text(path)
    with pytest.raises(RejectedError):
        verify(text)
    assert not temperature.confirms(json.loads(text))


@pytest.mark.parametrize("path", INVALID_RUNS, ids=by_name)
def test_the_last_claim_of_an_invalid_certificate_is_false(path: Path) -> None:
    document = json.loads(read_text(path))
    if "family" in document:
        assert contradiction(document) is not None
        return
    system, claim = document["system"], document["claims"][-1]
    run = Hardmax(system["A"], system["alpha"]).run(system["tokens"], max(1, document["layers"]))
    verdicts = check(run).hypotheses | check(run).statements
    verdicts |= {name: record.decide(run) for name, record in QUESTIONS.items()}
    outcome = verdicts[claim["claim"]].outcome
    if path.stem in FALSE_BY_HAND:
        assert (outcome, claim["verdict"]) == ("undecided", "holds")
    elif {outcome, claim["verdict"]} != {"holds", "fails"}:
        # Every token has a limit, as is claimed, but another one.
        assert (outcome, claim["claim"]) == ("holds", "convergence")
        assert limit(run).limits != rational_rows(claim["evidence"]["limits"])


@pytest.mark.parametrize("name", [name for name in FALSE_BY_HAND if name.startswith("limit-set")])
def test_the_limit_set_of_a_segment_in_the_kernel_is_infinite(name: str) -> None:
    # Both ends are limits, so K holds the segment, and <As, .> = 0 there for each of its points s.
    document = json.loads(read_text(CERTIFICATES / "invalid" / f"{name}.json"))
    A, ends = rational_rows(document["system"]["A"]), rational_rows([[-1, 0, 0], [1, 0, 0]])
    run = Hardmax(A, document["system"]["alpha"]).run(document["system"]["tokens"], 0)
    assert set(limit(run).limits or ()) == set(ends)
    assert not any(any(times(A, end)) for end in ends)


@pytest.mark.parametrize("name", [name for name in FALSE_BY_HAND if name.startswith("leader-vertex")])
def test_a_vertex_of_hulls_that_grow_has_no_leader(name: str) -> None:
    # The pair goes apart along one line, layer after layer: (1, 0) stays in all hulls, a vertex of the first.
    given = json.loads(read_text(CERTIFICATES / "invalid" / f"{name}.json"))["system"]
    layers = reference.run(reference.system(given["A"], given["alpha"], given["tokens"]), 9)
    corner = rational_rows([[1, 0]])[0]
    assert not in_hull(corner, [token for token in layers[0].tokens if token != corner])
    assert all(in_hull(corner, layer.tokens) for layer in layers)
    assert reference.leaders(layers).keys() == {0, 1}


def test_the_table_names_the_false_theorem_of_every_invalid_certificate() -> None:
    table = (CERTIFICATES / "invalid" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(.+)` \| .+ \|$", table, flags=re.MULTILINE)
    assert rows == sorted(path.stem for path in INVALID)


@pytest.mark.parametrize("path", MALFORMED, ids=by_name)
def test_what_is_no_certificate_is_malformed_and_the_message_is_one_line(path: Path) -> None:
    with pytest.raises(MalformedError) as refusal:
        verify(read_text(path))
    assert "\n" not in str(refusal.value)


def test_every_claim_has_valid_and_invalid_files_for_all_it_can_say() -> None:
    hypotheses = {(name, verdict, None) for name in HYPOTHESES for verdict in ("holds", "fails")}
    holding = {(name, "holds", lemma) for name in STATEMENTS for lemma in (True, False)}
    holding -= {(name, "holds", False) for name in ON_THE_LIMIT}
    everything = hypotheses | holding | {(name, "fails", None) for name in STATEMENTS}
    for paths in (VALID, INVALID_RUNS):
        claims = [claim for path in paths for claim in parse(read_text(path)).claims]
        said = {(claim.name, claim.verdict, claim.scope and claim.lemma is not None) for claim in claims}
        assert everything <= said


@pytest.mark.parametrize("text", json_blocks(FORMAT))
def test_a_certificate_shown_in_the_format_document_is_accepted(text: str) -> None:
    verify(text)
    document = json.loads(text)
    # The oracle follows one system; what a family certificate says has tests of its own.
    assert "family" in document or confirms(document)


@pytest.mark.parametrize("name", [*HYPOTHESES, *STATEMENTS])
def test_the_format_document_shows_a_certificate_of_every_claim(name: str) -> None:
    shown = [parse(text) for text in json_blocks(sections(RULES)[name])]
    assert name in [claim.name for certificate in shown for claim in certificate.claims]


def test_the_format_document_states_every_lemma_with_a_proof() -> None:
    proved = {name for name, text in sections(PROOFS).items() if "\nProof. " in text and "[]" in text}
    inner = {"factorisation", "lock-in", "tie-lock-in", "locked-itinerary", "limit-set", "farkas", "cases"}
    inner |= {"spanned"}
    assert proved == inner | LEMMAS


@pytest.mark.parametrize("text", NO_NUMBERS, ids=lambda text: ascii(text[:12]))
def test_a_number_in_another_spelling_is_malformed(text: str) -> None:
    with pytest.raises(MalformedError):
        read_rational(text)


@pytest.mark.parametrize(("text", "number"), SPELLINGS, ids=[text[:12] for text, _ in SPELLINGS])
def test_a_number_may_be_unreduced_padded_or_hexadecimal(text: str, number: Fraction) -> None:
    assert read_rational(text) == number


def test_an_accepted_certificate_is_described_in_words() -> None:
    text = read_text(CERTIFICATES / "valid" / "ten-million-layers-and-an-early-witness.json")
    assert describe(verify(text)) == [
        "3 tokens in dimension 2, layers 0..10000000",
        "  A = (1, -4), (4, 1)",
        "  alpha = 1",
        "  tokens = (1, 0), (0, 1), (-1, -1)",
        "fails norm-growth: <Az, z> never falls, and grows for every token that moves"
        " -- not so: layer 0, token 0, q before 1, q after 1/2",
        "holds leaders-persist: once a leader, always a leader, and at rest"
        " [every layer, lemma leaders-persist]",
    ]


def test_the_program_accepts_all_valid_files_and_says_what_they_claim() -> None:
    done = run_checker(*map(str, VALID))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(": accepted\n") == len(VALID)
    for path in VALID:
        assert all(line in done.stdout for line in describe(verify(read_text(path))))


@pytest.mark.parametrize(("paths", "word", "status"), [(INVALID, "rejected", 1), (MALFORMED, "malformed", 2)])
def test_the_program_says_in_one_line_why_it_refuses_a_file(
    paths: list[Path], word: str, status: int
) -> None:
    done = run_checker(*map(str, paths))
    assert (done.returncode, done.stdout) == (status, "")
    lines = done.stderr.splitlines()
    assert len(lines) == len(paths)
    assert all(line.startswith(f"{path}: {word}: ") for line, path in zip(lines, paths, strict=True))


def test_the_program_checks_every_file_and_exits_with_the_worst_of_them() -> None:
    done = run_checker(str(MALFORMED[0]), str(VALID[0]), str(INVALID[0]))
    assert done.returncode == 2
    assert f"{VALID[0]}: accepted" in done.stdout
    assert len(done.stderr.splitlines()) == 2


def test_a_missing_file_and_a_directory_are_malformed(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        done = run_checker(str(path))
        assert done.returncode == 2
        assert done.stderr.startswith(f"{path}: malformed: cannot be read: ")
        assert done.stderr.count("\n") == 1


def test_the_name_of_a_file_cannot_fake_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.json: accepted\nb.json"
    path.write_bytes(VALID[0].read_bytes())
    assert run_checker(str(path)).stdout.startswith(f"{str(path)!a}: accepted\n")
    path.write_bytes(INVALID[0].read_bytes())
    assert run_checker(str(path)).stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="requires a device that is always full")
def test_a_check_whose_answer_cannot_be_written_does_not_exit_like_a_verdict() -> None:
    command = [sys.executable, "-m", "proofs_checks", str(VALID[0])]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 70
    assert done.stderr.startswith("not finished: ")


def test_without_files_the_program_shows_its_usage() -> None:
    assert run_checker().returncode == 2
    done = run_checker("--help")
    assert done.returncode == 0
    assert "python -m proofs_checks FILE" in done.stdout
