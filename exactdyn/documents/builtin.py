"""The documents that come with the package: examples, and commented ones to begin from, for each kind."""

from __future__ import annotations

from difflib import get_close_matches
from importlib.resources import files

from exactdyn.documents.files import naming
from exactdyn.errors import InputError
from proofs_checks.format.rationals import shorten


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


TEMPLATES = {
    "hardmax": "one A, one alpha",
    "schedule": "a step for every layer: a list or a formula",
    "frank-wolfe": "the steps 2/(k+2)",
    "layers": "matrices of their own for the layers",
    "value-matrix": "V, and Q, K instead of A",
    "mask": "who may see whom",
    "ties": "unique hard attention",
    "heads": "several heads",
    "relu": "a ReLU block after attention",
    "field": "irrational numbers, exactly",
    "parameter": "a number t in tokens or in A, all values at once",
    "softmax": "softmax attention in continuous time",
    "softmax-steps": "softmax attention in steps of time, with heads and masks",
}
"""The kinds of templates, and what each shows."""


def template_text(kind: str) -> str:
    """Return a TOML document with comments, to be changed into one of one's own; it runs as it is.

    Raises :class:`~exactdyn.errors.InputError` for a kind that is none of :data:`TEMPLATES`.
    Source: TOML v1.0.0, https://toml.io/en/v1.0.0.

    >>> print(template_text("mask").splitlines()[0])
    # A mask says which tokens a token may see.
    """
    if kind not in TEMPLATES:
        raise InputError(f"KIND: requires one of {', '.join(TEMPLATES)}, got {shorten(kind)}")
    return (files("exactdyn.documents") / "templates" / f"{kind}.toml").read_text(encoding="utf-8")
