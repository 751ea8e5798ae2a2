"""Facts: what lemmas ask of a system, whatever kind it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from exactdyn.geometry.definiteness import Direction, Factorisation, factorise
from exactdyn.layer.step import Step
from exactdyn.numbers.reading import Row, Rows
from exactdyn.numbers.vectors import identity, is_symmetric
from exactdyn.systems.schedule import Schedule


@dataclass(frozen=True)
class Facts:
    """What is true of a system at every layer, for tokens of one dimension.

    A lemma that holds for one kind of system holds for every kind with the same facts, so statements and
    limits ask for these and never for alpha. Each is True only where it is known to be so.

    ``convex_step``: every new token is a convex combination of itself and of tokens that it may see.
    ``keeps``: the step is convex and the token itself has a positive part in it, so that a token that attends
    itself alone is at rest and never meets another one that goes where it goes. ``forward``: every step goes
    towards what is attended, by a multiple that is not negative, maybe beyond it. ``moves``: that multiple is
    positive, and the product of what is left over all layers is 0. ``same_attention``: the order of the
    scores and the masks are the same at all layers. ``ties_kept``: whoever has the largest score
    is attended. ``transitive_masks``: who is seen by somebody that a
    token sees, that token sees too. ``all_visible``: everybody sees every token. ``one_head``: there is one,
    those that attend alike being one.
    ``matrix``: the A of all heads and layers, up to a positive factor each; None if there are several.
    ``step``: the step towards the mean that is the same at all layers; None if there is no such.
    ``keeps_from``, ``convex_from``: the first layer from which on ``keeps``, ``convex_step`` hold for ever;
    None: not known.
    ``reflexive_masks``: every token sees itself, in every head. ``scalar_step``: z_i becomes
    rho z_i + sum_h v_h c_ih with numbers rho and v_h of sum 1, which may differ from layer to layer.
    ``directions``: functionals phi, d numbers each, for which phi(z_i) becomes a convex combination of
    phi(z_i) and the phi(c_ih) at every layer. ``schedule``: the sum of all v_h at every layer; None if it is
    not known. ``weights``: the shares of the heads in that sum where they are the same at all layers, else
    None. ``repeating``: the layer from which on steps and matrices of scores repeat, and their period; None
    where they do not, or a step is not linear. ``stated``: tau_k = alpha_k/(1 + alpha_k) of every layer,
    whatever the heads' values are; None if it is not known. ``exposing_head``: a head in which everybody sees
    everybody and all that tie are attended; None if there is no such. ``linear``: whether every step is
    z_i + sum_h P_h (c_ih - z_i) with matrices P_h: linear in all tokens, given whom they attend, and a token
    that attends itself alone, in every head, is at rest. ``one_view``: in every head all tokens see the same
    tokens, which need not be all.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> facts = Hardmax([[1, 0], [0, 0]], alpha=1).facts(2)
    >>> facts.convex_step, facts.symmetric, facts.definite
    (True, True, None)
    """

    convex_step: bool
    keeps: bool
    forward: bool
    moves: bool
    same_attention: bool
    ties_kept: bool
    transitive_masks: bool
    all_visible: bool
    one_head: bool
    matrix: Rows | None
    step: Step | None
    keeps_from: int | None = None
    convex_from: int | None = None
    reflexive_masks: bool = False
    scalar_step: bool = False
    directions: tuple[Row, ...] = ()
    schedule: Schedule | None = None
    weights: Row | None = None
    repeating: tuple[int, int] | None = None
    stated: Schedule | None = None
    exposing_head: int | None = None
    linear: bool = False
    one_view: bool = False

    @property
    def coordinates_convex(self) -> bool:
        """Whether every coordinate of a new token is a convex combination of that of tokens it may see.

        Source: lemma ``convex-coordinates`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> facts = Hardmax(alpha=1, V=[["3/2", 0], [0, "7/3"]]).facts(2)
        >>> facts.convex_step, facts.coordinates_convex
        (False, True)
        """
        if self.convex_step or not self.directions:
            return self.convex_step
        return set(identity(len(self.directions[0]))) <= {*self.directions}

    @property
    def leaders_stay(self) -> bool:
        """Whether a token that attends itself alone, in every head, does so for ever and is at rest.

        Whatever ties mean: who is tied with it later was so before, and it is first or last as it was.
        Source: lemma ``leaders-persist`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=1).facts(2).leaders_stay, Hardmax(alpha=-2).facts(2).leaders_stay
        (True, False)
        """
        return self.keeps and self.same_attention and self.transitive_masks

    @property
    def leaders_stay_from(self) -> int | None:
        """The first layer from which on that is so of whoever leads then or later; None: not known.

        Source: lemma ``leaders-persist`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(tau="2/(k+2)").facts(2).leaders_stay_from, Hardmax(tau=1).facts(2).leaders_stay_from
        (1, None)
        """
        return self.keeps_from if self.same_attention and self.transitive_masks else None

    @property
    def followers_stay(self) -> bool:
        """Whether a token that attends leading points only, tied for ever, goes straight to their mean.

        Source: lemmas ``lock-in`` and ``tie-lock-in`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=1).facts(2).followers_stay
        True
        """
        return self.leaders_stay and self.ties_kept and self.all_visible and self.one_head

    @property
    def plain(self) -> bool:
        """Whether there is one head, one matrix, one step, no mask, and all tokens that tie count.

        Its limits are proved by an itinerary that repeats, which says more than targets do.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=-2).facts(2).plain, Hardmax(mask="causal").facts(2).plain
        (True, False)
        """
        one = self.one_head and self.matrix is not None and self.step is not None
        return one and self.all_visible and self.ties_kept and self.same_attention

    @property
    def targets_stay(self) -> bool:
        """Whether a token that attends tokens at rest, tied for ever, goes straight to their mean.

        It does from layer ``keeps_from`` on, whatever the steps, heads and ties are.
        Source: lemma ``locked-targets`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(tau="2/(k+2)", mask="causal").facts(2).targets_stay
        True
        """
        return self.leaders_stay_from is not None

    @property
    def summable(self) -> bool:
        """Whether all steps are so short in the end that every token has a limit.

        Source: lemma ``summable`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(tau="1/(k+1)^2").facts(2).summable, Hardmax(tau="1/(k+1)").facts(2).summable
        (True, False)
        """
        return self.keeps_from is not None and self.schedule is not None and self.schedule.diverges is False

    @property
    def endless(self) -> bool:
        """Whether from some layer on every step is convex and keeps a part, and all steps have no finite sum.

        Source: lemma ``growth-converges`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(tau="2/(k+2)").facts(2).endless, Hardmax(tau="1/(k+1)^2").facts(2).endless
        (True, False)
        """
        return self.keeps_from is not None and self.schedule is not None and self.schedule.diverges is True

    def keeps_at(self, layer: int) -> bool:
        """Tell whether from a layer on the step is convex and keeps a part of each token.

        Source: lemma ``locked-limit`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> facts = Hardmax(tau="2/(k+2)").facts(2)
        >>> facts.keeps_at(0), facts.keeps_at(1)
        (False, True)
        """
        return self.keeps_from is not None and self.keeps_from <= layer

    @property
    def leaders_exposed(self) -> bool:
        """Whether <A z_i, .> exposes a token z_i that leads, as a point of the hull, from then on.

        A is that of a head in which everybody sees everybody and all of a tie are attended. Where all heads
        keep ties, a step may take tokens all the way: one that lands on z_i takes the lead from it, not its
        place.
        Source: lemma ``leader-exposed`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> facts = Hardmax(tau="2/(k+2)").facts(2)
        >>> facts.leaders_exposed, facts.leaders_stay
        (True, False)
        """
        return self._one_exposing and (self.keeps or self.whole_steps_expose)

    @property
    def leaders_exposed_from(self) -> int | None:
        """The first layer from which on that is so of whoever leads then or later; None: not known.

        Source: lemma ``leader-exposed`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(tau="3/(k+2)").facts(2).leaders_exposed_from
        1
        >>> Hardmax(tau="3/(k+2)", ties="first").facts(2).leaders_exposed_from is None
        True
        """
        if not self._one_exposing:
            return None
        return self.convex_from if self.linear and self.ties_kept else self.keeps_from

    @property
    def _one_exposing(self) -> bool:
        # Whether a head exposes its leaders, and tokens attend alike at all layers.
        return self.same_attention and self.transitive_masks and self.exposing_head is not None

    @property
    def whole_steps_expose(self) -> bool:
        """Whether a step that takes tokens all the way leaves the place of a leader exposed, too.

        It does where tokens stay between tokens, who attends one place alone goes there, and no head passes
        over a tie.
        Source: lemma ``leader-exposed`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(tau=1).facts(2).whole_steps_expose
        True
        >>> Hardmax(tau=1, ties="first").facts(2).whole_steps_expose
        False
        """
        return self.convex_step and self.linear and self.ties_kept

    @property
    def tells_apart(self) -> bool:
        """Whether all tokens see the same and keep a part of themselves, so that one A may keep them apart.

        Source: lemma ``no-collision`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=-2).facts(2).tells_apart
        False
        """
        return self.keeps and (self.all_visible or self.one_view)

    @property
    def q_grows(self) -> bool:
        """Whether q(z) = <Az, z> never falls if A is definite: A is symmetric, and every step forward.

        That takes every token to see itself; how many heads there are, and what ties mean, does not matter.

        Source: lemma ``norm-growth`` in ``proofs_checks/FORMAT.md``; arXiv 2407.01602, Lemma 3.2.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=-2).facts(2).q_grows, Hardmax([[1, 1], [0, 1]], alpha=1).facts(2).q_grows
        (True, False)
        """
        return self.forward and (self.all_visible or self.reflexive_masks) and self.symmetric

    @cached_property
    def symmetric(self) -> bool:
        """Whether there is one matrix of scores, and it equals its transpose.

        Source: arXiv 2407.01602, Theorem 2.2.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax([[1, -4], [4, 1]]).facts(2).symmetric
        False
        """
        return self.matrix is not None and is_symmetric(self.matrix)

    @cached_property
    def factorisation(self) -> Factorisation | Direction | None:
        """The symmetric part of the matrix factorised, or a vector with <Ax, x> < 0; None without one matrix.

        Source: lemma ``factorisation`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax([[2]]).facts(1).factorisation.diagonal
        (Fraction(2, 1),)
        """
        return None if self.matrix is None else factorise(self.matrix)

    @property
    def semidefinite(self) -> Factorisation | None:
        """The factorisation that proves <Ax, x> >= 0 for all x; None if that is not so.

        Source: lemma ``factorisation`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax([[-1]]).facts(1).semidefinite is None
        True
        """
        if self.matrix is None or any(row[i] < 0 for i, row in enumerate(self.matrix)):
            return None  # seen without a vector that shows it
        return self.factorisation if isinstance(self.factorisation, Factorisation) else None

    @property
    def definite(self) -> Factorisation | None:
        """The factorisation that proves <Ax, x> > 0 for all x != 0; None if that is not so.

        Source: lemma ``factorisation`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax([[0]]).facts(1).definite is None
        True
        """
        found = self.semidefinite
        return found if found is not None and found.positive else None

    @property
    def steady(self) -> bool:
        """Whether there is one step of all layers that keeps a part of the token and moves it.

        Besides one head, one matrix, no mask, and all tokens that tie count.
        Source: lemmas ``leading-points`` and ``rank-two-settles`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=1).facts(2).steady, Hardmax(tau="2/(k+2)").facts(2).steady
        (True, False)
        """
        return self.matrix is not None and self.step is not None and self.followers_stay and self.moves

    @property
    def low_rank(self) -> Factorisation | None:
        """The factorisation that proves A symmetric semidefinite of rank at most 2; None if that is not so.

        Source: lemma ``rank-two-settles`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax([[1, 0, 0], [0, 1, 0], [0, 0, 0]]).facts(3).low_rank.diagonal
        (Fraction(1, 1), Fraction(1, 1), Fraction(0, 1))
        >>> Hardmax().facts(3).low_rank is None
        True
        """
        found = self.semidefinite if self.symmetric else None
        return found if found is not None and sum(pivot != 0 for pivot in found.diagonal) <= 2 else None

    @cached_property
    def consensus(self) -> Factorisation | None:
        """The factorisation of -A that proves that all tokens tend to one point; None if it is not proved.

        That is so where -A is positive definite and the one step of all layers keeps a part of the token and
        moves it.
        Source: lemma ``consensus`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax([[-3]], alpha=1).facts(1).consensus.diagonal
        (Fraction(3, 1),)
        >>> Hardmax([[-3]], alpha=-2).facts(1).consensus is None
        True
        """
        found = self.opposite if self.steady else None
        return found if found is not None and found.positive else None

    @cached_property
    def spreads(self) -> Factorisation | None:
        """The factorisation that proves -A semidefinite, where steps go away from what is attended; or None.

        That is where there is one step of all layers, tau < 0, one head, one matrix and no mask.
        Source: lemma ``spreading-hulls`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax([[-1]], alpha="-1/2").facts(1).spreads.diagonal, Hardmax([[-1]]).facts(1).spreads
        ((Fraction(1, 1),), None)
        """
        about = self.one_head and self.all_visible and self.step is not None and self.step.tau < 0
        return self.opposite if about else None

    @cached_property
    def opposite(self) -> Factorisation | None:
        """The factorisation that proves <Ax, x> <= 0 for all x; None if that is not so, or A not one matrix.

        Source: lemma ``factorisation`` in ``proofs_checks/FORMAT.md``, of -A.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax([[-3]]).facts(1).opposite.diagonal, Hardmax([[3]]).facts(1).opposite
        ((Fraction(3, 1),), None)
        """
        if self.matrix is None:
            return None
        found = factorise(tuple(tuple(-x for x in row) for row in self.matrix))
        return found if isinstance(found, Factorisation) else None
