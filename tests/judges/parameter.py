"""Whether a certificate of a parameter is true, by runs at samples, without code of what it judges.

Numbers are integers, in units of 2^-1200; scores that differ by less than 2^-900 count as ties, which the
small numbers of the tests allow. Between two points some values are tried, and all points that lie there.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.judges.parameter_statements import statements_hold

UNIT, TIE = 1200, 1 << 300
SHARES = (Fraction(1, 64), Fraction(61, 64))
LATER = 6
"""So many layers after it is closed a cell is looked at."""

SQUARINGS = 40
"""After 2^40 layers tokens are near their limits."""

SLOWEST = Fraction(1, 16)
"""For smaller steps it would take long to see where the tokens of a basin go."""

Rows = list[list[int]]


def confirms(document: Any) -> bool:
    """Tell whether all that a certificate says is so at all samples."""
    places = [_place(point) for point in document["points"]]
    told = statements_hold(document, places[0], places[-1])
    return told and _pieces(document, places, document["cells"], (0, len(places) - 1), [])


def _pieces(document: Any, places: list[Fraction], node: Any, ends: tuple[int, int], before: list) -> bool:
    cuts = [ends[0], *node["at"], ends[1]]
    for number, piece in enumerate(node["pieces"]):
        own = ends if ends[0] == ends[1] else (cuts[(number + 1) // 2], cuts[number // 2 + 1])
        if not _piece(document, places, piece, own, before):
            return False
    return True


def _piece(document: Any, places: list[Fraction], piece: Any, ends: tuple[int, int], before: list) -> bool:
    sets = [list(layer) for layer in before]
    for layer in piece["attention"]:
        known = list(sets[-1]) if sets else [None] * len(document["line"]["tokens"])
        for token, own in layer:
            known[token] = set(own)
        sets.append(known)
    if "next" in piece:
        return _pieces(document, places, piece["next"], ends, sets)
    low, high = places[ends[0]], places[ends[1]]
    between = [*(low + (high - low) * share for share in SHARES), *(x for x in places if low < x < high)]
    values = [low] if ends[0] == ends[1] else between
    return all(_true_at(document["line"], x, sets, piece.get("closed")) for x in values)


def _true_at(line: Any, x: Fraction, sets: list, closed: Any) -> bool:
    A, tokens = _rows(line["A"], x), _rows(line["tokens"], x)
    tau = x if "alpha" not in line else Fraction(line["alpha"]) / (1 + Fraction(line["alpha"]))
    step = _number(tau)
    for claimed in sets:
        if _attention(A, tokens) != claimed:
            return False
        at_layer, tokens = tokens, _step(tokens, claimed, step)
    if closed is None:
        return True
    if closed["lemma"] == "periodic-itinerary":
        return _repeats(A, tokens, sets, closed, x, step)
    for _ in range(LATER if closed["lemma"] != "basin" else 0):
        if _attention(A, tokens) != sets[-1]:
            return False
        tokens = _step(tokens, sets[-1], step)
    return _tends(A, at_layer, sets[-1], closed, tau)


def _repeats(A: Rows, tokens: Rows, sets: list, closed: Any, x: Fraction, step: int) -> bool:
    """Tell whether the sets of the last layers repeat, and the tokens do, at last, what is said."""
    cycle = sets[-closed["period"] :]
    if len(cycle) < closed["period"]:
        return False
    later, first = tokens, tokens
    for layer in range(max(LATER, len(cycle) + 1)):
        if _attention(A, later) != cycle[layer % len(cycle)]:
            return False
        later = _step(later, cycle[layer % len(cycle)], step)
    count = range(len(tokens))
    power = [[(i == j) << UNIT for j in count] for i in count]
    for own in cycle:
        power = _step(power, own, step)
    for _ in range(SQUARINGS):
        power = _product(power, power)
    states = [_product(power, tokens)]
    for own in cycle:
        states.append(_step(states[-1], own, step))
    if "limits" in closed:
        goal = [[_number(_entry(entry, x)) for entry in row] for row in closed["limits"]]
        return all(_distance(state, goal) <= _distance(first, goal) // 4 + TIE for state in states)
    layers, token, coordinate = closed["moving"]
    return abs(states[layers][token][coordinate] - states[0][token][coordinate]) > TIE


def _tends(A: Rows, tokens: Rows, sets: list, closed: Any, tau: Fraction) -> bool:
    """Tell whether the tokens come much nearer to what the certificate says that they tend to."""
    goal = _goal(tokens, sets, closed)
    first, step = _distance(tokens, goal), _number(tau)
    if closed["lemma"] != "basin":
        return _distance(_much_later(tokens, sets, step), goal) <= first // 4 + TIE
    if tau < SLOWEST:
        return True
    for _ in range(int(3 / tau) + 3):
        tokens = _step(tokens, _attention(A, tokens), step)
    return _distance(tokens, goal) <= first // 4 + TIE


def _much_later(tokens: Rows, sets: list, step: int) -> Rows:
    """Return the tokens after 2^SQUARINGS layers with the same sets."""
    count, one = range(len(tokens)), 1 << UNIT
    power = [[(one - step) * (i == j) + step * (j in sets[i]) // len(sets[i]) for j in count] for i in count]
    for _ in range(SQUARINGS):
        power = _product(power, power)
    return _product(power, tokens)


def _product(one: Rows, other: Rows) -> Rows:
    columns = list(zip(*other, strict=True))
    return [[sum(map(int.__mul__, row, column)) >> UNIT for column in columns] for row in one]


def _goal(tokens: Rows, sets: list, closed: Any) -> Rows:
    if closed["lemma"] == "basin":
        return [tokens[p] for p in closed["targets"]]
    if "rates" in closed:
        return _after_rates(tokens, sets, closed["rates"])
    goal = [[0] * len(tokens[0]) for _ in tokens]
    for weight in (_number(Fraction(w)) for w in closed.get("weights", ["0", "1"])):
        goal = [
            [g + (weight * c >> UNIT) for g, c in zip(*rows, strict=True)]
            for rows in zip(goal, tokens, strict=True)
        ]
        tokens = _step(tokens, sets, 1 << UNIT)
    return goal


def _after_rates(tokens: Rows, sets: list, rates: Any) -> Rows:
    """Return what the (W - v)/(1 - v) of all rates v but 1 make of the tokens."""
    for v, times in rates:
        for _ in range(times if Fraction(v) != 1 else 0):
            own, rest = _number(Fraction(v)), _number(1 - Fraction(v))
            moved = _step(tokens, sets, 1 << UNIT)
            tokens = [
                [((a << UNIT) - own * b) // rest for a, b in zip(*rows, strict=True)]
                for rows in zip(moved, tokens, strict=True)
            ]
    return tokens


def _distance(one: Rows, other: Rows) -> int:
    return max(abs(a - b) for x, y in zip(one, other, strict=True) for a, b in zip(x, y, strict=True))


def _attention(A: Rows, tokens: Rows) -> list[set[int]]:
    scores = _product(
        _product(tokens, [list(column) for column in zip(*A, strict=True)]), [*zip(*tokens, strict=True)]
    )
    return [{j for j, score in enumerate(row) if score >= max(row) - TIE} for row in scores]


def _step(tokens: Rows, sets: list, step: int) -> Rows:
    moved = []
    for z, own in zip(tokens, sets, strict=True):
        means = [sum(tokens[j][c] for j in own) // len(own) for c in range(len(z))]
        moved.append([a + (step * (b - a) >> UNIT) for a, b in zip(z, means, strict=True)])
    return moved


def _rows(rows: Any, x: Fraction) -> Rows:
    return [[_number(_entry(entry, x)) for entry in row] for row in rows]


def _entry(entry: Any, x: Fraction) -> Fraction:
    parts = entry if isinstance(entry, list) else [entry]
    return sum((Fraction(c) * x**power for power, c in enumerate(parts)), Fraction(0))


def _number(x: Fraction) -> int:
    return (x.numerator << UNIT) // x.denominator


def _place(point: Any) -> Fraction:
    """Return the root of a polynomial between the ends of an interval, or a number close to it."""
    coefficients = point["polynomial"]
    if len(coefficients) == 2:
        return Fraction(-coefficients[0], coefficients[1])
    low, high = (_number(Fraction(end)) for end in point["interval"])
    rising = _value(coefficients, high) > 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if (_value(coefficients, middle) > 0) == rising else (middle, high)
    return Fraction(low, 1 << UNIT)


def _value(coefficients: list[int], x: int) -> int:
    value = 0
    for c in reversed(coefficients):
        value = (value * x >> UNIT) + (c << UNIT)
    return value
