"""What lemmas say, in the words of ``proofs_checks/FORMAT.md``, where they are proved."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_LEMMA = re.compile(
    r"^### ([a-z-]+)(?: [^\n]*)?\n+(?:Coq: [^\n]*\n+)?\*(.+?)\*\n\n", re.MULTILINE | re.DOTALL
)
_LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")


def lemma_text(name: str) -> str | None:
    """Return what a lemma says in one line; None where its section begins otherwise than with that.

    >>> lemma_text("convex-step")[:72]
    'If the step is convex at layer k, then conv Z^{k+1} lies within conv Z^k'
    """
    return _texts().get(name)


@cache
def _texts() -> dict[str, str]:
    text = (files("proofs_checks") / "FORMAT.md").read_text(encoding="utf-8")
    return {name: " ".join(_LINK.sub(r"\1", said).split()) for name, said in _LEMMA.findall(text)}
