"""What both kernels make of a certificate, beside each other.

``python -m tests.both_kernels`` prints the table of docs/verified.md: which claims both accept, and which the
verified kernel does not cover.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from proofs_checks import MalformedError, RejectedError, TooMuchWorkError, verify
from proofs_checks.verified.document import BeyondError, NotWellFormedError
from proofs_checks.verified.kernel import judge
from proofs_checks.verified.work import TooMuchError
from tests.valid_certificates import FORMAT, json_blocks

ROOT = Path(__file__).parent.parent
FOLDERS = {
    "valid": ROOT / "tests" / "certificates" / "valid",
    "valid-families": ROOT / "tests" / "certificates" / "valid-families",
    "atlas": ROOT / "docs" / "atlas",
}


def written(text: str) -> str:
    """What the hand-written kernel makes of a text: accepted, rejected, malformed or too much work."""
    try:
        verify(text)
    except RejectedError:
        return "rejected"
    except MalformedError:
        return "malformed"
    except TooMuchWorkError:
        return "too much work"
    return "accepted"


def verified(text: str) -> str:
    """What the verified one makes of it: the same, or not covered where that is so of any claim."""
    try:
        verdicts = {found.verdict for found in judge(text)}
    except NotWellFormedError:
        return "malformed"
    except BeyondError:
        return "not covered"
    except TooMuchError:
        return "too much work"
    return next(verdict for verdict in ("rejected", "not covered", "accepted") if verdict in verdicts)


def differ(text: str) -> bool:
    """Tell whether one kernel accepts what the other one refuses."""
    found = {written(text), verified(text)}
    return "accepted" in found and not found <= {"accepted", "not covered", "too much work"}


def documents() -> Iterator[dict[str, Any]]:
    """Go through the certificates of version 1 that are kept as files, or shown in FORMAT.md."""
    texts = [
        path.read_text(encoding="utf-8")
        for folder in FOLDERS.values()
        for path in sorted(folder.glob("*.json"))
    ]
    for document in map(json.loads, [*texts, *json_blocks(FORMAT)]):
        if (document.get("format"), document.get("version")) == ("exactdyn certificate", 1):
            yield document


SHOWN_BY = {
    "semidefinite": "spreading-hulls",
    "mirror": "mirrored-extremes",
    "recurrence": "expanding-recurrence",
    "segment": "a segment",
}
"""The members of witnesses by which a lemma is known."""


def how(claim: dict[str, Any]) -> str:
    """Return by what a claim is established, in short."""
    if claim["verdict"] == "fails":
        return next(
            (f"fails by {lemma}" for name, lemma in SHOWN_BY.items() if name in claim["witness"]), "fails"
        )
    if "lemma" in claim:
        evidence = claim.get("evidence", {})
        rigid = claim["claim"] == "limit-set" and {*evidence} == {"itinerary", "coefficients"}
        forms = "recurrence" in evidence.get("itinerary", {})
        return f"by {claim['lemma']}{' and rigidity' if rigid else ' with forms' if forms else ''}"
    return "on layers 0..N" if "scope" in claim else "holds"


def table(given: Iterable[dict[str, Any]]) -> str:
    """Return the table of claims, those about one system first, in lines of Markdown.

    Claims of which nothing is covered have no row.
    """
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    for document in given:
        about = "one system" if "system" in document else "all matrices"
        for claim in document["claims"]:
            verdict = verified(json.dumps({**document, "claims": [claim]}))
            row = found.setdefault((about, claim["claim"]), {"accepted": set(), "not covered": set()})
            row[verdict].add(how(claim))
    lines = ["| about | claim | both accept | not covered |", "| --- | --- | --- | --- |"]
    for (about, name), row in sorted(
        found.items(), key=lambda item: (item[0][0] != "one system", item[0][1])
    ):
        if not row["accepted"]:
            continue
        cells = [", ".join(sorted(row[verdict])) or "-" for verdict in ("accepted", "not covered")]
        lines.append(f"| {about} | `{name}` | {cells[0]} | {cells[1]} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(documents()))
