"""``exactdyn verify --lean`` and ``--smt2``: what an accepted certificate claims, for other programs."""

from __future__ import annotations

from pathlib import Path

from tests.certificates.translations.test_smt import FOLDER
from tests.command import inside as exactdyn
from tests.judges.solvers import answers_of_cvc5, answers_of_z3, expected_answers

FAILS = FOLDER / "norm-growth-fails-as-q-falls.json"
HOLDS = FOLDER / "convergence-holds-by-growth.json"


def test_both_texts_are_written_and_say_what_they_leave_out(tmp_path: Path) -> None:
    lean, smt2 = tmp_path / "a.lean", tmp_path / "a.smt2"
    done = exactdyn("verify", FAILS, "--lean", lean, "--smt2", smt2)
    assert done.returncode == 0
    assert done.stderr.splitlines()[0] == f"{lean}: not compiled here: Lean 4 with Mathlib has to accept it"
    assert "theorem norm_growth_fails : ¬ normGrowth" in lean.read_text(encoding="utf-8")
    script = smt2.read_text(encoding="utf-8")
    assert answers_of_z3(script) == answers_of_cvc5(script) == expected_answers(script) == ["unsat"]


def test_nothing_is_written_where_one_text_would_say_nothing(tmp_path: Path) -> None:
    lean, smt2 = tmp_path / "a.lean", tmp_path / "a.smt2"
    done = exactdyn(
        "verify",
        FOLDER.parent / "valid-families" / "itineraries-of-first-tokens-without-avoidable-ties.json",
        "--lean",
        lean,
        "--smt2",
        smt2,
    )
    assert done.returncode == 2
    assert (
        done.stderr == "exactdyn: --lean: requires a counterexample, got a certificate about all matrices\n"
    )
    done = exactdyn("verify", HOLDS, "--smt2", smt2)
    assert done.returncode == 2
    assert done.stderr == "exactdyn: --smt2: requires claims about finitely many layers, got convergence\n"
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_about_a_certificate_that_is_not_accepted(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text(FAILS.read_text(encoding="utf-8").replace('"fails"', '"holds"'), encoding="utf-8")
    assert exactdyn("verify", wrong, "--smt2", tmp_path / "a.smt2").returncode == 2
    assert not (tmp_path / "a.smt2").exists()
    done = exactdyn("verify", FAILS, HOLDS, "--smt2", tmp_path / "a.smt2")
    assert (done.returncode, done.stderr) == (2, "exactdyn: --smt2: requires one certificate, got 2\n")
