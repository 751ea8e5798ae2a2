"""exactdyn checks theorems about transformers exactly; see the README for the whole picture.

>>> from exactdyn import Hardmax
>>> Hardmax(alpha="1/2").run([[1], ["1/2"]], layers=1).tokens(1)
[[Fraction(1, 1)], [Fraction(2, 3)]]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exactdyn.errors import ExactdynError, InputError
    from exactdyn.hardmax import Hardmax
    from exactdyn.numbers import from_floats
    from exactdyn.run import Run

_HOME = {
    "ExactdynError": "exactdyn.errors",
    "Hardmax": "exactdyn.hardmax",
    "InputError": "exactdyn.errors",
    "Run": "exactdyn.run",
    "from_floats": "exactdyn.numbers",
}
__all__ = ["ExactdynError", "Hardmax", "InputError", "Run", "from_floats"]


def __getattr__(name: str) -> object:
    # Imported when asked for: `exactdyn --help` must not wait for numpy, flint and networkx.
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'exactdyn' has no attribute {name!r}")
