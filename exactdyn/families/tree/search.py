"""The tree of cases over all matrices of a class, depth first; it can be interrupted, and cut into pieces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from exactdyn.errors import InputError
from exactdyn.families.classes.matrix_class import MatrixClass
from exactdyn.families.classes.member import Finder
from exactdyn.families.setting import Setting
from exactdyn.families.spanning import tie_evidence
from exactdyn.families.tree.assembly import Piece, assembled, grown
from exactdyn.families.tree.branch import Branch, Goal
from exactdyn.families.tree.expansion import Expander
from exactdyn.families.tree.nodes import Node, Place
from exactdyn.numbers.points import Points
from proofs_checks.format.rationals import shorten


@dataclass(frozen=True)
class SearchProgress:
    """How far a search is: linear programs solved, leaves found, the part of the tree that is done."""

    programs: int
    found: int
    done: float


class Search:
    """A search over all matrices of a class, depth first.

    ``setting``, ``matrices``, ``goal``: all of the system but A, the class, and what is sought. ``found``: by
    their place in the tree, the branches whose matrices are sought. ``reasons``: why cases stay open for
    good. :meth:`run` may be interrupted (KeyboardInterrupt) at any point and called again: it goes on with
    the branch it was about to expand.

    ``place``: only the part of the tree below this place is searched, and it comes out as it would in a
    search of the whole tree. Raises :class:`~exactdyn.errors.InputError` if no case is there, and if
    avoidable ties do not count though they are not told apart, see
    :func:`~exactdyn.families.spanning.tie_evidence`.

    >>> from fractions import Fraction
    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> start, goal = Points.from_rows([[1], [-1]]), Goal(({},), ties=False, listed=True)
    >>> search = Search(Setting.of(Fraction(1)), start, matrix_class("general", 1), goal)
    >>> search.run()
    >>> len(search.found), search.finished
    (2, True)
    """

    def __init__(
        self,
        setting: Setting,
        start: Points,
        matrices: MatrixClass,
        goal: Goal,
        place: Place = (),
    ) -> None:
        tie_evidence(matrices, goal.ties)  # raises where it is not plain which ties can be avoided
        self.found: dict[Place, Branch] = {}
        self.reasons: list[str] = []
        self._finder = Finder(matrices)
        self._expander = Expander(setting, self._finder, goal)
        self.setting, self.matrices, self.goal, self.place = setting, matrices, goal, place
        self._nodes: dict[Place, Node | None] = {}
        self._waiting: list[Branch] = []
        root = self._expander.root(start)
        if isinstance(root, Branch):
            self._waiting.append(replace(self._followed(root), share=1.0))
        else:
            self._nodes[()], self.reasons = root.node, list(root.reasons)

    @property
    def finished(self) -> bool:
        """Whether no branch is waiting; a search for one matrix ends when it has one.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> from fractions import Fraction
        >>> start, goal = Points.from_rows([[1], [-1]]), Goal(({},), ties=False, listed=True)
        >>> search = Search(Setting.of(Fraction(1)), start, matrix_class("general", 1), goal)
        >>> search.finished
        False
        """
        return not self._waiting or (bool(self.found) and not self.goal.listed)

    @property
    def waiting(self) -> tuple[Place, ...]:
        """The places of the branches that are waiting, the next one first.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> from fractions import Fraction
        >>> start, goal = Points.from_rows([[1], [-1]]), Goal(({},), ties=False, listed=True)
        >>> search = Search(Setting.of(Fraction(1)), start, matrix_class("general", 1), goal)
        >>> search.waiting
        ((),)
        """
        return tuple(branch.place for branch in reversed(self._waiting))

    @property
    def tree(self) -> list[Node] | None:
        """The tree of cases as a certificate lists it, if every case is closed.

        Source: lemma ``cases`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> from fractions import Fraction
        >>> start, goal = Points.from_rows([[1], [-1]]), Goal(({},), ties=False, listed=True)
        >>> search = Search(Setting.of(Fraction(1)), start, matrix_class("general", 1), goal)
        >>> search.tree
        >>> search.run()
        >>> [sorted(node) for node in search.tree]
        [['token'], ['token'], ['weights'], ['at'], ['token'], ['at'], ['weights']]
        """
        return None if self._waiting or self.reasons else assembled({(): grown(self._nodes)})

    @property
    def piece(self) -> Piece:
        """What there is of the tree below the place, with None for what is open.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> from fractions import Fraction
        >>> start, goal = Points.from_rows([[1], [-1]]), Goal(({},), ties=False, listed=True)
        >>> search = Search(Setting.of(Fraction(1)), start, matrix_class("general", 1), goal)
        >>> search.piece
        [None]
        """
        return grown(self._nodes, self.place)

    @property
    def progress(self) -> SearchProgress:
        """How far the search is.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> from fractions import Fraction
        >>> start, goal = Points.from_rows([[1], [-1]]), Goal(({},), ties=False, listed=True)
        >>> search = Search(Setting.of(Fraction(1)), start, matrix_class("general", 1), goal)
        >>> search.progress
        SearchProgress(programs=0, found=0, done=0.0)
        """
        waiting = sum(branch.share for branch in self._waiting)
        return SearchProgress(self._finder.programs, len(self.found), 1 - waiting)

    def run(self, report: Callable[[SearchProgress], None] | None = None, limit: int | None = None) -> None:
        """Expand branches until the search is finished; ``report`` is called after each.

        ``limit``: stop when this call has solved so many linear programs.

        Source: lemma ``cases`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> from fractions import Fraction
        >>> start, goal = Points.from_rows([[1], [-1]]), Goal(({},), ties=False, listed=True)
        >>> search = Search(Setting.of(Fraction(1)), start, matrix_class("general", 1), goal)
        >>> search.run(limit=1)
        >>> search.progress.done
        0.0
        """
        before = self._finder.programs
        while not self.finished and (limit is None or self._finder.programs - before < limit):
            branch = self._waiting[-1]
            expanded = self._expander.expand(branch)
            # Nothing before the last line changes what an interrupted search would do again.
            self._nodes[branch.place] = expanded.node
            if expanded.found is not None:
                self.found[branch.place] = expanded.found
            if expanded.reasons:
                self.reasons = [*self.reasons, *expanded.reasons]
            self._waiting[-1:] = reversed(expanded.below)
            if report is not None:
                report(self.progress)

    def _followed(self, branch: Branch) -> Branch:
        # The branch at the place, each as its parent makes it.
        while branch.place != self.place:
            below = self._expander.expand(branch).below
            on_the_way = (b for b in below if b.place == self.place[: len(b.place)])
            found = next(on_the_way, None)
            if found is None:
                raise InputError(f"place: requires a case of the tree, got {shorten(self.place)}")
            branch = found
        return branch
