"""Certificates as files of Coq: what the theorem says, what is left out, which files are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exactdyn.cli.app import run_command
from exactdyn.errors import InputError
from proofs_checks.verified.claims import RULES
from proofs_checks.verified.document import BeyondError
from proofs_checks.verified.theorem import STATEMENTS, coq_file
from tests.both_kernels import documents, verified
from tests.proofs_checks.verified.test_claims_of_no_file import CASES
from tests.proofs_checks.verified.test_kernels import BEYOND, GOOD, PARTLY, saved
from tests.proofs_checks.verified.test_reader import SYMMETRIC, certificate


def test_the_theorem_is_in_the_words_of_the_definitions() -> None:
    text = coq_file(GOOD).text
    assert "Theorem as_claimed :\n  symmetric s /\\\n  leaders_persist s (Some 2%nat).\n" in text
    assert "listed_A := [[1]];\n  listed_alpha := 1;\n  listed_tokens := [[1]; [(-1)]] |}." in text
    assert text.endswith("Print Assumptions as_claimed.\n")


def test_every_claim_that_is_read_has_words() -> None:
    assert STATEMENTS.keys() == {rule.claim for rule in RULES.values()}


def test_every_covered_certificate_about_one_system_is_written() -> None:
    covered = [
        text for text in map(json.dumps, documents()) if verified(text) == "accepted" and '"system"' in text
    ]
    files = [coq_file(text) for text in covered]
    assert len(files) > 60
    assert all(file.not_covered == () and "Theorem as_claimed" in file.text for file in files)
    made = {
        line.split(":= ")[1].split()[0].rstrip(".")
        for file in files
        for line in file.text.splitlines()
        if line.startswith("Definition claim_")
    }
    assert made == RULES.keys() - {"PersistMoves"} - CASES.keys()  # in version 1 no leader moves


def test_claims_that_are_not_covered_are_left_out_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.v"
    assert run_command(["verify", saved(tmp_path, PARTLY), "--coq", str(path)]) == 0
    assert capsys.readouterr().err == (
        f"{path}: not covered by the proved rules, so left out: hull-of-the-seen\n"
    )
    assert "Not covered: hull-of-the-seen." in path.read_text()
    assert "claims : list claim := [claim_0]." in path.read_text()


def test_what_a_certificate_calls_a_claim_does_not_get_into_the_file() -> None:
    document = json.loads(PARTLY)
    document["claims"][1]["claim"] = "*) Axiom easy : False. (*"
    assert "Axiom" not in coq_file(json.dumps(document)).text


def test_where_nothing_is_covered_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "t.v"
    with pytest.raises(InputError, match="--coq: requires claims that the proved rules cover, got version 2"):
        run_command(["verify", saved(tmp_path, BEYOND), "--coq", str(path)])
    with pytest.raises(InputError, match="got version 2"):
        run_command(["check", "causal", "--coq", str(path)])
    assert not path.exists()
    with pytest.raises(BeyondError, match="for one system"):
        coq_file(certificate(SYMMETRIC, system=None, family={"class": "general"}))


def test_a_rejected_certificate_is_no_theorem(tmp_path: Path) -> None:
    path = tmp_path / "t.v"
    assert run_command(["verify", saved(tmp_path, GOOD.replace("holds", "fails")), "--coq", str(path)]) == 2
    assert not path.exists()


def test_coqc_takes_names_of_letters_and_digits_only(tmp_path: Path) -> None:
    for name in ("emerging-leader.v", "1.v", "t.txt", ".v"):
        with pytest.raises(InputError, match="--coq: requires a name"):
            run_command(["check", "emerging-leader", "--coq", str(tmp_path / name)])
    file = saved(tmp_path, GOOD)
    with pytest.raises(InputError, match="--coq: requires one certificate, got 2"):
        run_command(["verify", file, file, "--coq", str(tmp_path / "t.v")])
