"""exactdyn checks theorems about transformers exactly; see the README for the whole picture.

>>> from exactdyn import Hardmax
>>> Hardmax(alpha="1/2").run([[1], ["1/2"]], layers=1).tokens(1)
[[Fraction(1, 1)], [Fraction(2, 3)]]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exactdyn.documents import Example, load_example
    from exactdyn.errors import ExactdynError, InputError
    from exactdyn.graph import attention_graph, run_graph
    from exactdyn.layer.relu import Relu
    from exactdyn.limits import Limit, limit
    from exactdyn.numbers.reading import from_floats
    from exactdyn.parameters.cells import ParameterCells, cells
    from exactdyn.parameters.verdicts import line_hypotheses, line_verdicts
    from exactdyn.statements.theorem import Check, check
    from exactdyn.systems.hard_attention import HardAttention
    from exactdyn.systems.hardmax import Hardmax
    from exactdyn.systems.head import Head
    from exactdyn.systems.run import Run
    from exactdyn.transformer.inspection import Inspection, inspect
    from exactdyn.verdict import Verdict

_HOME = {
    "ParameterCells": "exactdyn.parameters.cells",
    "Check": "exactdyn.statements.theorem",
    "Example": "exactdyn.documents",
    "ExactdynError": "exactdyn.errors",
    "HardAttention": "exactdyn.systems.hard_attention",
    "Hardmax": "exactdyn.systems.hardmax",
    "Head": "exactdyn.systems.head",
    "InputError": "exactdyn.errors",
    "Inspection": "exactdyn.transformer.inspection",
    "Limit": "exactdyn.limits",
    "Relu": "exactdyn.layer.relu",
    "Run": "exactdyn.systems.run",
    "Verdict": "exactdyn.verdict",
    "attention_graph": "exactdyn.graph",
    "cells": "exactdyn.parameters.cells",
    "check": "exactdyn.statements.theorem",
    "from_floats": "exactdyn.numbers.reading",
    "inspect": "exactdyn.transformer.inspection",
    "limit": "exactdyn.limits",
    "line_hypotheses": "exactdyn.parameters.verdicts",
    "line_verdicts": "exactdyn.parameters.verdicts",
    "load_example": "exactdyn.documents",
    "run_graph": "exactdyn.graph",
}
__all__ = [
    "Check",
    "ExactdynError",
    "Example",
    "HardAttention",
    "Hardmax",
    "Head",
    "InputError",
    "Inspection",
    "Limit",
    "ParameterCells",
    "Relu",
    "Run",
    "Verdict",
    "attention_graph",
    "cells",
    "check",
    "from_floats",
    "inspect",
    "limit",
    "line_hypotheses",
    "line_verdicts",
    "load_example",
    "run_graph",
]


def __getattr__(name: str) -> object:
    # Imported when asked for: `exactdyn --help` must not wait for numpy, flint and networkx. No module may
    # have the name of something exported here: once imported it would stand in its place.
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'exactdyn' has no attribute {name!r}")
