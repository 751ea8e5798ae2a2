"""Running until everything that can be concluded about all later time is proved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from exactdyn.presentation import Presentable
from exactdyn.softmax.flow.flow import BITS, Flow, flow
from exactdyn.softmax.for_ever import clusters, collapse, hyperplanes, leading, line, turning
from exactdyn.softmax.for_ever import hull_shrinkage as hull
from exactdyn.softmax.for_ever.statement import Box, Conclusion, box_of
from exactdyn.softmax.system import Drive, Softmax

Decision = Callable[[Box], Conclusion]


@dataclass(frozen=True, repr=False)
class Proof(Presentable):
    """A flow to time T and what is concluded about all later time, by the name of the statement."""

    flow: Flow
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
        chosen["turning-clusters"] = turning.decide
    elif leading.several(model.V):
        chosen["leading-clusters"] = partial(leading.decide, whole=whole)
    else:
        chosen["hyperplanes"] = hyperplanes.decide
    return chosen


def prove(
    system: Softmax,
    tokens: object,
    until: Fraction,
    radius: Fraction = Fraction(0),
    bits: int = BITS,
    progress: Callable[[Flow], None] = lambda reached: None,
) -> Proof:
    """Integrate until every applicable statement holds, at most up to time ``until``, and conclude.

    Arguments and errors as for :func:`~exactdyn.softmax.flow.flow.flow`. Statements that do not hold for
    every token by then are undecided, with a reason and with what is proved about the others.

    Source: ``proofs_checks/softmax/FORMAT.md``, section "Statements".

    >>> proof = prove(Softmax(), [[1], ["1/2"], [-1]], until=Fraction(4))
    >>> proof.statements["attention-limit"].evidence["rows"]
    [[0, 0], [1, 0], [2, 2]]
    """

    def settled(reached: Flow) -> bool:
        progress(reached)
        box = box_of(reached)
        found = applicable(reached.model, whole=True).values()
        return all(decide(box).verdict.outcome == "holds" for decide in found)

    reached = flow(system, tokens, until, radius, bits, settled)
    box = box_of(reached)
    found = {name: decide(box) for name, decide in applicable(reached.model).items()}
    planes = found.get("hyperplanes")
    if planes is not None:  # not waited for: where tokens tie, hyperplanes are all there is
        more = leading.decide(box, whole=planes.verdict.outcome == "holds")
        if more.evidence is not None:
            found["leading-clusters"] = more
    return Proof(reached, found)
