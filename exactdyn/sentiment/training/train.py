"""The training loop: Adam, an epoch at a time, and checkpoints from which it goes on as if never stopped."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from safetensors.numpy import save

from exactdyn.errors import ExactdynError
from exactdyn.sentiment.training.checkpoint import AVERAGES, STEP, read_checkpoint, tensor_name
from exactdyn.sentiment.training.corpus import Corpus
from exactdyn.sentiment.training.network import Shape, initial_parameters, scores, weights

if TYPE_CHECKING:
    from torch import Tensor
    from torch.optim import Adam

GRADIENT_LIMIT = 1.0
"""The largest norm of a gradient: near a tie, at low temperature, it can be as large as it likes."""

EVALUATED_AT_ONCE = 200


class MissingTorchError(ExactdynError):
    """Training needs torch, which is not installed."""


class DivergenceError(ExactdynError):
    """A training has left the finite numbers."""


@dataclass(frozen=True)
class Plan:
    """How to train.

    ``batch``: reviews a step. ``rate``: Adam's for the encoder, ``shared_rate`` for alpha and the decoder. At
    one rate for all, alpha soon falls to 0 and the layers with it: a mean of word vectors is learnt faster.
    ``seed``: of the weights and the order. ``threads``: None for all cores.
    """

    batch: int
    rate: float
    shared_rate: float
    seed: int
    threads: int | None = None


@dataclass(frozen=True)
class Epoch:
    """How an epoch ended, counted from 1: mean loss over it, shares of reviews classified right after it."""

    number: int
    loss: float
    test_accuracy: float


class Training:
    """A model in training on a corpus.

    ``checkpoint``: the bytes of an earlier state of this very training (see :meth:`checkpoint`), None to
    begin. Raises :class:`MissingTorchError` without torch, and :class:`~exactdyn.errors.InputError` for a
    checkpoint of a training with another corpus, shape, batch, rate or seed.
    """

    def __init__(self, corpus: Corpus, shape: Shape, plan: Plan, checkpoint: Path | None = None) -> None:
        try:
            import torch
        except ImportError:
            raise MissingTorchError(
                "train: requires torch (in a clone of exactdyn: pip install '.[sentiment]')"
            ) from None
        if plan.threads is not None:
            torch.set_num_threads(plan.threads)
        self._corpus, self._shape, self._plan = corpus, shape, plan
        self._parameters: dict[str, Tensor] = initial_parameters(shape, plan.seed)
        encoder, *shared = self._parameters.values()
        rates = [{"params": [encoder], "lr": plan.rate}, {"params": shared, "lr": plan.shared_rate}]
        self._optimizer: Adam = torch.optim.Adam(rates)
        self.epochs_done = 0
        if checkpoint is not None:
            self._restore(checkpoint)

    def run_epoch(self, progress: Callable[[int], None] = lambda done: None) -> Epoch:
        """Train for one epoch; ``progress`` is told how many reviews are done.

        Raises :class:`DivergenceError` if the loss is no finite number any more.

        Source: arXiv 2407.01602, section 4; D. Kingma and J. Ba, Adam, arXiv 1412.6980, algorithm 1.
        """
        import torch

        learnt = np.flatnonzero(~self._corpus.test)
        # The order of an epoch depends on the seed and its number alone, so that one can stop in between.
        order = np.random.default_rng([self._plan.seed, self.epochs_done]).permutation(learnt)
        losses = []
        for begin in range(0, len(order), self._plan.batch):
            chosen = order[begin : begin + self._plan.batch]
            found = scores(self._parameters, self._corpus.rows[chosen], self._shape)
            wanted = torch.from_numpy(self._corpus.labels[chosen].astype(np.float32))
            loss = torch.nn.functional.binary_cross_entropy_with_logits(found, wanted)
            self._optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self._parameters.values(), GRADIENT_LIMIT)
            self._optimizer.step()
            losses.append(float(loss.detach()) * len(chosen))
            if not math.isfinite(losses[-1]):
                raise DivergenceError(
                    f"train: the loss is no number any more in epoch {self.epochs_done + 1}: "
                    "smaller --rate, --shared-rate or a larger --temperature may help"
                )
            progress(begin + len(chosen))
        self.epochs_done += 1
        return Epoch(self.epochs_done, sum(losses) / len(order), self.test_accuracy())

    def test_accuracy(self) -> float:
        """Return the share of the held-out reviews that the softmax network, in float32, classifies right.

        Source: arXiv 2407.01602, section 4.
        """
        import torch

        held_out = np.flatnonzero(self._corpus.test)
        right = 0
        with torch.no_grad():
            for begin in range(0, len(held_out), EVALUATED_AT_ONCE):
                chosen = held_out[begin : begin + EVALUATED_AT_ONCE]
                found = scores(self._parameters, self._corpus.rows[chosen], self._shape).numpy()
                right += int(((found > 0) == self._corpus.labels[chosen]).sum())
        return right / len(held_out)

    def model(self) -> bytes:
        """Return the trained model as a safetensors file: the weights, and what else a model states."""
        shape = self._shape
        stated = {
            "depth": str(shape.depth),
            "seq_length": str(shape.length),
            "pad_row": "0",
            "temperature": repr(shape.temperature),
        }
        return save(weights(self._parameters), stated)

    def checkpoint(self) -> bytes:
        """Return all that it takes to go on, as a safetensors file."""
        tensors = {name: value.detach().numpy() for name, value in self._parameters.items()}
        for name, value in self._parameters.items():
            for key, entry in self._optimizer.state[value].items():
                tensors[tensor_name(key, name)] = np.atleast_1d(entry.numpy())
        return save(tensors, self._signature() | {"epochs": str(self.epochs_done)})

    def _restore(self, path: Path) -> None:
        import torch

        shapes = {name: tuple(value.shape) for name, value in self._parameters.items()}
        tensors, self.epochs_done = read_checkpoint(path, self._signature(), shapes)
        with torch.no_grad():
            for name, parameter in self._parameters.items():
                parameter.copy_(torch.from_numpy(tensors[name].copy()))
                state = {key: torch.from_numpy(tensors[tensor_name(key, name)].copy()) for key in AVERAGES}
                step = torch.tensor(float(tensors[tensor_name(STEP, name)][0]))
                self._optimizer.state[parameter] = {STEP: step, **state}

    def _signature(self) -> dict[str, str]:
        plan, shape = self._plan, self._shape
        return {
            "shape": repr(shape),
            "plan": f"batch {plan.batch}, rates {plan.rate} and {plan.shared_rate}, seed {plan.seed}",
            "corpus": _fingerprint(self._corpus),
        }


def _fingerprint(corpus: Corpus) -> str:
    from hashlib import sha256

    digest = sha256()
    for array in (corpus.rows, corpus.labels, corpus.test):
        digest.update(array.tobytes())
    return digest.hexdigest()[:16]
