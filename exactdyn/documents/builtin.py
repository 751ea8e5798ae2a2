"""The examples that come with the package, one TOML document each."""

from __future__ import annotations

from difflib import get_close_matches
from importlib.resources import files

from exactdyn.documents.files import naming
from exactdyn.errors import InputError


def example_names() -> tuple[str, ...]:
    """Return the names of the built-in examples in alphabetical order.

    >>> "emerging-leader" in example_names()
    True
    """
    documents = (entry.name for entry in (files("exactdyn") / "examples").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in documents if name.endswith(".toml")))


def example_text(name: str) -> str:
    """Return the source text of a built-in example, to read or to copy from.

    Raises :class:`~exactdyn.errors.InputError` if there is none of this name.

    >>> print(example_text("collision-on-a-line").splitlines()[-1])
    tokens = [[1], [-1]]
    """
    if name not in example_names():
        near = "".join(f" (did you mean {own!r}?)" for own in get_close_matches(name, example_names(), 1))
        with naming(name):
            raise InputError(
                f"neither a file nor a built-in example; `exactdyn examples` lists the built-in ones{near}"
            )
    return (files("exactdyn") / "examples" / f"{name}.toml").read_text(encoding="utf-8")
