"""Certificates of rational systems, written as if their numbers were of a field."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

RATIONAL = re.compile(r"-?[0-9]+(/[0-9]+)?|-?0x[0-9a-f]+(/0x[0-9a-f]+)?")
ROOT_OF_2 = {"polynomial": [-2, 0, 1], "interval": ["1", "2"]}


def disguised(document: Any, field: Any = ROOT_OF_2) -> Any:
    """Return a certificate of version 1 or 2 as one of version 3, every rational x as the list x, 0."""
    system = document["system"]
    if document["version"] == 1:
        alpha = Fraction(system["alpha"])
        system = {
            "tokens": system["tokens"],
            "tau": {"listed": [str(alpha / (1 + alpha))]},
            "heads": [{"A": [system["A"]]}],
        }
    parts = {name: part if name in ("tau", "period") else as_vectors(part) for name, part in system.items()}
    if "listed" in system["tau"]:
        parts["tau"] = as_vectors(system["tau"])
    else:  # the bases of a formula are rational
        parts["tau"] = {
            name: [[as_vectors(c), p, r] for c, p, r in own] for name, own in system["tau"].items()
        }
    claims = [
        {name: as_vectors(part) if name in ("evidence", "witness") else part for name, part in claim.items()}
        for claim in document["claims"]
    ]
    return document | {"version": 3, "system": {"field": field, **parts}, "claims": claims}


def as_vectors(data: Any) -> Any:
    """Return data with every text that is a rational number as a list of coefficients."""
    if isinstance(data, dict):
        return {name: as_vectors(part) for name, part in data.items()}
    if isinstance(data, list):
        return [as_vectors(part) for part in data]
    return [data, "0"] if isinstance(data, str) and RATIONAL.fullmatch(data) else data
