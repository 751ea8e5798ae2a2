"""The system of a certificate of version 2 for the library."""

from __future__ import annotations

from typing import Any

from exactdyn.layer.relu import Relu
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.head import Head
from exactdyn.systems.run import Run


def certified_run(system: Any, layers: int = 0) -> Run:
    """The run of the member ``system`` of a certificate of version 2."""
    heads = [
        Head(head["A"], head.get("V"), head.get("mask"), head.get("ties", "mean")) for head in system["heads"]
    ]
    tau = system["tau"].get("listed") or " / ".join(
        f"({formula(system['tau'][part])})" for part in ("numerator", "denominator")
    )
    blocks = [Relu(**block) for block in system["relu"]] if "relu" in system else None
    period = system.get("period", 1)
    return HardAttention(heads, tau=tau, relu=blocks, period=period).run(system["tokens"], layers)


def formula(terms: list[list[Any]]) -> str:
    """A sum of terms c k^p r^k as a formula."""
    return " + ".join(f"({c}) * k^{p} * ({r})^k" for c, p, r in terms) or "0"
