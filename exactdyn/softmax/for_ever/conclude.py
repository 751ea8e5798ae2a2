"""Running until everything that can be concluded about all later time is proved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from exactdyn.numbers.reading import exact_rows
from exactdyn.presentation import Presentable
from exactdyn.softmax.euler.walk import walk
from exactdyn.softmax.flow.flow import BITS, Flow, flow
from exactdyn.softmax.flow.state import Enclosed
from exactdyn.softmax.for_ever import clusters, collapse, hyperplanes, leading, line, turning
from exactdyn.softmax.for_ever import hull_shrinkage as hull
from exactdyn.softmax.for_ever.following import ties
from exactdyn.softmax.for_ever.statement import Box, Conclusion, box_of, nothing
from exactdyn.softmax.system import Drive, Softmax
from proofs_checks.format.rationals import write_rational

Decision = Callable[[Box], Conclusion]

PROVING, PROVING_MANY, MANY = 48, 64, 40
"""The precision that a proof tries first, and where there are more coordinates than so many.

Of what it gives, growth leaves the few digits that a proof needs. With 60 coordinates 48 bits do not do, and
an attempt that fails costs as much as the next one.
"""


LEMMAS = {
    "collapse": "energy",
    "attention-limit": "line-trap",
    "clusters": "cluster-trap",
    "turning-clusters": "turning-trap",
    "leading-clusters": "leading-trap",
    "hyperplanes": "hyperplane-trap",
}
"""The lemmas that are about one head without mask in continuous time, by the statements they prove."""

CLUSTERS = frozenset({"clusters", "leading-clusters"})
"""The statements that are proved of some tokens whatever the others do."""


@dataclass(frozen=True, repr=False)
class Proof(Presentable):
    """A flow to time T and what is concluded about all later time, by the name of the statement."""

    flow: Enclosed
    statements: dict[str, Conclusion]

    def __repr__(self) -> str:
        said = ", ".join(f"{name} {own.verdict.outcome}" for name, own in self.statements.items())
        return f"Proof(to time {float(self.flow.time):g}: {said or 'nothing asked about later time'})"


def applicable(model: Drive, whole: bool = False) -> dict[str, Decision]:
    """Return the statements that are about systems of this kind, each with the function that decides it.

    With ``whole`` it need not conclude anything that is not about every token.

    Source: ``proofs_checks/softmax/FORMAT.md``, section "Statements".

    >>> one = ((Fraction(1),),)
    >>> list(applicable(Drive(one, one, (1,))))
    ['hull-shrinkage', 'attention-limit']
    """
    if collapse.concerns(model):
        return {"collapse": collapse.decide}
    multiple = model.multiple()
    chosen: dict[str, Decision] = {}
    if multiple is not None and multiple >= 0:
        chosen["hull-shrinkage"] = hull.decide
    if model.dimension == 1:
        chosen["attention-limit"] = line.decide
    elif multiple is not None:
        chosen["clusters"] = partial(clusters.decide, whole=whole)
    elif turning.spiral(model) is not None:
        chosen["turning-clusters"] = partial(turning.decide, whole=whole)
    elif leading.several(model.V):
        chosen["leading-clusters"] = partial(leading.decide, whole=whole)
    else:
        chosen["hyperplanes"] = hyperplanes.decide
    return chosen


def lacking(system: Softmax, lemma: str) -> str:
    """Say which hypothesis of such a lemma a system does not meet.

    >>> lacking(Softmax(mask="causal"), "cluster-trap")
    'lemma cluster-trap asks that every token sees every token, got mask causal'
    """
    if system.step is not None:
        return f"lemma {lemma} asks for continuous time, got steps of {write_rational(system.step)}"
    if len(system.parts) > 1:
        return f"lemma {lemma} asks for one head, got {len(system.parts)}"
    mask = system.parts[0].mask
    return (
        f"lemma {lemma} asks that every token sees every token, got mask {'' if mask is None else mask.text}"
    )


def of_any_kind(reached: Enclosed, whole: bool = False) -> dict[str, Conclusion]:
    """Return what is concluded about a system of several heads, with masks, or in discrete time.

    ``whole``: as for :func:`applicable`.

    Source: ``proofs_checks/softmax/FORMAT.md``, lemmas ``hull`` and ``masked-cluster-trap``; the other lemmas
    are not about such systems.

    >>> found = of_any_kind(enclosed(Softmax(mask="causal", step="1/2"), [[1], [2]], Fraction(1)))
    >>> found["hull-shrinkage"].verdict.outcome, found["attention-limit"].verdict.reason
    ('holds', 'lemma line-trap asks for continuous time, got steps of 1/2')
    """
    shrinking = hull.hull_of_any_kind(reached)
    found = {} if shrinking is None else {"hull-shrinkage": shrinking}
    multiple = reached.model.multiple()
    if isinstance(reached, Flow) and len(reached.system.parts) == 1 and multiple is not None and multiple > 0:
        return found | {"masked-clusters": clusters.decide_masked(box_of(reached), whole)}
    names = applicable(Drive(reached.model.V, reached.model.B, reached.model.weights))
    return found | {name: nothing(lacking(reached.system, LEMMAS[name])) for name in names if name in LEMMAS}


def prove(
    system: Softmax,
    tokens: object,
    until: Fraction,
    radius: Fraction = Fraction(0),
    bits: int | None = None,
    progress: Callable[[Enclosed], None] = lambda reached: None,
) -> Proof:
    """Integrate until every applicable statement holds, at most up to time ``until``, and conclude.

    Arguments and errors as for :func:`enclosed`, ``bits`` where a number is given. Statements that do not
    hold for every token by then are undecided, with a reason and with what is proved about the others;
    clusters are not waited for once none is left but of tokens that attend two others alike, as far as is
    known: these ties may last. Those of which the lemma is about one head without mask in continuous time are
    so for every other system, which goes on to ``until``.

    Source: ``proofs_checks/softmax/FORMAT.md``, section "Statements".

    >>> proof = prove(Softmax(), [[1], ["1/2"], [-1]], until=Fraction(4))
    >>> proof.statements["attention-limit"].evidence["rows"]
    [[0, 0], [1, 0], [2, 2]]
    """
    if not system.plain:

        def concluded(reached: Enclosed) -> bool:
            progress(reached)
            found = of_any_kind(reached, whole=True).values()
            return all(own.verdict.outcome == "holds" for own in found)

        return conclude(_enclosed(system, tokens, until, radius, bits or BITS, concluded))

    def settled(reached: Flow) -> bool:
        progress(reached)
        box = box_of(reached)
        found = applicable(reached.model, whole=True)
        left = {name for name, decide in found.items() if decide(box).verdict.outcome != "holds"}
        return left <= CLUSTERS and all(_only_ties(box, reached.model, name) for name in left)

    start = exact_rows(tokens, "tokens")
    many = len(start) * len(start[0]) > MANY
    return conclude(flow(system, start, until, radius, bits or (PROVING_MANY if many else PROVING), settled))


def conclude(reached: Enclosed) -> Proof:
    """Conclude about all later time from wherever an integration has come.

    Source: ``proofs_checks/softmax/FORMAT.md``, section "Statements".

    >>> proof = conclude(enclosed(Softmax(), [[1], ["1/2"], [-1]], Fraction(2)))
    >>> proof.statements["attention-limit"].verdict.outcome
    'holds'
    """
    if not isinstance(reached, Flow) or not reached.system.plain:
        return Proof(reached, of_any_kind(reached))
    box = box_of(reached)
    found = {name: decide(box) for name, decide in applicable(reached.model).items()}
    planes = found.get("hyperplanes")
    if planes is not None:  # not waited for: where tokens tie, hyperplanes are all there is
        more = leading.decide(box, whole=planes.verdict.outcome == "holds")
        if more.evidence is not None:
            found["leading-clusters"] = more
    return Proof(reached, found)


def _only_ties(box: Box, model: Drive, name: str) -> bool:
    # Whether a statement is undecided of tied tokens only.
    tied = ties(box)
    undecided = applicable(model)[name](box).undecided if tied else {}
    return bool(undecided) and {box.start.place[token] for token in undecided} <= tied.keys()


def enclosed(
    system: Softmax,
    tokens: object,
    until: Fraction,
    radius: Fraction = Fraction(0),
    bits: int = BITS,
    progress: Callable[[Enclosed], None] = lambda reached: None,
) -> Enclosed:
    """Enclose a system up to a time, in continuous time or in its steps.

    Arguments and errors as for :func:`~exactdyn.softmax.flow.flow.flow` and
    :func:`~exactdyn.softmax.euler.walk.walk`.

    >>> enclosed(Softmax(step="1/2"), [[1]], Fraction(1))
    EulerWalk(1 tokens in dimension 1, proved to time 1)
    """

    def going_on(reached: Enclosed) -> bool:
        progress(reached)
        return False

    return _enclosed(system, tokens, until, radius, bits, going_on)


def _enclosed(
    system: Softmax,
    tokens: object,
    until: Fraction,
    radius: Fraction,
    bits: int,
    ends: Callable[[Enclosed], bool],
) -> Enclosed:
    if system.step is None:
        return flow(system, tokens, until, radius, bits, ends)
    return walk(system, tokens, until, radius, bits, ends)
