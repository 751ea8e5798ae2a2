"""The attention sets of a state, ties exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from exactdyn.layer.scores import Scores
from exactdyn.numbers.points import Points

AttentionSets: TypeAlias = tuple[frozenset[int], ...]
"""For every token the set of tokens it attends."""


def attention_sets(scores: Scores, state: Points) -> AttentionSets:
    """Return C_i = { j : <A z_i, z_j> is maximal } for every token i, all ties kept.

    ``scores``: those of A, d x d. ``state``: n points of Q^d.
    Source: arXiv 2407.01602, equation (1.2).

    >>> from exactdyn.numbers.vectors import identity
    >>> sets = attention_sets(Scores(identity(2)), Points.from_rows([[1, 1], [1, -1], ["1/2", 0]]))
    >>> [sorted(attended) for attended in sets]
    [[0], [1], [0, 1]]
    """
    # Tokens mostly share their sets: equal sets are kept once.
    known: dict[tuple[int, ...], frozenset[int]] = {}
    sets = []
    for row in scores.compared(state).tolist():
        largest = max(row)
        attended = tuple(j for j, score in enumerate(row) if score == largest)
        sets.append(known.setdefault(attended, frozenset(attended)))
    return tuple(sets)


def joined(heads: Sequence[AttentionSets]) -> AttentionSets:
    """Return for every token what it attends in some head.

    >>> [sorted(own) for own in joined([(frozenset({0}), frozenset({1})), (frozenset({0}), frozenset({0}))])]
    [[0], [0, 1]]
    """
    if len(heads) == 1:
        return heads[0]
    return tuple(map(frozenset.union, *heads))


def sole_attention(sets: AttentionSets) -> frozenset[int]:
    """Return the tokens that attend themselves and nobody else: the leaders of this layer.

    Source: arXiv 2407.01602, Definition 2.1 (leader).

    >>> sorted(sole_attention((frozenset({0}), frozenset({0}), frozenset({2}))))
    [0, 2]
    """
    return frozenset(token for token, attended in enumerate(sets) if attended == {token})


def leading_points(
    state: Points, sets: AttentionSets | Mapping[int, frozenset[int]]
) -> tuple[frozenset[int], ...]:
    """Return the points whose copies attend exactly each other, each as its set of tokens, lowest first.

    ``sets``: those of all tokens, or of some by token. Whoever attends one leading point alone does so for
    ever under a step that keeps a part of the token (lemma ``lock-in`` in ``proofs_checks/FORMAT.md``).

    A token with an exact copy never is a leader; a leading point plays the same part (lemma
    ``leaders-persist`` in ``proofs_checks/FORMAT.md``, which holds for leading points by the same proof).
    Source: lemma ``leaders-persist`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.numbers.vectors import identity
    >>> state = Points.from_rows([[1, 1], [1, 1], ["1/2", 0]])
    >>> [sorted(point) for point in leading_points(state, attention_sets(Scores(identity(2)), state))]
    [[0, 1]]
    """
    known = sets if isinstance(sets, Mapping) else dict(enumerate(sets))
    places = dict.fromkeys(state.points[token] for token, own in known.items() if token in own)
    points = sorted(map(frozenset, state.tokens_at(places)), key=min)
    return tuple(copies for copies in points if all(known.get(token) == copies for token in copies))
