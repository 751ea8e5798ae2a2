"""Attention weights as others compute them: rows of weights, a matrix for every layer and head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum
from pathlib import Path
from typing import Any

import numpy as np

from exactdyn.documents.files import ending_of, naming, read_text, require_file, shown_name
from exactdyn.documents.load import PathName
from exactdyn.documents.names import require_label, show_names
from exactdyn.documents.syntax import parse_json_value
from exactdyn.documents.tables.arrays import ARRAY_ENDINGS, read_archive, read_array
from exactdyn.documents.tables.choice import UNSAID, Choice
from exactdyn.documents.tables.listed import listed_table
from exactdyn.documents.tables.table import TABLE_ENDINGS, Table, joined_notes, read_table
from exactdyn.errors import InputError, NumberError, ShapeError
from exactdyn.numbers.reading import ExactFloats, Rows, exact_rows, from_floats
from proofs_checks.format.rationals import shorten

_JSON = (".json", ".json.gz")
_LABELS = "labels"
_AXES = (2, 3, 4)
# Tokens x tokens; of layers; of layers and heads.


@dataclass(frozen=True, eq=False)
class AttentionWeights:
    """Matrices of attention weights, one for every layer and head.

    Row i says how much token i attends each token. ``matrices``: [layer][head], each rows of exact numbers,
    or an array of floats, which stand for their exact binary values. ``labels``: a text for every token.
    ``notes``: what the reader should be told.
    """

    name: str
    matrices: tuple[tuple[Rows | np.ndarray, ...], ...]
    labels: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for layer, heads in enumerate(self.matrices):
            for head, matrix in enumerate(heads):
                _require_weights(matrix, self.count, f"weights[{layer}][{head}]")
        if self.labels is not None:
            if len(self.labels) != self.count:
                raise ShapeError(f"labels: requires {self.count} texts, one a token, got {len(self.labels)}")
            for token, label in enumerate(self.labels):
                require_label(label, f"labels[{token}]")

    @property
    def layers(self) -> int:
        """The number of layers."""
        return len(self.matrices)

    @property
    def heads(self) -> int:
        """The number of heads of each layer."""
        return len(self.matrices[0])

    @property
    def count(self) -> int:
        """The number of tokens."""
        return len(self.matrices[0][0])

    def rows(self, layer: int, head: int) -> Rows:
        """Return the weights of a layer and a head, exactly."""
        matrix = self.matrices[layer][head]
        return exact_rows(from_floats(matrix), "weights") if isinstance(matrix, np.ndarray) else matrix

    def floats(self, layer: int, head: int) -> np.ndarray:
        """Return the weights of a layer and a head as floats, rounded once."""
        matrix = self.matrices[layer][head]
        if isinstance(matrix, np.ndarray):
            return matrix
        return np.array([[float(weight) for weight in row] for row in matrix])

    def __repr__(self) -> str:
        return f"AttentionWeights({self.layers} layers, {self.heads} heads, {self.count} tokens)"


def load_weights(source: PathName, choice: Choice = UNSAID) -> AttentionWeights:
    r"""Load attention weights from a file.

    ``source``: a table of one matrix, see :func:`~exactdyn.documents.tables.table.read_table`, whose labels
    name the tokens; or an array, ``.npy``, ``.npz`` with ``labels`` beside it, or lists in ``.json``, of
    n x n weights, layers x n x n, layers x heads x n x n, or the last with an axis of length 1 for a batch
    before or after that of layers. ``choice``: what is said of the columns of a table.

    Raises :class:`~exactdyn.errors.InputError`, one line that names the file, for what is none of these, for
    weights below 0 and for tokens that attend nobody.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "weights.csv")
    ...     written = path.write_text(",the,film\nthe,1/4,3/4\nfilm,0,1\n")
    ...     found = load_weights(path)
    >>> found, found.labels
    (AttentionWeights(1 layers, 1 heads, 2 tokens), ('the', 'film'))
    """
    path = Path(source)
    with naming(source):
        require_file(path)
        ending = ending_of(path, (*_JSON, *TABLE_ENDINGS))
        if ending in ARRAY_ENDINGS:
            choice.refuse("attention weights in an array")
            found = _of_array(*_read(path, ending))
        elif ending in _JSON:
            found = _of_list(parse_json_value(read_text(path)), choice)
        else:
            found = _of_table(read_table(path, "weights", choice))
    notes = (*found.notes, *_sums(found))
    said = (f"{shown_name(source)}: {joined_notes(notes)}",) if notes else ()
    return AttentionWeights(path.name[: -len(ending)], found.matrices, found.labels, said)


def _read(path: Path, ending: str) -> tuple[np.ndarray, tuple[str, ...] | None]:
    if ending == ".npy":
        return read_array(path, "weights"), None
    arrays = read_archive(path, (_LABELS,))
    names = arrays.pop(_LABELS, None)
    if len(arrays) != 1:
        raise InputError(f"requires one array, and perhaps {_LABELS}, got {show_names(arrays)}")
    (array,) = arrays.values()
    return array, None if names is None else tuple(map(str, names.ravel().tolist()))


def _of_array(array: np.ndarray, labels: tuple[str, ...] | None) -> AttentionWeights:
    shape = array.shape
    if array.ndim == 5 and 1 in shape[:2]:  # a batch of one
        array = array.squeeze(shape[:2].index(1))
    if array.ndim not in _AXES or array.shape[-1] != array.shape[-2] or 0 in array.shape:
        wanted = "weights of tokens x tokens, layers x tokens x tokens or layers x heads x tokens x tokens"
        raise ShapeError(f"requires {wanted}, got an array of shape {shape}")
    notes = (f"the {len(array)} matrices are taken for layers of one head",) if array.ndim == 3 else ()
    parts = array.reshape(*_sizes(array), *array.shape[-2:]).astype(np.float64)
    if not np.array_equal(parts.ravel(), array.ravel(), equal_nan=True):
        raise NumberError("weights: requires floats, or integers of at most 53 bits")
    return AttentionWeights("", tuple(tuple(layer) for layer in parts), labels, notes)


def _sizes(array: np.ndarray) -> tuple[int, int]:
    return {2: (1, 1), 3: (len(array), 1), 4: array.shape[:2]}[array.ndim]


def _of_list(value: object, choice: Choice) -> AttentionWeights:
    # How deep lists are nested says what they are: rows, layers of one head, or layers of heads.
    depth, inner = 0, value
    while isinstance(inner, list) and inner:
        depth, inner = depth + 1, inner[0]
    if not isinstance(value, list) or (depth not in _AXES and not isinstance(inner, dict)):
        raise ShapeError(
            f"requires lists of rows of weights, perhaps of layers and heads, got {shorten(value)}"
        )
    if depth < 3:
        return _of_table(listed_table(value, "weights", choice))
    choice.refuse("lists of layers")
    layers = [[layer] for layer in value] if depth == 3 else value
    matrices = tuple(tuple(_matrix(head) for head in layer) for layer in layers)
    if len({len(heads) for heads in matrices}) != 1:
        raise ShapeError("weights: requires as many heads in every layer")
    notes = (f"the {len(value)} matrices are taken for layers of one head",) if depth == 3 else ()
    return AttentionWeights("", matrices, None, notes)


def _matrix(rows: Any) -> Rows:
    found = listed_table(rows, "weights").numbers
    return exact_rows(found, "weights")


def _of_table(table: Table) -> AttentionWeights:
    numbers = table.numbers
    matrix: Rows | np.ndarray = numbers.values if isinstance(numbers, ExactFloats) else numbers
    return AttentionWeights("", ((matrix,),), table.labels, table.notes)


def _require_weights(matrix: Rows | np.ndarray, count: int, where: str) -> None:
    for token, row in enumerate(matrix):
        if len(row) != count or len(matrix) != count:
            raise ShapeError(f"{where}: requires {count} x {count} weights, got {len(matrix)} x {len(row)}")
        for other, weight in enumerate(row):
            if not 0 <= weight < float("inf"):
                raise NumberError(f"{where}[{token}][{other}]: requires a weight of at least 0, got {weight}")
        if not any(row):
            raise NumberError(f"{where}[{token}]: requires a weight above 0, got none")


def _sums(found: AttentionWeights) -> tuple[str, ...]:
    """Say how far the weights of a token are from 1 in all, where they are."""
    rows = [row for heads in found.matrices for matrix in heads for row in matrix]
    away = max(abs(1 - (sum(row) if _is_exact(row) else Fraction(fsum(row)))) for row in rows)
    if away == 0:
        return ()
    return (f"the weights of a token add up to 1 within {float(away):.1e}",)


def _is_exact(row: Sequence[object]) -> bool:
    return not isinstance(row, np.ndarray)
