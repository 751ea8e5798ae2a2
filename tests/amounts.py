"""How much the tests try that could try very much: a sample, or with ``pytest --thorough`` all of it."""

from __future__ import annotations

THOROUGH = "--thorough"

_chosen = {"thorough": False}


def choose(thorough: bool) -> None:
    """Fix it for this process, before the tests are collected."""
    _chosen["thorough"] = thorough


def amount(sample: int, whole: int) -> int:
    """The first in a run as it is, the second in a thorough one; never more than the whole."""
    return whole if _chosen["thorough"] else min(sample, whole)
