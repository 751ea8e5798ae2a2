"""A model of three words as a document and as arrays, changed in one place, and how it is refused."""

import copy
import json

import numpy as np
import pytest

from exactdyn.errors import InputError
from exactdyn.sentiment.model.load import load_model

STATED = {"alpha": "0x1.8p+0", "v": ["0x1p+0", "-0x1p+0"], "b": "0x1p-2", "depth": 2, "seq_length": 4}


WORDS = [[0, "<PAD>", "0x0p+0", "0x1p-1"], [3, "good", "0x1p+0", "0x0p+0"], [5, "bad", "-0x1p+0", "0x1p+1"]]


REVIEWS = [{"id": "one", "label": 1, "bag": [[0, 2], [3, 2]]}]


DOCUMENT = {"model": STATED, "words": WORDS, "reviews": REVIEWS}


WEIGHTS = {
    "E": np.array([[0.0, 0.5], [1.0, 0.0], [-1.0, 2.0]], dtype=np.float32),
    "alpha": np.array([1.5], dtype=np.float32),
    "v": np.array([1.0, -1.0], dtype=np.float32),
    "b": np.array([0.25], dtype=np.float32),
}


def changed(path, value):
    document = copy.deepcopy(DOCUMENT)
    *way, last = path
    place = document
    for step in way:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return document


def refusal(path, **arguments):
    with pytest.raises(InputError) as caught:
        load_model(str(path), **arguments)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def saved(path, document):
    path.write_text(json.dumps(document))
    return path
