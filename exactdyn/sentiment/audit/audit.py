"""Many reviews at once: how often the model is right, who leads, what floats change, what the limit says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from statistics import fmean, pstdev

from exactdyn.errors import ExactdynError, InputError
from exactdyn.floats.margins import ExactScores
from exactdyn.numbers.reading import integer
from exactdyn.presentation import Presentable
from exactdyn.sentiment.audit.survey import Survey, sign, survey
from exactdyn.sentiment.model.fields import DEPTH_LIMIT
from exactdyn.sentiment.model.model import Model
from exactdyn.sentiment.model.review import Review
from exactdyn.sentiment.runs.exact import ReviewRun, run_review
from exactdyn.work.processes import available_cores
from exactdyn.work.processes import processes as start_processes

COMPARED_LAYERS = 36
"""How far float runs are compared with the exact one, unless more is asked for."""

CHUNK = 40
"""How many reviews a process is handed at a time."""

_model: list[Model] = []  # of a worker process: sent once, not with every review


class AuditError(ExactdynError):
    """An audit was cut short."""


@dataclass(frozen=True)
class Gap:
    """The smallest gap of an audit: at this layer ``word`` prefers what it attends by ``value`` to the rest.

    ``value``: the exact difference of inner products, positive.
    """

    review: str
    layer: int
    word: str
    attended: tuple[str, ...]
    value: Fraction


@dataclass(frozen=True, repr=False)
class Audit(Presentable):
    """What an audit found. ``layers``: how far floats were compared. ``surveys``: one a review, in order."""

    model: Model
    reviews: tuple[Review, ...]
    layers: int
    surveys: tuple[Survey, ...]

    def __repr__(self) -> str:
        return f"Audit({len(self.reviews)} reviews, {self.correct} of {self.labelled} right)"

    @property
    def labelled(self) -> int:
        """The number of reviews with a known label.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> audit = run_audit(model, load_reviews("handmade", model), processes=1)
        >>> audit.labelled
        4
        """
        return sum(found.label is not None for found in self.surveys)

    @property
    def correct(self) -> int:
        """The number of reviews whose class, the exact sign of the score, is the label's.

        Source: arXiv 2407.01602, section 4.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> audit = run_audit(model, load_reviews("handmade", model), processes=1)
        >>> audit.correct
        4
        """
        return sum(
            found.label is not None and found.sign == (1 if found.label else -1) for found in self.surveys
        )

    @property
    def leaders_per_review(self) -> dict[str, float]:
        """Mean, standard deviation (of these reviews), least and most leading points after the last layer.

        Source: arXiv 2407.01602, section 4.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> audit = run_audit(model, load_reviews("handmade", model), processes=1)
        >>> audit.leaders_per_review["max"]
        4
        """
        counts = [len(found.leaders) for found in self.surveys]
        return {"mean": fmean(counts), "sd": pstdev(counts), "min": min(counts), "max": max(counts)}

    @property
    def top_leaders(self) -> list[tuple[str, int]]:
        """The words that lead, with the number of reviews in which each does, most frequent first.

        Source: arXiv 2407.01602, section 4.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> audit = run_audit(model, load_reviews("handmade", model), processes=1)
        >>> audit.top_leaders[0]
        ('waste', 3)
        """
        counts = Counter(row for found in self.surveys for rows in found.leaders for row in rows)
        ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
        return [(self.model.word(row), count) for row, count in ordered]

    @property
    def leaders_appear(self) -> dict[int, int]:
        """For each layer, how many leading points lead there for the first time.

        Source: arXiv 2407.01602, section 4.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> audit = run_audit(model, load_reviews("handmade", model), processes=1)
        >>> audit.leaders_appear
        {0: 13}
        """
        return _ordered(Counter(layer for found in self.surveys for layer in found.appeared))

    @property
    def last_appearance(self) -> dict[int, int]:
        """For each layer, in how many reviews the last new leading point appears there.

        Source: arXiv 2407.01602, section 4.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> audit = run_audit(model, load_reviews("handmade", model), processes=1)
        >>> audit.last_appearance
        {0: 4}
        """
        return _ordered(Counter(max(found.appeared) for found in self.surveys if found.appeared))

    def departures(self, dtype: str) -> dict[int | None, int]:
        """For each layer, how many float runs first differ from the exact one there; None: not seen.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> audit = run_audit(model, load_reviews("handmade", model), processes=1)
        >>> audit.departures("float64")
        {None: 4}
        """
        counts = Counter(found.departures[dtype].layer for found in self.surveys)
        return dict(sorted(counts.items(), key=lambda entry: float("inf") if entry[0] is None else entry[0]))

    def class_changes(self, dtype: str) -> int:
        """In how many reviews a float run has another class than the exact one, where they are compared.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> audit = run_audit(model, load_reviews("handmade", model), processes=1)
        >>> audit.class_changes("float32")
        0
        """
        return sum(found.departures[dtype].class_differs for found in self.surveys)

    @property
    def limits_proved(self) -> int:
        """The number of reviews whose limit is proved.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> audit = run_audit(model, load_reviews("handmade", model), processes=1)
        >>> audit.limits_proved
        4
        """
        return sum(found.limit_sign is not None for found in self.surveys)

    @property
    def limit_class_differs(self) -> int:
        """The number of reviews whose proved limit has another class than the model's last layer.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> audit = run_audit(model, load_reviews("handmade", model), processes=1)
        >>> audit.limit_class_differs
        0
        """
        return sum(found.limit_sign not in (None, found.sign) for found in self.surveys)

    @property
    def softmax(self) -> dict[str, float]:
        """How far the softmax model is from the hardmax one after the last layer, in floats.

        ``score_mean`` and ``score_max``: of the difference of the scores; ``token_max``: the largest
        difference of a coordinate of a token; ``class_changes``: in how many reviews the classes differ.

        Source: arXiv 2407.01602, section 4.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> audit = run_audit(model, load_reviews("handmade", model), processes=1)
        >>> audit.softmax["class_changes"]
        0
        """
        scores = [abs(found.score - found.softmax_score) for found in self.surveys]
        changes = sum(sign(found.softmax_score) != found.sign for found in self.surveys)
        return {
            "score_mean": fmean(scores),
            "score_max": max(scores),
            "token_max": max(found.softmax_distance for found in self.surveys),
            "class_changes": changes,
        }

    @property
    def tied(self) -> list[tuple[str, int, str, tuple[str, ...]]]:
        """The exact ties between different points: review, layer, word that attends, words attended.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> audit = run_audit(model, load_reviews("handmade", model), processes=1)
        >>> len(audit.tied), audit.tied[0]
        (3, ('tied', 0, 'plot', ('waste', 'love')))
        """
        word = self.model.word
        return [
            (review.name, layer, "/".join(map(word, rows)), tuple(map(word, attended)))
            for review, found in zip(self.reviews, self.surveys, strict=True)
            for layer, rows, attended in found.ties
        ]

    def smallest_gap(self) -> Gap | None:
        """Return the smallest gap exactly, at the layers the model takes; None if there is none.

        The floats say in which reviews it can be, by their bounds; there it is computed.

        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> audit = run_audit(model, load_reviews("handmade", model), processes=1)
        >>> audit.smallest_gap()
        Gap(review='praise', layer=2, word='<PAD>', attended=('time',), value=Fraction(67, 2000))
        """
        certain = min((found.gap + found.gap_error for found in self.surveys), default=float("inf"))
        gaps = [
            exact_gap(run_review(self.model, review))
            for review, found in zip(self.reviews, self.surveys, strict=True)
            if found.gap - found.gap_error <= certain < float("inf")
        ]
        return min((gap for gap in gaps if gap is not None), key=lambda gap: gap.value, default=None)


def run_audit(
    model: Model,
    reviews: Sequence[Review],
    layers: int = COMPARED_LAYERS,
    processes: int | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Audit:
    """Survey many reviews on all cores.

    ``layers``: how far float runs are compared with the exact one, from the model's depth to
    :data:`~exactdyn.sentiment.model.fields.DEPTH_LIMIT`, since all states are held. ``processes``: None for
    one a core. ``progress``: told how many reviews are done.

    Raises :class:`~exactdyn.errors.InputError` for too few or too many layers and for no reviews.

    Source: arXiv 2407.01602, section 4.

    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> audit = run_audit(model, load_reviews("handmade", model), processes=1)
    >>> audit.correct, audit.top_leaders[:2], audit.limits_proved
    (4, [('waste', 3), ('great', 2)], 4)
    """
    if not model.depth <= layers <= DEPTH_LIMIT:
        raise InputError(f"layers: requires {model.depth} (the model's depth) to {DEPTH_LIMIT}, got {layers}")
    if not reviews:
        raise InputError("reviews: requires at least one, got none")
    if processes is not None:
        processes = integer(processes, "processes", 1)
    surveys = []
    for found in _surveys(model, reviews, layers, processes or available_cores()):
        surveys.append(found)
        progress(len(surveys))
    return Audit(model, tuple(reviews), layers, tuple(surveys))


def exact_gap(run: ReviewRun) -> Gap | None:
    """Return the smallest gap between what a token of a review attends and the next best, exactly.

    At the layers that the model takes; None if at each everybody attends everybody.

    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> gap = exact_gap(run_review(model, load_reviews("handmade", model)[0]))
    >>> gap.layer, gap.word, gap.attended, gap.value
    (2, '<PAD>', ('time',), Fraction(67, 2000))
    """
    scores = ExactScores(run.run)
    margins = [(layer, scores.margin(layer)) for layer in range(run.model.depth)]
    found = [(margin.lead, layer, margin.token) for layer, margin in margins if margin is not None]
    if not found:
        return None
    lead, layer, token = min(found)
    point = run.point_of[token]
    attended = tuple(run.word(other) for other in run.attended(layer)[point])
    return Gap(run.review.name, layer, run.word(point), attended, lead)


def _surveys(model: Model, reviews: Sequence[Review], layers: int, processes: int) -> Iterator[Survey]:
    # In the order of the reviews. Few of them take less time here than processes take to start.
    if processes == 1 or len(reviews) <= CHUNK:
        yield from (survey(model, review, layers) for review in reviews)
        return
    chunks = [(reviews[i : i + CHUNK], layers) for i in range(0, len(reviews), CHUNK)]
    with start_processes(processes, None, partial(_model.append, model)) as pool:
        try:
            for found in pool.map(_survey_chunk, chunks):
                yield from found
        except BrokenExecutor:
            why = "was ended from outside, perhaps for want of memory: --processes 1 needs least"
            raise AuditError(f"audit: a process {why}") from None


def _survey_chunk(task: tuple[Iterable[Review], int]) -> list[Survey]:
    reviews, layers = task
    return [survey(_model[0], review, layers) for review in reviews]


def _ordered(counts: Counter[int]) -> dict[int, int]:
    return dict(sorted(counts.items()))
