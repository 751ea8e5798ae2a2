"""One review, run exactly: who leads, who follows whom, and the exact score after every layer."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from exactdyn.errors import InputError
from exactdyn.floats.attended import Attended, PointSets, leading
from exactdyn.numbers.reading import Row, from_floats
from exactdyn.sentiment.model.model import Model
from exactdyn.sentiment.model.review import Review
from exactdyn.systems.run import Run


@dataclass(frozen=True, eq=False)
class ReviewRun:
    """A review run exactly. Equal tokens are one *point* with a multiplicity, and they stay so.

    Points are numbered in the order of their lowest word rows. With the identity for A and alpha > 0
    different points never meet (lemma ``no-collision`` in ``proofs_checks/FORMAT.md``), so the points are
    the same at every layer. ``members``: the tokens of each point. ``rows``: the word rows of each point,
    mostly one.

    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> run = run_review(model, load_reviews("handmade", model)[0])
    >>> [run.word(point) for point in run.leading(model.depth)], run.score(model.depth) > 0
    (['great', 'time'], True)
    """

    model: Model
    review: Review
    run: Run
    members: tuple[tuple[int, ...], ...]
    rows: tuple[tuple[int, ...], ...]

    @cached_property
    def point_of(self) -> tuple[int, ...]:
        """The point of each token.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> run = run_review(model, load_reviews("handmade", model)[0])
        >>> run.point_of[:4]
        (0, 0, 0, 1)
        """
        points = {token: point for point, tokens in enumerate(self.members) for token in tokens}
        return tuple(points[token] for token in range(len(points)))

    @property
    def weights(self) -> list[int]:
        """The multiplicity of each point.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> run = run_review(model, load_reviews("handmade", model)[0])
        >>> run.weights
        [3, 2, 2, 1, 1, 1, 1, 1]
        """
        return [len(tokens) for tokens in self.members]

    def word(self, point: int) -> str:
        """Return the word of a point; words that share a vector are joined by "/".

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> run = run_review(model, load_reviews("handmade", model)[0])
        >>> run.word(0)
        '<PAD>'
        """
        return "/".join(self.model.word(row) for row in self.rows[point])

    def labels(self) -> list[str]:
        """Return the word of each token.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> run = run_review(model, load_reviews("handmade", model)[0])
        >>> run.labels()[:3]
        ['<PAD>', '<PAD>', '<PAD>']
        """
        return [self.model.word(row) for row in self.review.rows()]

    def attended(self, layer: int) -> PointSets:
        """Return the attention sets of a layer, as points.

        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.
        Source: arXiv 2407.01602, equation (1.2).

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> run = run_review(model, load_reviews("handmade", model)[0])
        >>> run.attended(0)[:3]
        ((5,), (1,), (1,))
        """
        sets = self.run.attention(layer)
        known: dict[frozenset[int], tuple[int, ...]] = {}
        points = []
        for tokens in self.members:
            own = sets[tokens[0]]
            if own not in known:
                known[own] = tuple(sorted({self.point_of[token] for token in own}))
            points.append(known[own])
        return tuple(points)

    def leading(self, layer: int) -> tuple[int, ...]:
        """Return the leading points of a layer: those whose copies attend exactly each other.

        They persist.
        Source: lemma ``leaders-persist`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> run = run_review(model, load_reviews("handmade", model)[0])
        >>> [run.word(point) for point in run.leading(0)]
        ['great', 'time']
        """
        return leading(self.attended(layer))

    def places(self, layer: int) -> list[Row]:
        """Return where each point is at a layer: d fractions.

        Source: arXiv 2407.01602, equation (1.1).

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> run = run_review(model, load_reviews("handmade", model)[0])
        >>> run.places(0)[0]
        (Fraction(-1, 4), Fraction(-1, 8))
        """
        state = self.run.state(layer)
        return [state.row(tokens[0]) for tokens in self.members]

    def score(self, layer: int) -> Fraction:
        """Return the decoder's value at the mean token of a layer; its sign is the class.

        Source: arXiv 2407.01602, section 4.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> run = run_review(model, load_reviews("handmade", model)[0])
        >>> run.score(0)
        Fraction(109, 384)
        """
        return mean_score(self.model, self.places(layer), self.weights)


def mean_score(model: Model, places: list[Row], weights: list[int]) -> Fraction:
    """Return the decoder's value at the mean of weighted points.

    ``places``: d fractions a point; ``weights``: positive integers.
    Source: arXiv 2407.01602, section 4.

    >>> from exactdyn.sentiment.model.load import load_model
    >>> mean_score(load_model("handmade"), [(Fraction(1), Fraction(0)), (Fraction(0), Fraction(0))], [1, 1])
    Fraction(0, 1)
    """
    total = sum(
        (weight * model.decoder.value(place) for place, weight in zip(places, weights, strict=True)),
        Fraction(0),
    )
    return total / sum(weights)


def class_of(score: Fraction | float) -> str:
    """Name the class that the exact sign of a score says.

    >>> class_of(Fraction(1, 3)), class_of(Fraction(0))
    ('positive', 'undetermined')
    """
    if score == 0:
        return "undetermined"
    return "positive" if score > 0 else "negative"


def run_review(model: Model, review: Review, layers: int | None = None) -> ReviewRun:
    """Run a review exactly through the layers of a model, or as many as ``layers`` says.

    Raises :class:`~exactdyn.errors.InputError` for a review with a word that the model does not have, and
    for a bad number of layers.
    Source: arXiv 2407.01602, section 4.
    """
    try:
        vectors = model.encode([row for row, _ in review.bag])
    except InputError as error:
        raise InputError(f"review {review.name}: {error}") from None
    counts = [count for _, count in review.bag]
    run = model.system.run(
        from_floats(np.repeat(vectors, counts, axis=0)), model.depth if layers is None else layers
    )
    points: dict[tuple[float, ...], int] = {}
    members: list[list[int]] = []
    rows: list[list[int]] = []
    token = 0
    for (row, count), vector in zip(review.bag, vectors.tolist(), strict=True):
        point = points.setdefault(tuple(vector), len(points))  # the two float zeros are equal and hash alike
        if point == len(members):
            members.append([])
            rows.append([])
        rows[point].append(row)
        members[point].extend(range(token, token + count))
        token += count
    return ReviewRun(model, review, run, tuple(map(tuple, members)), tuple(map(tuple, rows)))


def exact_steps(run: ReviewRun) -> tuple[Attended, ...]:
    """Return the exact attention sets of all layers of a run; equal neighbours are one object.

    Source: lemma ``lock-in`` in ``proofs_checks/FORMAT.md``: what is settled is not looked at again.

    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> steps = exact_steps(run_review(model, load_reviews("handmade", model)[0], layers=9))
    >>> len(steps), steps[0].settled, steps[9] is steps[0]
    (10, True, True)
    """
    steps: list[Attended] = []
    for layer in range(run.run.layers + 1):
        if steps and steps[-1].settled:
            return (*steps, *[steps[-1]] * (run.run.layers + 1 - layer))
        sets = run.attended(layer)
        steps.append(steps[-1] if steps and steps[-1].sets == sets else Attended(sets))
    return tuple(steps)
