"""Exact linear programs a second: exactdyn, z3, and the simplex method in plain fractions.

``python -m tests.benchmarks.linear_programs``: attention graphs of n tokens in dimension d, as tests
plant them. What is not a feasible one is proved impossible, with weights.
"""

from __future__ import annotations

from time import perf_counter

from exactdyn.families.classes.conditions import Preferences
from exactdyn.families.classes.member import Finder, Member
from exactdyn.numbers.reading import exact
from tests.planted import attention_question, z3_finds_a_matrix

SIZES = [(5, 2, 200), (10, 3, 40), (20, 4, 9)]


def conditions_of(asked, sets):
    rows = Preferences(asked.matrices, 0, asked.start)
    return [
        rows.condition(i, min(own), j, ">")
        for i, own in sets.items()
        for j in range(asked.start.count)
        if j not in own
    ]


def by_exactdyn(asked, sets):
    return isinstance(Finder(asked.matrices).find(conditions_of(asked, sets)), Member)


def by_fractions(asked, sets):
    """Gordan's alternative, phase one of the simplex method with Bland's rule, on fractions."""
    rows = [tuple(map(exact, condition.row)) for condition in conditions_of(asked, sets)]
    width, count = len(rows[0]), len(rows)
    table = [
        [row[c] for row in rows] + [exact(int(c == r)) for r in range(width)] + [exact(0)]
        for c in range(width)
    ]
    table.append([exact(1)] * count + [exact(0)] * width + [exact(1)])
    table = [[*row[:-1], exact(int(r == width)), row[-1]] for r, row in enumerate(table)]
    costs = [-sum(column) for column in zip(*table, strict=True)]
    costs[count:-1] = [exact(0)] * (width + 1)
    basis = list(range(count, count + width + 1))
    while (entering := next((j for j in range(count) if costs[j] < 0), None)) is not None:
        ratios = [(row[-1] / row[entering], basis[r], r) for r, row in enumerate(table) if row[entering] > 0]
        r = min(ratios)[2]
        table[r] = [x / table[r][entering] for x in table[r]]
        basis[r] = entering
        for other in [row for place, row in enumerate(table) if place != r] + [costs]:
            factor = other[entering]
            other[:] = [x - factor * y for x, y in zip(other, table[r], strict=True)]
    return costs[-1] != 0  # no weights: there is a matrix


def main() -> None:
    """Print a table."""
    print("tokens  gap (bits)  exactdyn/s      z3/s  fractions/s")
    for count, dimension, number in SIZES:
        for gap in (0, 100):
            questions = [
                attention_question(count, dimension, kind, gap, seed)
                for kind in ("feasible", "random", "swapped")
                for seed in range(number // 3)
            ]
            answers, speeds = [], []
            for decide, part in ((by_exactdyn, 1), (z3_finds_a_matrix, 10), (by_fractions, 10)):
                chosen = questions[::part]
                start = perf_counter()
                answers.append([decide(asked, sets) for asked, sets in chosen])
                speeds.append(len(chosen) / (perf_counter() - start))
            agree = answers[1] == answers[2] == answers[0][::10]
            print(
                f"{count:3} in {dimension}  {gap:9}  {speeds[0]:10.1f}  {speeds[1]:8.1f}  {speeds[2]:11.1f}"
                + ("" if agree else "  DISAGREE"),
                flush=True,
            )


if __name__ == "__main__":
    main()
