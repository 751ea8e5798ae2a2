"""The option --kernel: who checks, what is said, and that kernels which differ are noticed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exactdyn.cli.app import run_command
from exactdyn.errors import InputError
from proofs_checks import MalformedError, RejectedError, describe, kernels, verify
from proofs_checks.__main__ import main
from proofs_checks.kernels import KernelsDifferError, examine
from proofs_checks.verified.kernel import Judgement
from tests.proofs_checks.verified.test_reader import PERSIST, SYMMETRIC, certificate

GOOD = certificate(SYMMETRIC, PERSIST)
WRONG = certificate(SYMMETRIC, {"claim": "positive-alpha", "verdict": "fails", "witness": {"alpha": "1"}})
SEEN = {
    "claim": "hull-of-the-seen",
    "verdict": "holds",
    "scope": "every layer",
    "lemma": "convex-step-of-the-seen",
}
PARTLY = certificate(SYMMETRIC, SEEN)
BEYOND = json.dumps(
    {
        **json.loads(GOOD),
        "version": 2,
        "system": {"tokens": [["1"]], "tau": {"listed": ["1/2"]}, "heads": [{"A": [[["1"]]]}]},
    }
)


def saved(folder: Path, text: str) -> str:
    path = folder / "certificate.json"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("kernel", ["handwritten", "verified", "both"])
def test_all_kernels_say_the_same_of_what_they_accept(
    kernel: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = saved(tmp_path, GOOD)
    assert main([file, "--kernel", kernel]) == 0
    assert capsys.readouterr() == ("\n  ".join([f"{file}: accepted", *describe(verify(GOOD))]) + "\n", "")
    assert run_command(["verify", file, "--kernel", kernel]) == 0
    assert capsys.readouterr().out.startswith(f"{file}: accepted\n")


@pytest.mark.parametrize("kernel", ["handwritten", "verified", "both"])
@pytest.mark.parametrize(("text", "word", "status"), [(WRONG, "rejected", 1), ("{}", "malformed", 2)])
def test_all_kernels_refuse_with_the_same_status(
    kernel: str, text: str, word: str, status: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = saved(tmp_path, text)
    assert main([f"--kernel={kernel}", file]) == status
    assert capsys.readouterr().err.startswith(f"{file}: {word}: ")
    assert run_command(["verify", file, "--kernel", kernel]) == status


def test_what_the_verified_kernel_does_not_cover_is_named_and_not_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = saved(tmp_path, PARTLY)
    for run in (main, lambda arguments: run_command(["verify", *arguments])):
        assert run([file, "--kernel", "verified"]) == 3
        out, err = capsys.readouterr()
        assert out.startswith(f"{file}: accepted but for what is not covered\n")
        assert "\n  holds symmetric: " in out
        assert "\n  not covered: holds hull-of-the-seen: " in out
        assert err == f"{file}: not covered by the verified kernel: hull-of-the-seen\n"
        assert run([file, "--kernel", "both"]) == 0
        out, err = capsys.readouterr()
        assert out == "\n  ".join([f"{file}: accepted", *describe(verify(PARTLY))]) + "\n"
        assert err == f"{file}: not covered by the verified kernel: hull-of-the-seen\n"


def test_a_certificate_of_which_nothing_is_covered_is_not_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = saved(tmp_path, BEYOND)
    assert main([file, "--kernel", "verified"]) == 3
    assert capsys.readouterr() == ("", f"{file}: not covered by the verified kernel: version 2\n")
    assert run_command(["verify", file, "--kernel", "verified", "--json"]) == 3
    assert json.loads(capsys.readouterr().out) == {
        "accepted": False,
        "files": [
            {"file": file, "verdict": "not covered", "reason": "version 2", "not_covered": ["version 2"]}
        ],
    }


def test_a_kernel_that_refuses_what_the_other_accepts_is_noticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def rejects(text: str, patient: bool) -> tuple[Judgement, ...]:
        return (Judgement("symmetric", "accepted"), Judgement("leaders-persist", "rejected", "no"))

    monkeypatch.setattr(kernels, "judge", rejects)
    with pytest.raises(KernelsDifferError, match="only the hand-written one accepts it: leaders-persist: no"):
        examine(GOOD, "both")
    file = saved(tmp_path, GOOD)
    assert main([file, "--kernel", "both"]) == 70
    assert ": the kernels differ, so one of them is wrong: " in capsys.readouterr().err
    assert run_command(["verify", file, "--kernel", "both"]) == 70
    assert ": kernels differ: so one of them is wrong: " in capsys.readouterr().err


@pytest.mark.parametrize("refused", [WRONG, '{"claims": []}'])
def test_a_verified_kernel_that_accepts_what_the_other_refuses_is_noticed(
    refused: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def accepts(text: str, patient: bool) -> tuple[Judgement, ...]:
        return (Judgement("symmetric", "accepted"), Judgement("positive-alpha", "accepted"))

    monkeypatch.setattr(kernels, "judge", accepts)
    with pytest.raises(KernelsDifferError, match="only the verified one accepts positive-alpha, symmetric"):
        examine(refused, "both")


@pytest.mark.parametrize("covered", [{"symmetric"}, {"positive-alpha"}])
def test_where_one_claim_is_not_covered_the_others_are_compared(
    covered: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[Any] = ["symmetric", "positive-alpha"]

    def some(text: str, patient: bool) -> tuple[Judgement, ...]:
        return tuple(Judgement(name, "accepted" if name in covered else "not covered") for name in names)

    monkeypatch.setattr(kernels, "judge", some)
    with pytest.raises(RejectedError if covered == {"symmetric"} else KernelsDifferError):
        examine(WRONG, "both")


def test_unknown_kernels_and_options_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["--kernel"],
        ["a.json", "--kernel", "coq"],
        ["a.json", "--kern"],
        ["--kernel", "both"],
    ):
        assert main(arguments) == 2
        assert capsys.readouterr().err.count("\n") == 1
    with pytest.raises(InputError, match="--kernel: requires handwritten, verified or both, got 'coq'"):
        run_command(["verify", "a.json", "--kernel", "coq"])


def test_a_malformed_text_is_malformed_for_both() -> None:
    with pytest.raises(MalformedError):
        examine("", "both")


def test_where_the_proofs_are_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--proofs"]) == 0
    assert (Path(capsys.readouterr().out.strip()) / "Dynamics.v").is_file()
