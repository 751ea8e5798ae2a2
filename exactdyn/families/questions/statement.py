"""Whether a statement fails for some matrix of a class, within given layers, from given tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exactdyn.errors import InputError
from exactdyn.families.classes.matrix_class import MatrixClass
from exactdyn.families.questions.lead import LAYERS_LIMIT
from exactdyn.families.setting import Around, Setting
from exactdyn.families.spanning import tie_evidence
from exactdyn.families.tree.assembly import Piece, assembled
from exactdyn.families.tree.branch import Goal
from exactdyn.families.tree.nodes import Node, Place
from exactdyn.families.tree.search import Search
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Rows, integer
from exactdyn.statements.catalogue import BY_CASES
from proofs_checks.format.claims import computed_layers
from proofs_checks.format.rationals import shorten

__all__ = ["Explored", "StatementQuestion", "assembled", "explore", "statement_claim"]


@dataclass(frozen=True)
class StatementQuestion:
    """Whether a statement about consecutive layers fails for some matrix of a class.

    ``statement``: one of :data:`~exactdyn.statements.catalogue.BY_CASES`. ``around``: all of the system but
    A, see :class:`~exactdyn.families.setting.Setting`. ``start``: the tokens. ``matrices``: the class.
    ``layers``: the states 0..layers are looked at, 1 to 1000. ``ties``: whether matrices with ties that
    others of the class avoid are looked at, too.

    Raises :class:`~exactdyn.errors.InputError` for another statement or number of layers.
    """

    statement: str
    around: Around
    start: Points
    matrices: MatrixClass
    layers: int
    ties: bool = True

    @property
    def setting(self) -> Setting:
        """All of the system but A.

        >>> from fractions import Fraction
        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> start, line = Points.from_rows([[1]]), matrix_class("general", 1)
        >>> StatementQuestion("norm-growth", Fraction(2), start, line, 1).setting.alpha
        Fraction(2, 1)
        """
        return Setting.of(self.around)

    def __post_init__(self) -> None:
        if self.statement not in BY_CASES:
            raise InputError(
                f"statement: requires one of {', '.join(BY_CASES)}, got {shorten(self.statement)}"
            )
        object.__setattr__(self, "layers", integer(self.layers, "layers", 1, LAYERS_LIMIT))


@dataclass(frozen=True)
class Explored:
    """What is known of the tree of cases below a place.

    ``piece``: the nodes, depth first as a certificate lists them, with None for cases that are open.
    ``below``: the places of the cases that were left for later, in the order of the search. ``found``: a
    matrix for which the statement fails; then the search ended there. ``reasons``: why cases stay open for
    good. ``programs``: linear programs solved, those on the way to the place included.
    """

    piece: Piece
    below: tuple[Place, ...]
    found: Rows | None
    reasons: tuple[str, ...]
    programs: int


def explore(
    question: StatementQuestion,
    place: Place = (),
    limit: int | None = None,
) -> Explored:
    """Look for a matrix for which the statement fails, or the proof that there is none, below a place.

    The result depends on the question, the place and the limit alone. ``limit``: after so many linear
    programs (those on the way to the place do not count) the rest is left; explored in turn, each place of
    ``below``, and put together by :func:`~exactdyn.families.tree.assembly.assembled`, it gives the same tree
    as one search without limit. Without found matrix and open case that tree is a proof.

    Raises :class:`~exactdyn.errors.InputError` for a place that the tree does not have.
    Source: lemmas ``cases`` and ``farkas`` in ``proofs_checks/FORMAT.md``.

    >>> from fractions import Fraction
    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> line, pair = matrix_class("general", 1), Points.from_rows([[1], [-1]])
    >>> explore(StatementQuestion("distinctness-preserved", Fraction(1), pair, line, 1)).found
    ((Fraction(-1, 1),),)
    >>> explore(StatementQuestion("distinctness-preserved", Fraction(2), pair, line, 3)).found is None
    True
    """
    goal = Goal(
        ({},) * (question.layers + BY_CASES[question.statement].final),
        ties=question.ties,
        statement=question.statement,
    )
    matrices = question.matrices
    search = Search(question.setting, question.start, matrices, goal, place=place)
    search.run(limit=limit)
    found = next(iter(search.found.values()), None)
    A = None if found is None else matrices.matrix(found.member.coordinates)
    reasons = tuple(dict.fromkeys(search.reasons))
    return Explored(search.piece, search.waiting, A, reasons, search.progress.programs)


def statement_claim(question: StatementQuestion, tree: Sequence[Node | None]) -> Mapping[str, object]:
    """Return the claim that the statement holds for every matrix of the class, proved by a closed tree.

    Source: ``proofs_checks/FORMAT.md``, section "Statements about all matrices".

    >>> from fractions import Fraction
    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> start = Points.from_rows([[1]])
    >>> asked = StatementQuestion("norm-growth", Fraction(1), start, matrix_class("general", 1), 1)
    >>> statement_claim(asked, explore(asked).piece)["scope"]
    'layers 0..1'
    """
    return {
        "claim": question.statement,
        "verdict": "holds",
        "scope": computed_layers(question.layers),
        "evidence": {**tie_evidence(question.matrices, question.ties), "cases": list(tree)},
    }
