"""Every itinerary that some matrix of a class realises, each with such a matrix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from exactdyn.families.classes.matrix_class import MatrixClass
from exactdyn.families.questions.lead import LAYERS_LIMIT
from exactdyn.families.setting import Around, Setting, the_one_matrix
from exactdyn.families.spanning import tie_evidence
from exactdyn.families.tree.branch import Goal
from exactdyn.families.tree.search import Search
from exactdyn.layer.attention import AttentionSets
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Rows, integer


@dataclass(frozen=True)
class RealisedItinerary:
    """The attention sets of layers 0, 1, ..., and what realises them, simple if possible.

    ``matrices``: the one matrix A of all layers, or those of the layers 0, 1, ...
    """

    matrices: tuple[Rows, ...]
    attention: tuple[AttentionSets, ...]

    @property
    def A(self) -> Rows:  # noqa: N802  (the letter of the papers)
        """The one matrix of all layers; raises InputError where each has its own.

        >>> from fractions import Fraction
        >>> RealisedItinerary((((Fraction(2),),),), ()).A
        ((Fraction(2, 1),),)
        """
        return the_one_matrix(self.matrices)


@dataclass(frozen=True)
class Itineraries:
    """The itineraries found, in the order of their attention sets.

    ``ties``: whether itineraries with avoidable ties (which only some matrices of the class have) are among
    them; without them nothing is said of matrices that have such ties. ``complete``: whether every matrix of
    the class (without avoidable ties) has one of these. ``reasons``: why cases stay open, if some do.
    ``claim``: what a certificate says of it, if it is complete. ``programs``: linear programs solved.
    ``each_layer``: whether all this is said of matrices for every layer, rather than of one for all of them.
    """

    itineraries: tuple[RealisedItinerary, ...] = field(repr=False)
    ties: bool
    complete: bool
    reasons: tuple[str, ...]
    claim: Mapping[str, object] | None = field(repr=False)
    programs: int
    each_layer: bool = False


def itinerary_search(
    around: Around,
    start: Points,
    matrices: MatrixClass,
    layers: int,
    ties: bool = False,
    each_layer: bool = False,
) -> Search:
    """Return the search for all itineraries of the layers 0..layers-1, not yet run.

    ``around``: all of the system but A, see :class:`~exactdyn.families.setting.Setting`.
    ``layers``: 1 to 1000. ``ties``: whether to go through avoidable ties, too. ``each_layer``: for matrices
    A_0, A_1, ... of the class, one for every layer, rather than one for all of them. Raises
    :class:`~exactdyn.errors.InputError` for another number of layers.

    Source: lemma ``cases`` in ``proofs_checks/FORMAT.md``.

    >>> from fractions import Fraction
    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> search = itinerary_search(Fraction(1), Points.from_rows([[1]]), matrix_class("general", 1), layers=2)
    >>> search.waiting, search.goal.sets
    (((),), ({}, {}))
    """
    goal = Goal(({},) * integer(layers, "layers", 1, LAYERS_LIMIT), ties=ties, listed=True)
    return Search(Setting.of(around, each_layer), start, matrices, goal)


def gathered(search: Search) -> Itineraries:
    """Return what a search has found so far; it may be finished or interrupted.

    Source: lemmas ``cases`` and ``farkas`` in ``proofs_checks/FORMAT.md``.

    >>> from fractions import Fraction
    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> start = Points.from_rows([[1], [-1]])
    >>> search = itinerary_search(Fraction(1), start, matrix_class("general", 1), layers=1)
    >>> search.run()
    >>> [itinerary.A[0][0] for itinerary in gathered(search).itineraries]
    [Fraction(1, 1), Fraction(-1, 1)]
    """
    matrices, goal = search.matrices, search.goal
    itineraries = tuple(
        RealisedItinerary(tuple(matrices.matrix(own.coordinates) for own in branch.members), branch.attention)
        for _, branch in sorted(search.found.items())
    )
    claim = None
    if search.tree is not None:
        evidence = {**tie_evidence(matrices, goal.ties), "cases": search.tree}
        claim = {"claim": "itineraries", "verdict": "holds", "evidence": evidence}
    reasons = tuple(dict.fromkeys(search.reasons))
    programs, each_layer = search.progress.programs, search.setting.each_layer
    return Itineraries(itineraries, goal.ties, claim is not None, reasons, claim, programs, each_layer)
