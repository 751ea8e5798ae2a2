"""The network that is trained, as far as it needs no torch."""

import numpy as np

from exactdyn.sentiment.training.network import bags


def test_a_bag_counts_every_token():
    different, counts = bags(np.array([[7, 7, 0, 2], [1, 1, 1, 1]]))
    assert different.tolist() == [[0, 2, 7], [1, 0, 0]]
    assert counts.tolist() == [[1, 1, 2], [4, 0, 0]]
