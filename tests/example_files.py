"""Files to load examples from, and the line with which one is refused."""

import gzip
import io
from pathlib import Path

import numpy as np
import pytest

from exactdyn import InputError, load_example
from exactdyn.documents import example_names
from exactdyn.numbers.rationals import RATIONALS

HARDMAX_NAMES = tuple(name for name in example_names() if load_example(name).hardmax is not None)
RATIONAL_NAMES = tuple(name for name in HARDMAX_NAMES if load_example(name).hardmax.domain == RATIONALS)
"""The built-in examples that have an alpha, which those of softmax do not; of these the rational ones."""


def saved(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def array_bytes(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array, allow_pickle=True)
    return file.getvalue()


def archive_bytes(**arrays: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def packed(content: bytes) -> bytes:
    """The content as gzip has it, without the time: a test is named by it, alike in every process."""
    return gzip.compress(content, mtime=0)


def refusal(path: object, **beside: object) -> str:
    """The one line with which a file is refused, without its folder."""
    with pytest.raises(InputError) as caught:
        load_example(path, **beside)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 400
    return message.replace(f"{path.parent}/", "") if isinstance(path, Path) else message
