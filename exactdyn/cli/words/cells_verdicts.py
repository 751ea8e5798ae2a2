"""Statements for all values of a parameter in words: where each holds, where it fails, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from exactdyn.certificates.envelope import encode
from exactdyn.cli.words.cells import interval
from exactdyn.cli.words.sentences import PLAIN

if TYPE_CHECKING:
    from exactdyn.parameters.cells import ParameterCells
    from exactdyn.parameters.verdicts import LineVerdict, VerdictPart

PARTS_NAMED = 4
"""So many intervals, and so many points, at which a statement has one answer are named."""


def statements_text(found: ParameterCells, digits: int) -> str:
    """Return what ``cells --statements`` prints beside the cells: where the theorem applies, what is true.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> print(statements_text(cells(Hardmax(), tokens=[[1], ["1/2"]]), 8).splitlines()[1])
    hull-shrinkage: holds for every alpha in (0, infinity): by lemma convex-step
    """
    from exactdyn.parameters.verdicts import line_hypotheses, line_verdicts

    applies = hypotheses_text(found, line_hypotheses(found), digits)
    return applies + verdicts_text(found, line_verdicts(found), digits)


def statements_data(found: ParameterCells) -> dict[str, object]:
    """Return the same as data.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> list(statements_data(cells(Hardmax(), tokens=[[1], ["1/2"]])))
    ['hypotheses', 'statements']
    """
    from exactdyn.parameters.verdicts import line_hypotheses, line_verdicts

    hypotheses = {name: verdict_data(verdict) for name, verdict in line_hypotheses(found).items()}
    return {"hypotheses": hypotheses, "statements": verdicts_data(found, line_verdicts(found))}


def hypotheses_text(found: ParameterCells, hypotheses: Mapping[str, LineVerdict], digits: int) -> str:
    r"""Say for which values of the parameter the theorem applies, and if not for all, for want of what.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.parameters.verdicts import line_hypotheses
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> found = cells(Hardmax(), tokens=[[1], ["1/2"]])
    >>> hypotheses_text(found, line_hypotheses(found), 8)
    'the clustering theorem applies for every alpha in (0, infinity): all its hypotheses hold\n'
    """
    failing = {name: verdict for name, verdict in hypotheses.items() if verdict.outcome != "holds"}
    if not failing:
        (*_, verdict) = hypotheses.values()
        where = _where(found, [list(verdict.parts)], digits)
        return f"the clustering theorem applies for every {where}: all its hypotheses hold\n"
    lines = (line for name, own in failing.items() for line in _verdict_lines(found, name, own, digits))
    return "".join(f"{line}\n" for line in lines)


def verdicts_text(found: ParameterCells, verdicts: Mapping[str, LineVerdict], digits: int) -> str:
    r"""Return what is known of every statement: for which values of the parameter it holds, fails, is open.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.parameters.verdicts import line_verdicts
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> found = cells(Hardmax([[-1]]), tokens=[[1], [-1]])
    >>> print("\n".join(verdicts_text(found, line_verdicts(found), 8).splitlines()[3:5]))
    distinctness-preserved: fails for alpha = 1: tokens 0 and 1, distinct at layer 0, meet at (0) at layer 1
      holds for alpha in (0, 1), (1, infinity): layers 0..6, computed
    """
    lines = (
        line for name, verdict in verdicts.items() for line in _verdict_lines(found, name, verdict, digits)
    )
    return "".join(f"{line}\n" for line in [*lines, _carried_line(found, verdicts)])


def _carried_line(found: ParameterCells, verdicts: Mapping[str, LineVerdict]) -> str:
    """Say which of these a certificate proves, and which not."""
    carried = _carried(found)
    own = [name for name in verdicts if name in carried]
    others = [name for name in verdicts if name not in carried]
    if not others:
        return "a certificate (--certificate) carries all of these"
    return (
        f"a certificate (--certificate) carries {', '.join(own) or 'none of these'}; not {', '.join(others)}"
    )


def _carried(found: ParameterCells) -> tuple[str, ...]:
    # Of cells that do not reach to the end there is no certificate.
    from exactdyn.parameters.certificate import carried

    return carried(found) if found.finished else ()


_ORDER = ("fails", "undecided", "holds")
# What is told first of a statement that has several answers.


def _verdict_lines(found: ParameterCells, name: str, verdict: LineVerdict, digits: int) -> Iterator[str]:
    told = f"{name}: "
    groups = [list(own) for _, own in groupby(verdict.parts, key=lambda part: part.verdict.outcome)]
    if len(groups) == 1:
        where = f"every {_where(found, groups, digits)}"
        yield f"{told}{verdict.outcome} for {where}{_why(found, name, groups, digits)}"
        return
    for outcome in _ORDER:
        own = [group for group in groups if group[0].verdict.outcome == outcome]
        if own:
            where = f"{outcome} for {_where(found, own, digits)}{_why(found, name, own, digits)}"
            yield f"{told}{where}"
            told = "  "


def _where(found: ParameterCells, groups: Sequence[Sequence[VerdictPart]], digits: int) -> str:
    """Say where groups of neighbours are."""
    name = found.line.name
    points = [group[0].low.text(digits) for group in groups if len(group) == 1 and group[0].point]
    intervals = [
        interval(group[0], group[-1], digits) for group in groups if len(group) > 1 or not group[0].point
    ]
    shown = [*_named(f"{name} = ", points), *_named(f"{name} in ", intervals)]
    return " and ".join(shown)


def _named(before: str, texts: Sequence[str]) -> list[str]:
    more = f", ... ({len(texts)} of them)" if len(texts) > PARTS_NAMED else ""
    return [f"{before}{', '.join(texts[:PARTS_NAMED])}{more}"] if texts else []


def _why(found: ParameterCells, name: str, groups: Sequence[Sequence[VerdictPart]], digits: int) -> str:
    """Say by which lemmas, on which layers, or why not, and with which witness."""
    parts = [part for group in groups for part in group]
    first = next((part for part in parts if part.at is not None), parts[0])
    if first.verdict.outcome == "fails":
        value = first.low.text(digits) if first.at is None else PLAIN.number(first.at)
        at = "" if len(parts) == 1 and first.point else f", at {found.line.name} = {value}"
        return f"{at}: {PLAIN.why(name, first.verdict)}"
    if first.verdict.outcome == "undecided":
        return f": {'; '.join(dict.fromkeys(part.verdict.reason or '' for part in parts))}"
    lemmas = list(dict.fromkeys(part.verdict.lemma for part in parts if part.verdict.lemma is not None))
    computed = [scope for part in parts if part.verdict.lemma is None and (scope := part.verdict.scope)]
    by = [f"by lemma{'' if len(lemmas) == 1 else 's'} {', '.join(lemmas)}"] if lemmas else []
    told = [*by, *([f"{_fewest(computed)}, computed"] if computed else [])]
    return f": {'; '.join(told)}" if told else ""  # a hypothesis holds, and that is all


def _fewest(scopes: Sequence[str]) -> str:
    """Return the scope of the fewest layers."""
    return min(scopes, key=lambda scope: int(scope.rpartition(".")[2]))


def verdicts_data(found: ParameterCells, verdicts: Mapping[str, LineVerdict]) -> dict[str, object]:
    """Return what ``cells --statements --json`` prints of all statements.

    ``carried``: whether a certificate of these cells claims it.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.parameters.verdicts import line_verdicts
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> found = cells(Hardmax(), tokens=[[1], ["1/2"]])
    >>> verdicts_data(found, line_verdicts(found))["hull-shrinkage"]["carried"]
    True
    """
    own = _carried(found)
    return {name: verdict_data(verdict) | {"carried": name in own} for name, verdict in verdicts.items()}


def verdict_data(verdict: LineVerdict) -> dict[str, object]:
    """Return what is printed of one statement as data.

    Ends are those of cells; a witness is that of the value ``at``.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.parameters.verdicts import line_verdicts
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> verdict_data(line_verdicts(cells(Hardmax(), tokens=[[1], ["1/2"]]))["hull-shrinkage"])["verdict"]
    'holds'
    """
    return {"verdict": verdict.outcome, "lemma": verdict.lemma, "parts": list(map(_part_data, verdict.parts))}


def _part_data(part: VerdictPart) -> dict[str, object]:
    verdict = part.verdict
    optional = {
        "scope": verdict.scope,
        "lemma": verdict.lemma,
        "at": None if part.at is None else encode(part.at),
        "witness": None if verdict.witness is None else encode(verdict.witness),
        "reason": verdict.reason,
    }
    ends = {"from": part.low.to_dict(), "to": part.high.to_dict(), "point": part.point}
    stated = {name: value for name, value in optional.items() if value is not None}
    return {**ends, "verdict": verdict.outcome, **stated}
