"""All heads of a model, judged one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from exactdyn.documents.files import naming
from exactdyn.geometry.spectrum import Eigenvalue
from exactdyn.presentation import Presentable
from exactdyn.softmax.decimals import decimals
from exactdyn.transformer.head import HYPOTHESES, InspectedHead, inspect_head
from exactdyn.transformer.load import load_transformer
from exactdyn.transformer.thin import MatrixFacts
from exactdyn.verdict import Verdict

LEFT_OUT = (
    "biases",
    "the factor 1/sqrt(c) of the scores (it changes no verdict)",
    "layer norm",
    "feed-forward blocks",
    "embeddings of words and positions",
    "the sum over heads and the change from layer to layer (every head is judged alone)",
)
"""What there is in a transformer beside the matrices that are judged."""


@dataclass(frozen=True)
class Inspection(Presentable):
    """The heads of a model, each with what is known of its V and A.

    ``layout``: how the arrays are named. ``dimension``: of the tokens. ``width``: of the values of a head.
    """

    layout: str
    dimension: int
    width: int
    layers: int
    heads_per_layer: int
    heads: tuple[InspectedHead, ...]

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many heads satisfy each hypothesis: {name: {outcome: number}}.

        >>> inspect({"Q": [[1]], "K": [[1]], "V": [[2]]}).counts["good-triple"]
        {'holds': 1, 'fails': 0, 'undecided': 0}
        """
        outcomes = ("holds", "fails", "undecided")
        found: Counter[tuple[str, str]] = Counter(
            (name, own.outcome) for head in self.heads for name, own in head.hypotheses.items()
        )
        return {name: {outcome: found[name, outcome] for outcome in outcomes} for name in HYPOTHESES}

    @property
    def kinds(self) -> dict[str, int]:
        """How many heads have a leading eigenvalue of each kind.

        >>> inspect({"Q": [[1]], "K": [[1]], "V": [[-2]]}).kinds
        {'negative': 1}
        """
        return dict(sorted(Counter(head.leading for head in self.heads).items()))

    def to_dict(self) -> dict[str, object]:
        """Return what ``inspect --json`` prints; every ball as [midpoint, radius], decimals that enclose.

        >>> inspect({"Q": [[1]], "K": [[1]], "V": [[2]]}).to_dict()["heads"][0]["form"]
        ['1', '0']
        """
        return {
            "layout": self.layout,
            "dimension": self.dimension,
            "width": self.width,
            "layers": self.layers,
            "heads_per_layer": self.heads_per_layer,
            "left_out": list(LEFT_OUT),
            "counts": self.counts,
            "kinds": self.kinds,
            "heads": [_head_data(head) for head in self.heads],
        }

    def __repr__(self) -> str:
        good = self.counts["good-triple"]["holds"]
        return f"Inspection({len(self.heads)} heads in dimension {self.dimension}, {good} good triples)"


def inspect(
    model: str | Path | Mapping[str, object], progress: Callable[[int, int], None] = lambda done, all: None
) -> Inspection:
    """Judge every head of a transformer: its spectra, and which hypotheses its matrices satisfy.

    Weights are floats, and taken at their exact values. Ranks, symmetry, inertia and multiplicities are
    exact, eigenvalues are enclosed; where two moduli, or a form and 0, are not told apart by 2048 bits, the
    verdict is undecided. ``model``: see :func:`~exactdyn.transformer.load.load_transformer`. ``progress``:
    told how many heads of how many are done.

    Raises :class:`~exactdyn.errors.InputError` for what is no such model.
    Source: arXiv 2305.05465, which looks at the value matrices of ALBERT so.

    >>> inspect({"Q": [[1, 0]], "K": [[1, 0]], "V": [[2, 0], [0, 1]]})
    Inspection(1 heads in dimension 2, 1 good triples)
    """
    loaded = load_transformer(model)
    heads: list[InspectedHead] = []
    with naming(model if isinstance(model, str | Path) else "matrices"):
        for layer, head, weights in loaded.all_heads():
            heads.append(inspect_head(layer, head, weights))
            progress(len(heads), loaded.layers * loaded.heads)
    return Inspection(
        loaded.layout, loaded.dimension, loaded.width, loaded.layers, loaded.heads, tuple(heads)
    )


def _head_data(head: InspectedHead) -> dict[str, object]:
    return {
        "layer": head.layer,
        "head": head.head,
        "leading": head.leading,
        "form": None if head.form is None else list(decimals(head.form)),
        "hypotheses": {name: _verdict_data(own) for name, own in head.hypotheses.items()},
        "inertia": vars(head.inertia),
        "V": _matrix_data(head.value),
        "A": _matrix_data(head.scores),
    }


def _verdict_data(verdict: Verdict) -> dict[str, object]:
    witness = None if verdict.witness is None else dict(verdict.witness)
    return {"verdict": verdict.outcome, "witness": witness, "reason": verdict.reason}


def _matrix_data(facts: MatrixFacts) -> dict[str, object]:
    return {
        "rank": facts.rank,
        "asymmetry": None if facts.asymmetry is None else list(facts.asymmetry),
        "eigenvalues": [_eigenvalue_data(own) for own in facts.eigenvalues],
    }


def _eigenvalue_data(own: Eigenvalue) -> dict[str, object]:
    parts = {"real": own.value.real, "imaginary": own.value.imag}
    return {name: list(decimals(part)) for name, part in parts.items()} | {"multiplicity": own.multiplicity}
