"""Valid certificates about one system: the files of ``certificates/valid``, and what FORMAT.md shows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import proofs_checks

FORMAT = (Path(proofs_checks.__file__).parent / "FORMAT.md").read_text(encoding="utf-8")
FOLDER = Path(__file__).parent / "certificates" / "valid"


def json_blocks(text: str) -> list[str]:
    return re.findall(r"```json\n(.*?)```", text, flags=re.DOTALL)


def _valid() -> dict[str, Any]:
    files = {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))
    }
    found = {name: document for name, document in files.items() if document["version"] < 3}
    for count, document in enumerate(map(json.loads, json_blocks(FORMAT))):
        if "system" in document and document["version"] < 3 and document not in found.values():
            found[f"shown-{count}-{document['claims'][-1]['claim']}"] = document
    return found


VALID = _valid()
"""By name. Those of a family, and those over a number field, have tests of their own."""
