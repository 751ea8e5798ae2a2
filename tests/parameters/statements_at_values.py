"""Judge of statements for all values: at values drawn in every part ``check`` has to agree."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

from exactdyn.parameters.cells import ParameterCells
from exactdyn.parameters.roots import Root
from exactdyn.parameters.value import generator
from exactdyn.parameters.verdicts import VerdictPart, line_verdicts
from exactdyn.statements.catalogue import CATALOGUE
from exactdyn.verdict import Verdict


def disagreements(found: ParameterCells, source: Random, values: int) -> list[str]:
    """Return what ``check`` says otherwise at so many values of a line, and says so."""
    verdicts, wrong = line_verdicts(found), []
    line = found.line
    ends = [cell.low.place for cell in found.cells[1:]]
    for _ in range(values):
        beside = source.choice([None, *ends]) if source.random() < 0.7 else None
        if beside is None:
            low, high = line.low, line.high
        else:
            beside.within(Fraction(1, 10**4))
            low, high = (
                max(line.low, beside.low - Fraction(1, 10**3)),
                min(line.high, beside.high + Fraction(1, 10**3)),
            )
        x = low + (high - low) * Fraction(source.randrange(1, 1000), 1000)
        for name, verdict in verdicts.items():
            (part,) = [own for own in verdict.parts if contains(own, x)]
            said = part.verdict
            told = at(found, x, name, said)
            if not agree(said, told):
                wrong.append(f"{name} at {line.shown(x)}: {said} but {told}")
    points = [(name, part) for name, own in verdicts.items() for part in own.parts if part.point]
    for name, part in source.sample(points, min(values, len(points))):
        told = at(found, generator(part.low.place), name, part.verdict)
        if not agree(part.verdict, told):
            wrong.append(f"{name} at {part.low.text()}: {part.verdict} but {told}")
    return wrong


def contains(part: VerdictPart, x: Fraction) -> bool:
    """Tell whether a value of the computation is in a part."""
    if part.point:
        return part.low.place.number == x
    place = Root.rational(x)
    return part.low.place.below(place) and place.below(part.high.place)


def at(found: ParameterCells, x: Any, name: str, said: Verdict) -> Verdict:
    """Return the verdict at one value, on as many layers as are spoken of."""
    scope = said.scope or ""
    system, tokens = found.line.system(x)
    layers = int(scope.rpartition("..")[2]) if ".." in scope else 12
    run = system.run(tokens, layers)
    return CATALOGUE[name].decide(run)


def agree(said: Verdict, told: Verdict) -> bool:
    """Tell whether the two may both be right; what is undecided for all may be decided for one."""
    return said.outcome in ("undecided", told.outcome)
