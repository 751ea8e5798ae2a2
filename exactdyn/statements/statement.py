"""What a statement is: one record that every table, command and picture reads.

How to add a statement, "every token stays in the unit ball", say:

1. A module of this room, named like the statement, with its record :data:`STATEMENT`. A statement about the
   layers of a run is ``OnLayers(computed, lemma)``: ``computed`` decides it by the states of a run, and
   ``lemma`` says what proves it for every layer, under which facts. One about the limit is
   ``OnLimit(decide, lemmas)``, whose ``decide`` is given the run and its limit, or ``ForEver(decide,
   lemmas)`` if it does without. The record's other fields say what it says, how a witness against it is
   told, what a hunt does for it, and, of role "kind", which systems it is about.
2. Its place in :mod:`exactdyn.statements.catalogue`, which fixes the order of every table.
3. The checker's own rule, written without a look at this one: a module of
   ``proofs_checks/hardmax/statements``, its entry in ``proofs_checks/catalogue.py``, with :class:`OnLayers`
   the rule for all matrices in it, and in ``proofs_checks/FORMAT.md`` the claim, its rule, a certificate of
   all that it can say, and the lemma with its proof.
4. Brute force and the judges of its claims in ``tests/judges/oracle/statements.py``; the tests that run over
   the catalogues do the rest. The page ``docs/statements.md`` is what ``exactdyn statements --markdown``
   prints.

Commands, hunts, families of matrices and LaTeX know it from then on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeAlias

from exactdyn.errors import LackingError
from exactdyn.limits import Limit, limit
from exactdyn.numbers.points import Points
from exactdyn.statements.missing import missing_part
from exactdyn.systems.facts import Facts
from exactdyn.systems.run import Run
from exactdyn.verdict import Data, Verdict
from proofs_checks.format.claims import EVERY_LAYER

Role: TypeAlias = Literal["proof", "theorem", "question", "kind"]
"""What the clustering theorem has to do with a statement: its proof uses it, it states it, or neither.

Of the last two "kind" is about systems of which the theorem does not speak, see :class:`About`.
"""

Configurations: TypeAlias = Literal["shapes", "orbits", "cycles", "collisions"]
"""A kind of configurations of tokens, by the name that it has among those of hunts."""

Fact: TypeAlias = Literal[
    "convex_step",
    "moves",
    "transitive_masks",
    "coordinates_convex",
    "ties_kept",
    "one_head",
    "same_attention",
    "leaders_stay",
    "leaders_exposed",
    "tells_apart",
    "q_grows",
    "semidefinite",
    "definite",
    "consensus",
    "steady",
    "low_rank",
    "all_visible",
    "endless",
]
"""What a lemma may ask of a system, see :class:`~exactdyn.systems.facts.Facts`."""

FACTS: dict[Fact, str] = {
    "convex_step": "every new token is a convex combination of itself and of tokens that it may see",
    "moves": "every step goes forward, and over all layers the whole way",
    "transitive_masks": "whom somebody sees that a token sees, that token sees too",
    "coordinates_convex": "every coordinate of a new token is a convex combination of that of itself and "
    "those of tokens that it may see",
    "ties_kept": "of a tie all are attended",
    "one_head": "there is one head, heads of one matrix, mask and rule for ties being one",
    "same_attention": "the order of the scores and the masks are the same at all layers",
    "leaders_stay": "a token that attends itself alone does so for ever, and is at rest",
    "leaders_exposed": "<A z_i, .> exposes a token z_i that leads, as a point of the hull, from then on, "
    "with the A of some head",
    "tells_apart": "all tokens see the same, and every step keeps a part of the token",
    "q_grows": "A is symmetric, and every step goes forward",
    "semidefinite": "<Ax, x> >= 0 for every x",
    "definite": "<Ax, x> > 0 for every x != 0",
    "steady": "everybody sees everybody by one head, of a tie all are attended, and there is one step, "
    "0 < tau < 1",
    "low_rank": "A is symmetric, positive semidefinite and of rank at most 2",
    "all_visible": "everybody sees everybody",
    "endless": "from some layer on every step keeps a part of the token, and their sum is infinite",
    "consensus": "<Ax, x> < 0 for every x != 0, and everybody sees everybody by one head",
}
"""The same in words."""

Families: TypeAlias = Literal["states", "meeting", "growth"]
"""How a tree of cases decides a statement for all matrices of a class, see :class:`OnLayers`."""


@dataclass(frozen=True)
class Failure:
    r"""One way to fail, in a sentence about the witness.

    ``latex``: a template with the fields of the witness in braces and formulas between dollars; the entries
    of a list ``x`` are ``x_0``, ``x_1``, ... as well, ``next`` is the layer after ``layer``, ``first`` and
    ``last`` are the layers whose graphs an itinerary repeats. ``plain``: the same for the terminal, where it
    is not what is left without the marks of LaTeX. ``told_by``: whether a witness is of this kind.

    >>> Failure(r"$\langle Az, z\rangle$ falls to ${q_after}$").text
    '<Az, z> falls to {q_after}'
    """

    latex: str
    plain: str | None = None
    told_by: Callable[[Data], bool] = lambda witness: True

    @property
    def text(self) -> str:
        """The sentence for the terminal."""
        if self.plain is not None:
            return self.plain
        without = self.latex.replace("$", "")
        for command, shown in {r"\langle ": "<", r"\rangle": ">", r"\alpha": "alpha"}.items():
            without = without.replace(command, shown)
        return without


class Beginning(Protocol):
    """A system and the tokens that it starts from: all that a hypothesis is about. A run is one."""

    @property
    def facts(self) -> Facts:
        """What lemmas may use of the system for tokens of this dimension."""

    @property
    def start(self) -> Points:
        """The tokens of layer 0."""


@dataclass(frozen=True)
class Hypothesis:
    """A hypothesis of the clustering theorem.

    ``name``, ``says``: its name, and what it says in words. ``decide``: decides it for a system and the
    tokens that it starts from, such as a run. ``failures``: the sentences about a witness against it.
    """

    name: str
    says: str
    decide: Callable[[Beginning], Verdict]
    failures: tuple[Failure, ...]


@dataclass(frozen=True)
class Lemma:
    """A lemma that proves a statement for every layer.

    ``name``: that in ``proofs_checks/FORMAT.md``. ``facts``: what it asks of a system, by the names that
    :class:`~exactdyn.systems.facts.Facts` has for it, what takes longest to find out last. ``evidence``: what
    a certificate carries for it. ``start``, ``of_start``: what it asks of the tokens of layer 0, and the same
    in words; None: nothing. ``hypotheses``: the hypotheses of the clustering theorem that say the same, if
    some do.
    """

    name: str
    facts: tuple[Fact, ...]
    evidence: Callable[[Run], Data] = lambda run: {}
    start: Callable[[Run], bool] = lambda run: True
    of_start: str | None = None
    hypotheses: tuple[str, ...] = ()

    def holds_for(self, run: Run) -> bool:
        """Tell whether the system of a run has all the facts, and its tokens start as they should.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Lemma("convex-step", ("convex_step",)).holds_for(Hardmax(alpha=-2).run([[1]], 0))
        False
        """
        return self.missing(run) is None

    def missing(self, run: Run) -> str | None:
        """Say what it asks for that is not known of a run; None if it applies.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Lemma("no-collision", ("tells_apart",)).missing(Hardmax(mask="causal").run([[1]], 0))
        'lemma no-collision asks that all tokens see the same'
        """
        for fact in self.facts:
            if not getattr(run.facts, fact):
                return f"lemma {self.name} asks that {missing_part(fact, run.facts) or FACTS[fact]}"
        return None if self.start(run) else f"lemma {self.name} asks that {self.of_start}"

    @property
    def needs(self) -> tuple[str, ...]:
        """What it asks for, in words.

        >>> Lemma("convex-step", ("convex_step",)).needs
        ('every new token is a convex combination of itself and of tokens that it may see',)
        """
        of_start = () if self.of_start is None else (self.of_start,)
        return (*(FACTS[fact] for fact in self.facts), *of_start)


@dataclass(frozen=True)
class OnLayers:
    """How a statement about consecutive layers is decided: by the run alone.

    ``computed``: decides it by the states and attention sets of a run, for the layers of the run. ``lemma``:
    what proves it for every layer; None: nothing does. ``final``: whether it speaks of the attention sets of
    the last layer, too.
    ``families``: how a tree of cases decides it for all matrices of a class: "states", where the attention
    sets are known, by ``computed``; "meeting", the same, and at the last layer by whether two tokens may meet
    before all sets are known; "growth", by <Az, z>, which is linear in A where the states are known; None:
    no tree decides it.
    """

    computed: Callable[[Run], Verdict]
    lemma: Lemma | None
    final: bool = False
    families: Families | None = "states"

    @property
    def guarantees(self) -> tuple[Lemma, ...]:
        """What proves it for every layer by facts of the system alone, as for :class:`OnLimit`."""
        return () if self.lemma is None else (self.lemma,)

    def decide(self, run: Run) -> Verdict:
        """Decide the statement for a run: for every layer by the lemma, else for the layers computed.

        Then the verdict says what the lemma asks for that is not there.

        >>> from exactdyn.statements.hull_shrinkage import STATEMENT
        >>> from exactdyn.systems.hardmax import Hardmax
        >>> STATEMENT.decided.decide(Hardmax(alpha=1).run([[1], ["1/2"]], 1)).lemma
        'convex-step'
        """
        if self.lemma is None:
            return self._computed(run)
        lacking = self.lemma.missing(run)
        if lacking is not None:
            found = self._computed(run)
            stays = found.outcome == "holds" and found.lemma is None
            return replace(found, reason=lacking) if stays else found
        return Verdict("holds", EVERY_LAYER, self.lemma.name, evidence=self.lemma.evidence(run))

    def _computed(self, run: Run) -> Verdict:
        try:
            return self.computed(run)
        except LackingError as error:
            return Verdict("undecided", reason=str(error))


@dataclass(frozen=True)
class OnLimit:
    """How a statement about the limit is decided: by the run and its limit.

    ``lemmas``: what proves it, by the names in ``proofs_checks/FORMAT.md``, the most usual first.
    ``guarantees``: those of these that ask for facts of the system alone, so that they speak of all matrices
    of a class.
    """

    decide: Callable[[Run, Limit], Verdict]
    lemmas: tuple[str, ...]
    guarantees: tuple[Lemma, ...] = ()


@dataclass(frozen=True)
class ForEver:
    """How a statement about all layers at once is decided where no limit is needed: by the run alone.

    ``lemmas``: what proves it, by the names in ``proofs_checks/FORMAT.md``. ``guarantees``: as for
    :class:`OnLimit`.
    """

    decide: Callable[[Run], Verdict]
    lemmas: tuple[str, ...]
    guarantees: tuple[Lemma, ...] = ()


@dataclass(frozen=True)
class About:
    """Which systems a statement of role "kind" is about: ``kind`` in words, ``test`` by their facts.

    It can be asked about any other system, too.
    """

    kind: str
    test: Callable[[Facts], bool]


@dataclass(frozen=True)
class Statement:
    """A statement about a run; the page at the head of this module says how to add one.

    ``name``, ``says``: its name, and what it says in words. ``decided``: how it is decided, which is also
    what it needs, the run alone or the run with its limit. ``failures``: the sentences about a witness, the
    first that suits it is told. ``role``: what the clustering theorem has to do with it. ``configurations``:
    the kind of tokens that a hunt tries first. ``wandering``: whether it fails where a token wanders for
    ever, for which an atlas looks at more tokens. ``polytope``: whether it is about the limit polytope, which
    there is for alpha >= 0 only. ``about``: for the role "kind", which systems it is about; else None.
    """

    name: str
    says: str
    decided: OnLayers | OnLimit | ForEver
    failures: tuple[Failure, ...]
    role: Role = "question"
    configurations: Configurations = "shapes"
    wandering: bool = False
    polytope: bool = False
    about: About | None = None

    @property
    def on_layers(self) -> bool:
        """Whether it is about consecutive layers, and not about the limit."""
        return isinstance(self.decided, OnLayers)

    @property
    def lemmas(self) -> tuple[str, ...]:
        """The lemmas that prove it for every layer, by their names in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.statements.convergence import STATEMENT
        >>> STATEMENT.lemmas[-2:]
        ('growth-converges', 'rank-two-settles')
        """
        if not isinstance(self.decided, OnLayers):
            return self.decided.lemmas
        return () if self.decided.lemma is None else (self.decided.lemma.name,)

    @property
    def needs(self) -> tuple[str, ...]:
        """What its lemma asks of a system, in words; on the limit lemmas ask for more than facts.

        >>> from exactdyn.statements.norm_growth import STATEMENT
        >>> STATEMENT.needs
        ('A is symmetric, and every step goes forward', '<Ax, x> > 0 for every x != 0')
        """
        if not isinstance(self.decided, OnLayers) or self.decided.lemma is None:
            return ()
        return self.decided.lemma.needs

    def decide(self, run: Run, found: Limit | None = None) -> Verdict:
        """Decide the statement for a run.

        ``found``: the limit of the run, as far as it was looked for; None: it is decided here, if the
        statement needs it.

        >>> from exactdyn.statements.convergence import STATEMENT
        >>> from exactdyn.systems.hardmax import Hardmax
        >>> STATEMENT.decide(Hardmax(alpha=1).run([[1], ["1/2"]], 1)).lemma
        'locked-limit'
        """
        if not isinstance(self.decided, OnLimit):
            return self.decided.decide(run)
        return self.decided.decide(run, limit(run) if found is None else found)
