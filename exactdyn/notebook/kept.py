"""Answers that are saved, and read again once their certificates have passed the checker."""

from __future__ import annotations

import json
import os
from importlib.metadata import version
from pathlib import Path

from exactdyn.certificates.envelope import accepted
from exactdyn.cli.commands.verify import judge
from exactdyn.cli.terminal.output import write_file
from exactdyn.documents.example import Example, read_document
from exactdyn.documents.files import ending_of, naming, read_text, require_file
from exactdyn.documents.syntax import parse_json
from exactdyn.documents.write import example_document
from exactdyn.errors import InputError
from exactdyn.notebook.answers import Kept
from exactdyn.presentation import Presentable
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.run import Run
from proofs_checks.format.rationals import shorten

_MEMBERS = {"kind": str, "exactdyn": str, "data": dict, "certificate": dict | None}


def save(answer: Presentable, file: str | os.PathLike[str]) -> None:
    """Write an answer with its certificate to a file; of a run its system, tokens and number of layers.

    Raises :class:`~exactdyn.errors.ExactdynError` where the file cannot be written, and
    :class:`~exactdyn.errors.UncertifiedError` if the checker does not accept the certificate.

    >>> from tempfile import TemporaryDirectory
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax(alpha=1).run([[1], ["1/2"]], layers=2)
    >>> with TemporaryDirectory() as folder:
    ...     save(run, Path(folder, "run.json"))
    ...     load(Path(folder, "run.json")) == run
    True
    """
    path = Path(file)
    with naming(path):
        ending_of(path, [".json"])
    if isinstance(answer, Run):
        text = json.dumps(_run_document(answer))
    else:
        proof = _certificate(answer)
        if proof is not None:
            accepted(json.dumps(proof))
        kind = answer.kind if isinstance(answer, Kept) else type(answer).__name__
        members = {"kind": kind, "exactdyn": version("exactdyn"), "data": answer.to_dict()}
        text = json.dumps(members | {"certificate": proof})
    write_file(path, text.encode() + b"\n")


def load(file: str | os.PathLike[str]) -> Kept | Run:
    """Read what :func:`save` wrote: a run as the run that it is, any other answer as its data.

    Its certificate, if it has one, is checked again. Raises :class:`~exactdyn.errors.InputError`, one line
    that names the file and the field, also where the checker does not accept the certificate.
    """
    path = Path(file)
    with naming(path):
        require_file(path)
        ending_of(path, [".json"])
        text = read_text(path)
        document = parse_json(text)
        if "kind" not in document:
            return read_document(document, path.name.removesuffix(".json")).run()
        for name, kind in _MEMBERS.items():
            if name not in document or not isinstance(document[name], kind):
                raise InputError(f"{name}: requires what save wrote, got {shorten(document.get(name))}")
        plain = json.loads(text)  # a certificate holds integers, and texts that are texts
        if plain["certificate"] is not None:
            found = judge(path.name, json.dumps(plain["certificate"]), None, patient=True)
            if found.verdict != "accepted":
                raise InputError(f"certificate: {found.verdict}: {found.reason}")
    return Kept(plain["kind"], plain["exactdyn"], plain["data"], plain["certificate"])


def _run_document(run: Run) -> dict[str, object]:
    if not isinstance(run.system, HardAttention):
        raise InputError(f"save: requires a run of HardAttention, got {type(run.system).__name__}")
    rows = tuple(map(tuple, run.start.rows()))
    return dict(example_document(Example("run", "", run.system, rows, run.labels, run.layers)))


def _certificate(answer: Presentable) -> dict[str, object] | None:
    try:
        return answer.certificate
    except InputError:
        return None  # there is nothing that it claims
