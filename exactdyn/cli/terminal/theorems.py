"""The option ``--coq``: the claims of a certificate, as a file for ``coqc``."""

from __future__ import annotations

import re
from pathlib import Path

from exactdyn.cli.terminal.ending import complain
from exactdyn.cli.terminal.output import require_writable, write_file
from exactdyn.errors import InputError


def require_theorem(path: Path) -> None:
    """Refuse a file that coqc would not take, or that cannot be written.

    >>> require_theorem(Path("my-run.v"))
    Traceback (most recent call last):
    exactdyn.errors.InputError: --coq: requires a name of letters, digits and _ with .v, got 'my-run.v'
    """
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*\.v", path.name):
        raise InputError(f"--coq: requires a name of letters, digits and _ with .v, got {path.name!r}")
    require_writable(path)


def write_theorem(path: Path, certificate: str) -> None:
    """Write the theorem of an accepted certificate; claims that it leaves out are named on stderr.

    Raises :class:`~exactdyn.errors.InputError` where it would say nothing.
    """
    from exactdyn.certificates.theorem import theorem

    file = theorem(certificate)
    write_file(path, file.text.encode())
    if file.not_covered:
        complain(f"{path}: not covered by the proved rules, so left out: {', '.join(file.not_covered)}")
