"""exactdyn checks theorems about transformers exactly; see the README for the whole picture.

>>> from exactdyn import Hardmax
>>> Hardmax(alpha="1/2").run([[1], ["1/2"]], layers=1).tokens(1)
[[Fraction(1, 1)], [Fraction(2, 3)]]
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from exactdyn.presentation import present_by

if TYPE_CHECKING:
    from exactdyn.documents.example import Example
    from exactdyn.documents.load import load_example
    from exactdyn.errors import ExactdynError, InputError
    from exactdyn.graph.build import attention_graph, run_graph
    from exactdyn.layer.relu import Relu
    from exactdyn.limits.decision import limit
    from exactdyn.limits.result import Limit
    from exactdyn.notebook.compared import compare
    from exactdyn.notebook.drawn import draw_graph
    from exactdyn.notebook.hunted import hunt
    from exactdyn.notebook.kept import load
    from exactdyn.notebook.models import audit, explain
    from exactdyn.notebook.questions import attention_spectrum, itineraries, lead, run, softmax
    from exactdyn.notebook.verifying import verify
    from exactdyn.numbers.reading import from_floats
    from exactdyn.parameters.cells import ParameterCells, cells
    from exactdyn.parameters.verdicts import line_hypotheses, line_verdicts
    from exactdyn.statements.registry import look_up as statements
    from exactdyn.statements.theorem import Check, check
    from exactdyn.systems.hard_attention import HardAttention
    from exactdyn.systems.hardmax import Hardmax
    from exactdyn.systems.head import Head
    from exactdyn.systems.run import Run
    from exactdyn.systems.soft_attention import SoftHead, Softmax
    from exactdyn.transformer.inspection import Inspection, inspect
    from exactdyn.verdict import Verdict

    __version__: str

_HOME = {
    "Check": "exactdyn.statements.theorem",
    "Example": "exactdyn.documents",
    "ExactdynError": "exactdyn.errors",
    "HardAttention": "exactdyn.systems.hard_attention",
    "Hardmax": "exactdyn.systems.hardmax",
    "Head": "exactdyn.systems.head",
    "InputError": "exactdyn.errors",
    "Inspection": "exactdyn.transformer.inspection",
    "Limit": "exactdyn.limits",
    "ParameterCells": "exactdyn.parameters.cells",
    "Relu": "exactdyn.layer.relu",
    "Run": "exactdyn.systems.run",
    "SoftHead": "exactdyn.systems.soft_attention",
    "Softmax": "exactdyn.systems.soft_attention",
    "Verdict": "exactdyn.verdict",
    "attention_graph": "exactdyn.graph",
    "attention_spectrum": "exactdyn.notebook.questions",
    "audit": "exactdyn.notebook.models",
    "cells": "exactdyn.parameters.cells",
    "check": "exactdyn.statements.theorem",
    "compare": "exactdyn.notebook.compared",
    "draw_graph": "exactdyn.notebook.drawn",
    "explain": "exactdyn.notebook.models",
    "from_floats": "exactdyn.numbers.reading",
    "hunt": "exactdyn.notebook.hunted",
    "inspect": "exactdyn.transformer.inspection",
    "itineraries": "exactdyn.notebook.questions",
    "lead": "exactdyn.notebook.questions",
    "limit": "exactdyn.limits",
    "line_hypotheses": "exactdyn.parameters.verdicts",
    "line_verdicts": "exactdyn.parameters.verdicts",
    "load": "exactdyn.notebook.kept",
    "load_example": "exactdyn.documents",
    "run": "exactdyn.notebook.questions",
    "run_graph": "exactdyn.graph",
    "softmax": "exactdyn.notebook.questions",
    "statements": "exactdyn.statements.registry",
    "verify": "exactdyn.notebook.verifying",
}
_NAMED_THERE = {"statements": "look_up"}
# What has another name in its room.

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
    "SoftHead",
    "Softmax",
    "Verdict",
    "attention_graph",
    "attention_spectrum",
    "audit",
    "cells",
    "check",
    "compare",
    "draw_graph",
    "explain",
    "from_floats",
    "hunt",
    "inspect",
    "itineraries",
    "lead",
    "limit",
    "line_hypotheses",
    "line_verdicts",
    "load",
    "load_example",
    "run",
    "run_graph",
    "softmax",
    "statements",
    "verify",
]


class _Door(ModuleType):
    """The module itself: a room never stands in the place of a function of the same name.

    Python sets a module that it imports in its parent: of ``softmax`` and ``statements`` what users import is
    the function, and the rooms are imported by their paths.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


def __getattr__(name: str) -> object:
    # Imported when asked for: `exactdyn --help` must not wait for numpy, flint and networkx.
    if name in _HOME:
        return getattr(import_module(_HOME[name]), _NAMED_THERE.get(name, name))
    if name == "__version__":
        return import_module("importlib.metadata").version("exactdyn")
    raise AttributeError(f"module 'exactdyn' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__all__", "__doc__", "__file__", "__name__", "__path__", "__version__"])


sys.modules[__name__].__class__ = _Door
present_by(lambda: import_module("exactdyn.notebook.presenter").PRESENTER)
