import numpy as np
import pytest

from exactdyn.kernel.floats.candidates import attendable
from exactdyn.kernel.floats.shadow import Vectors
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import from_floats


@pytest.mark.parametrize("shape", ["normal", "disc", "circle", "square", "lattice", "line", "one point"])
@pytest.mark.parametrize("error", [0.0, 2.0**-50, 2.0**-20])
def test_whatever_is_attended_is_a_candidate(shape, error):
    rng = np.random.default_rng(7)
    angles = rng.random(400) * 2 * np.pi
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    grid = np.array([[x, y] for x in range(-9, 10) for y in range(-9, 10)], dtype=float) / 9
    rows = {
        "normal": rng.standard_normal((400, 2)) / 8,
        "disc": circle * np.sqrt(rng.random((400, 1))),
        "circle": circle,
        "square": rng.random((400, 2)) * 2 - 1,
        "lattice": grid,
        "line": np.outer(np.linspace(-1, 1, 201), [1.0, 0.5]),
        "one point": np.full((60, 2), 0.25),
    }[shape]
    kept = set(attendable(Vectors(rows, error), np.arange(len(rows))).tolist())
    moved = rows + error * rng.choice([-1.0, 1.0], rows.shape)  # an exact state that this may stand for
    directions = np.concatenate([circle[:60], np.eye(2), -np.eye(2), [[2, -1], [-1, 2], [1, 0.5], [1, 1]]])
    numerators, _ = Points.from_rows(from_floats(moved)).common
    rays, _ = Points.from_rows(from_floats(directions)).common
    for scores in (rays * numerators.transpose()).tolist():
        highest = max(scores)
        assert kept.issuperset(j for j, score in enumerate(scores) if score == highest)
    if shape in ("normal", "disc", "square", "lattice") and error < 1e-9:
        assert len(kept) < len(rows) / 2


def test_in_one_dimension_the_candidates_are_the_ends():
    rows = np.array([[x / 50] for x in range(-50, 51)])
    assert attendable(Vectors(rows, 2.0**-40), np.arange(101)).tolist() == [0, 100]
    assert attendable(Vectors(rows, 0.015), np.arange(101)).tolist() == [0, 1, 99, 100]
