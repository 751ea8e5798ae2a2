"""One review explained: the leaders, who follows whom, every word's path, the score after every layer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np

from exactdyn.floats.attended import PointSets, leading
from exactdyn.limits import Limit, limit
from exactdyn.numbers.reading import Row
from exactdyn.presentation import Presentable
from exactdyn.sentiment.model.model import Model
from exactdyn.sentiment.model.review import Review
from exactdyn.sentiment.runs.exact import ReviewRun, mean_score, run_review


@dataclass(frozen=True, eq=False, repr=False)
class Explanation(Presentable):
    """What happens to a review inside the model, exactly. Points are those of the run.

    ``run``: the exact run through all layers. ``attended``: for layers 0..depth the points that each point
    attends. ``places``: for layers 0..depth where each point is, d fractions. ``limit``: the limit of many
    layers.

    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> found = explain(model, load_reviews("handmade", model)[1])
    >>> for leader, cluster in found.clusters.items():
    ...     print(found.run.word(leader), [found.run.word(point) for point in cluster])
    awful ['awful', 'film', 'movie', 'boring']
    worst ['worst', 'time']
    waste ['<PAD>', 'plot', 'waste']
    """

    run: ReviewRun
    attended: tuple[PointSets, ...]
    places: tuple[tuple[Row, ...], ...]
    limit: Limit

    def __repr__(self) -> str:
        size = f"{len(self.points)} points, {len(self.leaders)} leaders, limit {self.limit.status}"
        return f"Explanation({self.review.name!r}: {size})"

    @property
    def model(self) -> Model:
        """The model.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> found = explain(model, load_reviews("handmade", model)[0])
        >>> found.model
        Model(16 words in dimension 2, 3 layers)
        """
        return self.run.model

    @property
    def review(self) -> Review:
        """The review.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> found = explain(model, load_reviews("handmade", model)[0])
        >>> found.review.label
        1
        """
        return self.run.review

    @property
    def padding(self) -> int:
        """How many of the tokens are padding; they take part as every word does.

        Source: arXiv 2407.01602, section 4.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> found = explain(model, load_reviews("handmade", model)[0])
        >>> found.padding
        3
        """
        return dict(self.review.bag).get(self.model.padding, 0)

    @cached_property
    def scores_without_padding(self) -> tuple[Fraction, ...] | None:
        """The same scores of the review without its padding; None where there is none, or nothing else.

        Source: arXiv 2407.01602, section 4.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> found = explain(model, load_reviews("handmade", model)[0])
        >>> [score > 0 for score in found.scores_without_padding]
        [True, True, True, True]
        """
        words = tuple((row, count) for row, count in self.review.bag if row != self.model.padding)
        if not self.padding or not words:
            return None
        run = run_review(self.model, replace(self.review, bag=words))
        return tuple(run.score(layer) for layer in range(len(self.places)))

    @property
    def points(self) -> range:
        """The points, in the order of their word rows.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> found = explain(model, load_reviews("handmade", model)[0])
        >>> found.points
        range(0, 8)
        """
        return range(len(self.run.members))

    @cached_property
    def scores(self) -> tuple[Fraction, ...]:
        """The decoder's value at the mean token before the first and after every layer.

        Source: arXiv 2407.01602, section 4.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> found = explain(model, load_reviews("handmade", model)[0])
        >>> len(found.scores), found.scores[-1] > 0
        (4, True)
        """
        return tuple(mean_score(self.model, list(places), self.run.weights) for places in self.places)

    @cached_property
    def values(self) -> tuple[tuple[Fraction, ...], ...]:
        """The decoder's value at every point, for layers 0..depth; its sign says on which side a word is.

        Source: arXiv 2407.01602, section 4.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> found = explain(model, load_reviews("handmade", model)[0])
        >>> [value > 0 for value in found.values[-1]]
        [False, True, True, True, True, False, True, True]
        """
        return tuple(tuple(map(self.model.decoder.value, places)) for places in self.places)

    @cached_property
    def means(self) -> tuple[Row, ...]:
        """The mean token, for layers 0..depth.

        Source: arXiv 2407.01602, section 4.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> found = explain(model, load_reviews("handmade", model)[0])
        >>> found.means[0]
        (Fraction(15, 32), Fraction(7, 24))
        """
        return tuple(
            tuple(
                sum(map(Fraction.__mul__, column, map(Fraction, self.run.weights)), Fraction(0))
                / self.review.count
                for column in zip(*places, strict=True)
            )
            for places in self.places
        )

    @cached_property
    def leaders(self) -> dict[int, int]:
        """The leading points of the last layer, each with the first layer at which it leads.

        Source: arXiv 2407.01602, Definition 2.1 (leader); they persist, lemma ``leaders-persist`` in
        ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> found = explain(model, load_reviews("handmade", model)[0])
        >>> {found.run.word(point): layer for point, layer in found.leaders.items()}
        {'great': 0, 'time': 0}
        """
        return {
            point: next(k for k, sets in enumerate(self.attended) if sets[point] == (point,))
            for point in leading(self.attended[-1])
        }

    @property
    def clusters(self) -> dict[int, tuple[int, ...]]:
        """For each leading point the points that attend it alone after the last layer.

        Source: arXiv 2407.01602, section 4.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> found = explain(model, load_reviews("handmade", model)[0])
        >>> [len(cluster) for cluster in found.clusters.values()]
        [6, 2]
        """
        last = self.attended[-1]
        return {
            leader: tuple(point for point in self.points if last[point] == (leader,))
            for leader in self.leaders
        }

    @property
    def between(self) -> tuple[int, ...]:
        """The points that after the last layer attend several points, or one that does not lead.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> found = explain(model, load_reviews("handmade", model)[0])
        >>> [found.run.word(point) for point in found.between]
        []
        """
        gathered = {point for cluster in self.clusters.values() for point in cluster}
        return tuple(point for point in self.points if point not in gathered)

    @property
    def changed_side(self) -> tuple[int, ...]:
        """The points on whose side of the decoder's line they do not end where they began.

        Source: arXiv 2407.01602, section 4.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> found = explain(model, load_reviews("handmade", model)[0])
        >>> [found.run.word(point) for point in found.changed_side]
        ['film', 'ending']
        """
        first, last = self.values[0], self.values[-1]
        return tuple(point for point in self.points if _side(first[point]) != _side(last[point]))

    @cached_property
    def limit_score(self) -> Fraction | None:
        """The decoder's value at the mean of the limits; None where the limit is not proved.

        Source: arXiv 2407.01602, Theorem 2.2: the limits; section 4: the decoder.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> found = explain(model, load_reviews("handmade", model)[0])
        >>> found.limit_score > 0
        True
        """
        limits = self.limit.limits
        if self.limit.status != "proved" or limits is None:
            return None
        places = [limits[tokens[0]] for tokens in self.run.members]
        known = [place for place in places if place is not None]
        return mean_score(self.model, known, self.run.weights) if len(known) == len(places) else None

    @property
    def has_the_class_of_the_limit(self) -> bool | None:
        """Whether the last layer has the class of the limit already; None where the limit is not proved.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> found = explain(model, load_reviews("handmade", model)[0])
        >>> found.has_the_class_of_the_limit
        True
        """
        if self.limit_score is None:
            return None
        return _side(self.limit_score) == _side(self.scores[-1])

    def floats(self) -> np.ndarray:
        """Return the places of all points, layers x points x d, for drawing: every coordinate rounded.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> found = explain(model, load_reviews("handmade", model)[0])
        >>> found.floats().shape
        (4, 8, 2)
        """
        return np.array([[[float(x) for x in place] for place in places] for places in self.places])


def explain(model: Model, review: Review) -> Explanation:
    """Run a review exactly and find its limit.

    Raises :class:`~exactdyn.errors.InputError` for a review with a word that the model does not have.
    Source: arXiv 2407.01602, section 4.

    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> found = explain(model, load_reviews("handmade", model)[0])
    >>> found.scores[-1] > 0, [found.run.word(point) for point in found.changed_side]
    (True, ['film', 'ending'])
    """
    run = run_review(model, review)
    layers = range(model.depth + 1)
    return Explanation(
        run,
        tuple(run.attended(layer) for layer in layers),
        tuple(tuple(run.places(layer)) for layer in layers),
        limit(run.run),
    )


def _side(value: Fraction) -> int:
    return (value > 0) - (value < 0)
