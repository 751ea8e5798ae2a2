"""The fields of a model, one by one."""

import numpy as np

from exactdyn.sentiment.model.load import load_model
from tests.sentiment.model.stated import WEIGHTS, changed, saved


def test_a_temperature_may_be_an_integer(tmp_path):
    np.savez(tmp_path / "m.npz", **WEIGHTS, temperature=1)
    saved(tmp_path / "m.json", changed(("model", "temperature"), 1))
    for name in ("m.npz", "m.json"):
        assert load_model(str(tmp_path / name)).temperature == 1.0
