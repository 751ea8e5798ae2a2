"""How published transformers name and arrange the weights of their attention."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import prod

import numpy as np

from exactdyn.documents.names import show_name, show_names
from exactdyn.documents.syntax import Document
from exactdyn.errors import InputError, ShapeError
from exactdyn.numbers.reading import integer
from exactdyn.transformer.weights import HeadWeights, StoredArrays, Transformer

COUNT_LIMIT = 2**20
"""Largest number of heads, layers or dimensions that a config may state."""


@dataclass(frozen=True)
class NamedWeights:
    """The names of the weights of a layer's attention, behind a stem that tells the layer.

    ``stem``: a pattern with one group for what stands before, and one for every number that tells the layer.
    ``query``, ``key``, ``value``, ``output``: the names behind the stem. ``side_by_side``: the first three
    are one array. ``transposed``: a weight W acts as x W (inputs x outputs), not as W x. ``heads``,
    ``dimension``: the fields of ``config.json`` that state them; ``layers``: those whose product is the
    number of layers.
    """

    name: str
    stem: str
    query: str
    key: str
    value: str
    output: str
    heads: str = "num_attention_heads"
    dimension: str = "hidden_size"
    layers: tuple[str, ...] = ("num_hidden_layers",)
    side_by_side: bool = False
    transposed: bool = False


LAYOUTS = (
    NamedWeights(
        "BERT-like",
        r"(|.*\.)encoder\.layer\.(\d+)\.attention\.",
        "self.query.weight",
        "self.key.weight",
        "self.value.weight",
        "output.dense.weight",
    ),
    NamedWeights(
        "ALBERT-like",
        r"(|.*\.)encoder\.albert_layer_groups\.(\d+)\.albert_layers\.(\d+)\.attention\.",
        "query.weight",
        "key.weight",
        "value.weight",
        "dense.weight",
        layers=("num_hidden_groups", "inner_group_num"),
    ),
    NamedWeights(
        "GPT-2-like",
        r"(|.*\.)h\.(\d+)\.attn\.",
        "c_attn.weight",
        "c_attn.weight",
        "c_attn.weight",
        "c_proj.weight",
        "n_head",
        "n_embd",
        ("n_layer",),
        side_by_side=True,
        transposed=True,
    ),
)
"""The layouts that are known. Source: the package transformers: ``modeling_bert.py``, ``modeling_albert.py``
and ``modeling_gpt2.py``, whose ``Conv1D`` is transposed."""


def arranged(arrays: StoredArrays, config: Document) -> Transformer:
    """Return the attention matrices of a model whose arrays are named as those of BERT, ALBERT or GPT-2.

    ``config``: what ``config.json`` says. The number of heads is needed; the numbers of layers and dimensions
    are compared where they are stated; no other field, and no array of another name, is about these matrices.
    A layer of ALBERT is one of a group's, which several layers of the model use.

    Raises :class:`~exactdyn.errors.InputError` for names of no layout or of several models, for a layer that
    lacks a matrix, and for shapes that do not fit together or to the config.

    >>> names = ["self.query.weight", "self.key.weight", "self.value.weight", "output.dense.weight"]
    >>> shapes = {f"encoder.layer.0.attention.{name}": (6, 6) for name in names}
    >>> model = arranged(StoredArrays(shapes, lambda name: np.eye(6)), {"num_attention_heads": 2})
    >>> model.layout, model.dimension, model.width, model.read(0)[1].query.shape
    ('BERT-like', 6, 3, (3, 6))
    """
    layout, stems = _found(arrays)
    inner, dimension = _shape(arrays, layout, stems[0])
    for stem in stems[1:]:
        if _shape(arrays, layout, stem) != (inner, dimension):
            first, other = show_name(f"{stems[0]}*"), show_name(f"{stem}*")
            raise ShapeError(f"{other}: requires the shapes of {first}, got others")
    heads = _stated(config, layout.heads)
    if heads is None or inner % heads:
        got = "none" if heads is None else heads
        raise InputError(f"config.json: {layout.heads}: requires a divisor of {inner}, got {got}")
    _require_agreement(config, (layout.dimension,), dimension)
    _require_agreement(config, layout.layers, len(stems))

    def read(layer: int) -> list[HeadWeights]:
        return _heads(arrays, layout, stems[layer], heads)

    return Transformer(layout.name, dimension, inner // heads, len(stems), heads, read)


def _found(arrays: StoredArrays) -> tuple[NamedWeights, list[str]]:
    """Return the layout and the stems of the layers, in their order."""
    found: dict[tuple[str, str], dict[tuple[int, ...], str]] = {}
    for layout in LAYOUTS:
        pattern = re.compile(f"{layout.stem}(?={re.escape(layout.query)}$)", re.ASCII)
        for match in filter(None, map(pattern.match, arrays.shapes)):
            prefix, *numbers = match.groups()
            found.setdefault((layout.name, prefix), {})[tuple(map(int, numbers))] = match[0]
    if not found:
        known = ", ".join(layout.name for layout in LAYOUTS)
        raise InputError(f"requires the names of a {known} model, got {show_names(arrays.shapes)}")
    if len(found) > 1:
        several = show_names(f"{prefix}* ({name})" for name, prefix in found)
        raise InputError(f"requires the layers of one model, got those of {several}")
    (((name, _), stems),) = found.items()
    (layout,) = (own for own in LAYOUTS if own.name == name)
    if prod(max(own) + 1 for own in zip(*stems, strict=True)) != len(stems):
        missing = f"{show_name(stems[max(stems)])}*"
        raise InputError(f"requires all layers up to {missing}, got {len(stems)} of them")
    return layout, [stems[numbers] for numbers in sorted(stems)]


def _shape(arrays: StoredArrays, layout: NamedWeights, stem: str) -> tuple[int, int]:
    """Return the width of all heads together and the dimension, once all four matrices fit to them."""

    def shape(name: str) -> tuple[int, ...]:
        own = arrays.shape(stem + name)
        return own[::-1] if layout.transposed else own

    output = shape(layout.output)
    dimension, inner = output if len(output) == 2 else (0, 0)
    for name in (layout.query, layout.key, layout.value):
        wanted = (3 * inner if layout.side_by_side else inner, dimension)
        if len(output) != 2 or shape(name) != wanted:
            both = f"{shape(name)} and {output}" + " after transposing" * layout.transposed
            raise ShapeError(f"{show_name(stem + name)}: requires a shape that fits the output's, got {both}")
    return inner, dimension


def _heads(arrays: StoredArrays, layout: NamedWeights, stem: str, heads: int) -> list[HeadWeights]:
    # Heads lie side by side in the rows of Q, K, V and in the columns of the output.
    def matrix(name: str) -> np.ndarray:
        own = arrays.floats(stem + name)
        return own.T if layout.transposed else own

    output = np.split(matrix(layout.output), heads, axis=1)
    if layout.side_by_side:
        parts = np.split(matrix(layout.query), 3)
    else:
        parts = [matrix(name) for name in (layout.query, layout.key, layout.value)]
    rows = (np.split(part, heads) for part in parts)
    return [HeadWeights(*own) for own in zip(*rows, output, strict=True)]


def _stated(config: Document, field: str) -> int | None:
    value = config.get(field)
    return None if value is None else integer(value, f"config.json: {field}", 1, COUNT_LIMIT)


def _require_agreement(config: Document, fields: tuple[str, ...], got: int) -> None:
    stated = [_stated(config, field) for field in fields]
    numbers = [number for number in stated if number is not None]
    if len(numbers) == len(fields) and prod(numbers) != got:
        raise InputError(
            f"config.json: {' times '.join(fields)}: requires {got}, as the arrays have, got {prod(numbers)}"
        )
