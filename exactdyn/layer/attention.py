"""The attention sets of a state, ties exact."""

from __future__ import annotations

from typing import TypeAlias

from flint import fmpz_mat

from exactdyn.numbers.points import Points

AttentionSets: TypeAlias = tuple[frozenset[int], ...]
"""For every token the set of tokens it attends."""


def attention_sets(matrix: fmpz_mat, state: Points) -> AttentionSets:
    """Return C_i = { j : <A z_i, z_j> is maximal } for every token i, all ties kept.

    ``matrix``: a positive multiple of A with integer entries, d x d. ``state``: n points of Q^d.
    Source: arXiv 2407.01602, equation (1.2).

    >>> sets = attention_sets(fmpz_mat([[1, 0], [0, 1]]), Points.from_rows([[1, 1], [1, -1], ["1/2", 0]]))
    >>> [sorted(attended) for attended in sets]
    [[0], [1], [0, 1]]
    """
    # One positive factor a row changes no comparison within it, so numerators over one denominator will do.
    numerators, _ = state.common
    scores = (numerators * matrix.transpose() * numerators.transpose()).tolist()
    # Tokens mostly share their sets: equal sets are kept once.
    known: dict[tuple[int, ...], frozenset[int]] = {}
    sets = []
    for row in scores:
        largest = max(row)
        attended = tuple(j for j, score in enumerate(row) if score == largest)
        sets.append(known.setdefault(attended, frozenset(attended)))
    return tuple(sets)


def sole_attention(sets: AttentionSets) -> frozenset[int]:
    """Return the tokens that attend themselves and nobody else: the leaders of this layer.

    Source: arXiv 2407.01602, Definition 2.1 (leader).

    >>> sorted(sole_attention((frozenset({0}), frozenset({0}), frozenset({2}))))
    [0, 2]
    """
    return frozenset(token for token, attended in enumerate(sets) if attended == {token})


def leading_points(state: Points, sets: AttentionSets) -> tuple[frozenset[int], ...]:
    """Return the points whose copies attend exactly each other, each as its set of tokens, lowest first.

    A token with an exact copy never is a leader; a leading point plays the same part (lemma
    ``leaders-persist`` in ``proofs_checks/FORMAT.md``, which holds for leading points by the same proof).

    >>> state = Points.from_rows([[1, 1], [1, 1], ["1/2", 0]])
    >>> [sorted(point) for point in leading_points(state, attention_sets(fmpz_mat([[1, 0], [0, 1]]), state))]
    [[0, 1]]
    """
    points = {min(copies): copies for copies in state.copies}
    return tuple(copies for copies in points.values() if all(sets[token] == copies for token in copies))
