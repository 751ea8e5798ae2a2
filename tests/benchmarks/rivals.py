"""The loops that the kernel is measured against, each returning the attention sets of the layers 0..K-1."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from exactdyn.layer.attention import AttentionSets
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import from_floats
from exactdyn.systems.hardmax import Hardmax
from tests.benchmarks.workloads import Tokens
from tests.judges import reference

Itinerary = list[AttentionSets]


def as_floats(tokens: Tokens) -> np.ndarray:
    """Return a float64 array of one's own."""
    return np.array(tokens, dtype=np.float64)


def as_exact(tokens: Tokens) -> object:
    """Return tokens as the toolkit takes them."""
    return from_floats(tokens) if isinstance(tokens, np.ndarray) else tokens


def float_masks(
    tokens: Tokens, matrix: np.ndarray | None, alpha: Fraction, layers: int
) -> tuple[np.ndarray, list[np.ndarray]]:
    """The loop that a competent numpy user would write: the last state, and a boolean matrix for every layer.

    Ties are by equality of floats.
    """
    step = float(alpha / (1 + alpha))
    z = as_floats(tokens)
    masks = []
    for layer in range(layers):
        scores = (z if matrix is None else z @ matrix.T) @ z.T
        masks.append(scores == scores.max(axis=1, keepdims=True))
        if layer + 1 < layers:
            z += step * (masks[-1] / masks[-1].sum(axis=1, keepdims=True) @ z - z)
    return z, masks


def vectorised_floats(tokens: Tokens, matrix: np.ndarray | None, alpha: Fraction, layers: int) -> Itinerary:
    """The same, with sets made of its matrices by one ``nonzero`` a layer."""
    _, masks = float_masks(tokens, matrix, alpha, layers)
    return [as_sets(mask) for mask in masks]


def as_sets(mask: np.ndarray) -> AttentionSets:
    """Return the sets of the true places of each row."""
    attended = mask.nonzero()[1].tolist()
    ends = mask.sum(axis=1).cumsum().tolist()
    return tuple(frozenset(attended[a:b]) for a, b in zip([0, *ends[:-1]], ends, strict=True))


def floats_token_by_token(
    tokens: Tokens, matrix: np.ndarray | None, alpha: Fraction, layers: int
) -> Itinerary:
    """The same, a row at a time."""
    step = float(alpha / (1 + alpha))
    z = as_floats(tokens)
    itinerary = []
    for _ in range(layers):
        following, sets = np.empty_like(z), []
        for i, token in enumerate(z):
            scores = z @ (token if matrix is None else matrix @ token)
            attended = np.flatnonzero(scores == scores.max())
            sets.append(frozenset(attended.tolist()))
            following[i] = token + step * (z[attended].mean(axis=0) - token)
        itinerary.append(tuple(sets))
        z = following
    return itinerary


def plain_exact(tokens: Tokens, matrix: np.ndarray | None, alpha: Fraction, layers: int) -> Itinerary:
    """The plain kernel: integer matrix products over cleared denominators."""
    system = Hardmax(None if matrix is None else from_floats(matrix), alpha)
    state = Points.from_rows(as_exact(tokens))
    itinerary = []
    for layer in range(layers):
        itinerary += system.attention(layer, state)
        if layer + 1 < layers:
            state = system.step(layer).moved(state, itinerary[-1])
    return itinerary


def plain_fractions(tokens: Tokens, matrix: np.ndarray | None, alpha: Fraction, layers: int) -> Itinerary:
    """The definition in the standard library's fractions."""
    rows = np.eye(len(tokens[0])) if matrix is None else matrix
    system = reference.system(rows.tolist(), alpha, [list(row) for row in tokens])
    return [layer.attention for layer in reference.run(system, layers - 1)]


def filtered(tokens: Tokens, matrix: np.ndarray | None, alpha: Fraction, layers: int) -> Itinerary:
    """What is measured: conversion of the input, the run, all attention sets of all layers."""
    system = Hardmax(None if matrix is None else from_floats(matrix), alpha)
    run = system.run(as_exact(tokens), layers - 1)
    return [run.attention(layer) for layer in range(layers)]


def filtered_masks(
    tokens: Tokens, matrix: np.ndarray | None, alpha: Fraction, layers: int
) -> tuple[np.ndarray, Sequence[AttentionSets]]:
    """The same information as :func:`float_masks`: the last state in floats, and who attended whom."""
    system = Hardmax(None if matrix is None else from_floats(matrix), alpha)
    run = system.run(as_exact(tokens), layers - 1)
    return run.floats(layers - 1), run.itinerary
