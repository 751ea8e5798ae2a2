"""A kind of system in words: what the head of every table says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from exactdyn.numbers.reading import Rows
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.head import Head
from exactdyn.systems.schedule import Schedule

HEADING_LIMIT = 240
"""About so many characters of a part of a system are shown; JSON and certificates hold all."""

SHORTEST = 3
"""So many characters an entry of a matrix takes at least, with what stands between it and the next."""

Shown = TypeVar("Shown")


@dataclass(frozen=True)
class KindWords:
    """How a system is written.

    ``equation``: "A = ..." of a name and a value. ``formula``: the text of a formula. ``number``, ``matrix``:
    how these look. ``dots`` stands for entries that are left out of a large matrix, ``times`` between its
    measures.
    """

    equation: Callable[[str, str], str]
    formula: Callable[[str], str]
    number: Callable[[Fraction], str]
    matrix: Callable[[Sequence[Sequence[str]]], str]
    dots: str
    times: str

    def system(self, system: HardAttention) -> str:
        """Say of which kind a system is, part by part.

        >>> from exactdyn.cli.words.sentences import PLAIN
        >>> from exactdyn.systems.hardmax import Hardmax
        >>> PLAIN.kind.system(Hardmax(tau="2/(k+2)", V=[[2]], mask="causal", ties="first"))
        'A = I, V = ((2)), causal mask, of ties the first, tau = 2/(k+2)'
        """
        return ", ".join((*self._heads(system), self._step(system.schedule), *self._blocks(system)))

    def _heads(self, system: HardAttention) -> Iterator[str]:
        if len(system.parts) == 1:
            yield from self._head(system.parts[0], system.period)
            return
        told = "; ".join(", ".join(self._head(head, system.period)) for head in system.parts)
        yield f"{len(system.parts)} heads" + (f" ({told})" if len(told) <= HEADING_LIMIT else "")

    def _head(self, head: Head, period: int) -> Iterator[str]:
        yield self._matrices("A", head.A, period)
        if head.V is not None:
            yield self._matrices("V", head.V, period)
        if head.mask is not None:
            yield "a mask of its own" if head.mask.kind == "rows" else f"{head.mask.kind} mask"
        if head.ties != "mean":
            yield f"of ties the {head.ties}"

    def _matrices(self, name: str, given: tuple[Rows, ...] | None, period: int) -> str:
        if given is None:
            return self.equation(name, "I")
        if len(given) == 1:
            return self.equation(name, self._headed(given[0]))
        last = "the last" if period == 1 else f"the last {period}"
        return f"{len(given)} matrices {self.formula(name)}, {last} for ever"

    def _step(self, schedule: Schedule) -> str:
        if schedule.formula is not None:
            return self.equation(schedule.parameter, self.formula(schedule.formula))
        numbers = [self.number(number) for number in schedule.stated]
        if len(numbers) == 1:
            return self.equation(schedule.parameter, numbers[0])
        last = "the last" if schedule.period == 1 else f"the last {schedule.period}"
        shown = ", ".join(self._ends(numbers, self.dots))
        return f"{self.equation(schedule.parameter, shown)}, {last} for ever"

    @staticmethod
    def _blocks(system: HardAttention) -> Iterator[str]:
        if system.relu is not None:
            count = len(system.relu)
            yield "a ReLU block" if count == 1 else f"{count} ReLU blocks"

    def _headed(self, matrix: Rows) -> str:
        # The matrix if it is short, else its corners, else its size alone.
        size = f"{len(matrix)}{self.times}{len(matrix)}"
        if len(matrix) ** 2 * SHORTEST <= HEADING_LIMIT:
            whole = [[self.number(x) for x in row] for row in matrix]
            if _is_short(whole):
                return self.matrix(whole)
        left_out = -1
        ends = self._ends(range(len(matrix)), left_out)
        corners = [
            [self.dots if left_out in (i, j) else self.number(matrix[i][j]) for j in ends] for i in ends
        ]
        return f"{self.matrix(corners)} ({size})" if _is_short(corners) else f"({size})"

    @staticmethod
    def _ends(entries: Sequence[Shown], dots: Shown) -> Sequence[Shown]:
        return entries if len(entries) < 5 else [*entries[:2], dots, entries[-1]]


def _is_short(rows: Sequence[Sequence[str]]) -> bool:
    return sum(len(entry) + 2 for row in rows for entry in row) <= HEADING_LIMIT
