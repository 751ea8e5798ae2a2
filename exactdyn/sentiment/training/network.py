"""The network that is trained: the model with softmax attention, over points with multiplicities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True)
class Shape:
    """What is fixed before training: numbers of words, dimension, layers and tokens, and the temperature."""

    words: int
    dimension: int
    depth: int
    length: int
    temperature: float


def initial_parameters(shape: Shape, seed: int) -> dict[str, Tensor]:
    """Return what is trained: ``E``, the logarithm of ``alpha`` (so alpha stays positive), ``v``, ``b``.

    Source: arXiv 2407.01602, section 4.
    """
    import torch

    generator = torch.Generator().manual_seed(seed)
    parameters = {
        "E": torch.randn(shape.words, shape.dimension, generator=generator),
        "log_alpha": torch.zeros(1),
        "v": torch.randn(shape.dimension, generator=generator) / shape.dimension**0.5,
        "b": torch.zeros(1),
    }
    return {name: value.requires_grad_() for name, value in parameters.items()}


def weights(parameters: dict[str, Tensor]) -> dict[str, np.ndarray]:
    """Return the weights of the model as float32 arrays: ``E``, ``alpha``, ``v``, ``b``."""
    arrays = {name: value.detach().numpy().astype(np.float32) for name, value in parameters.items()}
    return {
        "E": arrays["E"],
        "alpha": np.exp(arrays["log_alpha"]).astype(np.float32),
        "v": arrays["v"],
        "b": arrays["b"],
    }


def bags(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the different rows of each review and how often each occurs, both filled up with zeros.

    ``rows``: reviews x tokens. Equal tokens move together, so that one of them with a multiplicity is enough:
    half the work.

    >>> different, counts = bags(np.array([[5, 0, 5], [1, 2, 3]]))
    >>> different.tolist(), counts.tolist()
    ([[0, 5, 0], [1, 2, 3]], [[1.0, 2.0, 0.0], [1.0, 1.0, 1.0]])
    """
    found = [np.unique(own, return_counts=True) for own in rows]
    most = max(len(own) for own, _ in found)
    different = np.zeros((len(rows), most), dtype=np.int64)
    counts = np.zeros((len(rows), most), dtype=np.float32)
    for place, (own, times) in enumerate(found):
        different[place, : len(own)] = own
        counts[place, : len(own)] = times
    return different, counts


def scores(parameters: dict[str, Tensor], rows: np.ndarray, shape: Shape) -> Tensor:
    """Return the decoder's value at the mean token of each review, by softmax attention.

    Attention is proportional to the multiplicity times exp(<z_i, z_j> / temperature).
    Source: arXiv 2407.01602, section 4.
    """
    import torch

    different, counts = map(torch.from_numpy, bags(rows))
    alpha = parameters["log_alpha"].exp()
    tau = alpha / (1 + alpha)
    multiplicity = counts.log().unsqueeze(1)  # of what only fills up: minus infinity, no attention
    tokens = parameters["E"][different]
    for _ in range(shape.depth):
        logits = tokens @ tokens.transpose(1, 2) / shape.temperature + multiplicity
        tokens = tokens + tau * (logits.softmax(dim=2) @ tokens - tokens)
    mean = (tokens * counts.unsqueeze(2)).sum(dim=1) / counts.sum(dim=1, keepdim=True)
    value: Tensor = mean @ parameters["v"] + parameters["b"]
    return value
