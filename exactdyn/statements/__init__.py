"""Every hypothesis and statement decided, with the evidence or the witness that a certificate carries.

One module a statement, each a function of a run. Nothing here is trusted: ``proofs_checks`` checks it all
again. The names are those of its catalogue.

What users import by the name of this room is its function,
:func:`~exactdyn.statements.registry.look_up`:

>>> from exactdyn import statements
>>> statements("convergence").statements[0].says
'every token has a limit'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exactdyn.statements.registry import Registry, look_up

__all__ = ["Registry", "look_up"]


def __getattr__(name: str) -> object:
    # Imported when asked for: the catalogue imports all that decides statements, and its modules are of this
    # room.
    if name in __all__:
        from exactdyn.statements import registry

        return getattr(registry, name)
    raise AttributeError(f"module 'exactdyn.statements' has no attribute {name!r}")
