"""Steps away from what is attended under a negative semidefinite form: hulls never shrink, nor rest."""

from __future__ import annotations

from dataclasses import dataclass

from exactdyn.geometry.definiteness import Factorisation
from exactdyn.systems.trajectory import Trajectory


@dataclass(frozen=True)
class Spreading:
    """A proof that some token has no limit, whatever the graphs are; which one is not said.

    <Ax, x> <= 0 for all x, as ``factorisation`` of -A proves, and steps go away from what is attended, by one
    tau < 0. At ``layer`` the scores of ``token`` for the first of ``tokens`` and the second are different.
    Source: lemma ``spreading-hulls`` in ``proofs_checks/FORMAT.md``.
    """

    factorisation: Factorisation
    layer: int
    token: int
    tokens: tuple[int, int]


def find_spreading(trajectory: Trajectory) -> Spreading | None:
    """Return the proof at layer 0 of a system that the lemma is about, None without it.

    Where there is none all tokens attend all, at this layer and for ever.
    Source: lemma ``spreading-hulls`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax([[-1, 3], [-3, -1]], alpha="-1/3").run([[1, 0], [0, 1], [-1, -2], [3, 1]], layers=0)
    >>> find_spreading(Trajectory(run)).tokens
    (2, 0)
    """
    factorisation = trajectory.facts.spreads
    if factorisation is None:
        return None
    scores = trajectory.state(0).domain.compared(trajectory.scores(0)[0])
    for i, (row, own) in enumerate(zip(scores, trajectory.attention(0), strict=True)):
        attended = min(own)
        other = next((b for b, score in enumerate(row) if score < row[attended]), None)
        if other is not None:
            return Spreading(factorisation, 0, i, (attended, other))
    return None
