"""The options that write the claims of a certificate for another program: ``coqc``, Lean, SMT solvers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from exactdyn.cli.terminal.ending import complain
from exactdyn.cli.terminal.output import write_file
from exactdyn.errors import InputError


def require_theorem_name(path: Path | None) -> None:
    """Refuse a file whose name coqc would not take; None stands for one that was not asked for.

    >>> require_theorem_name(Path("my-run.v"))
    Traceback (most recent call last):
    exactdyn.errors.InputError: --coq: requires a name of letters, digits and _ with .v, got 'my-run.v'
    """
    if path is not None and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*\.v", path.name):
        raise InputError(f"--coq: requires a name of letters, digits and _ with .v, got {path.name!r}")


def write_theorem(path: Path, certificate: str) -> None:
    """Write the theorem of an accepted certificate; claims that it leaves out are named on stderr.

    Raises :class:`~exactdyn.errors.InputError` where it would say nothing.
    """
    write_translations({path: coq_translation(certificate)})


@dataclass(frozen=True)
class Translation:
    """A text for another program, and what there is to say about it."""

    text: str
    remarks: tuple[str, ...] = ()


def write_translations(made: Mapping[Path, Translation]) -> None:
    """Write texts to their files; what there is to say about them goes to stderr."""
    for path, translation in made.items():
        write_file(path, translation.text.encode())
        for remark in translation.remarks:
            complain(f"{path}: {remark}")


def coq_translation(certificate: str) -> Translation:
    """Return the theorem of an accepted certificate for ``coqc``.

    Raises :class:`~exactdyn.errors.InputError` where no claim is covered by the proved rules.
    Source: ``proofs_checks/formal/RulesSound.v``, theorem ``check_sound``.
    """
    from proofs_checks.verified.document import BeyondError
    from proofs_checks.verified.theorem import coq_file

    try:
        made = coq_file(certificate)
    except BeyondError as error:
        raise InputError(f"--coq: requires claims that the proved rules cover, got {error}") from None
    return Translation(made.text, _left_out("not covered by the proved rules", made.not_covered))


def lean_translation(certificate: str) -> Translation:
    """Return the failing claims of an accepted certificate for Lean.

    Raises :class:`~exactdyn.errors.InputError` where nothing fails on finitely many layers.
    """
    from exactdyn.certificates.translations.lean import lean_text

    made = lean_text(certificate)
    remark = "not compiled here: Lean 4 with Mathlib has to accept it"
    return Translation(
        made.text, (remark, *_left_out("no counterexample on finitely many layers", made.left_out))
    )


def smt2_translation(certificate: str) -> Translation:
    """Return the finite claims of an accepted certificate for SMT solvers.

    Raises :class:`~exactdyn.errors.InputError` where no claim is finite.
    """
    from exactdyn.certificates.translations.smt import smt_script

    made = smt_script(certificate)
    return Translation(made.text, _left_out("not about finitely many layers", made.left_out))


def _left_out(why: str, names: Sequence[str]) -> tuple[str, ...]:
    return (f"{why}, so left out: {', '.join(names)}",) if names else ()
