"""Systems of version 2 as FORMAT.md has them: heads, masks, ties, steps, blocks, and facts by looking."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

from tests.judges.oracle.reading import (
    UnconfirmedError,
    Vector,
    entries,
    found_once,
    index,
    members,
    need,
    number,
    rational,
    vector,
)
from tests.judges.reference import dot

LOOKED_AT = 200
"""So many layers are looked at; what a formula is later is read off its dominant terms."""

Rows = list[Vector]
Sum = dict[tuple[Fraction, int], Fraction]
"""The coefficients of r^k k^p."""


class Given:
    """Tokens, heads, steps and blocks of a certificate, with what they are at a layer."""

    def __init__(self, system: Any) -> None:
        parts = members(system, "tokens tau heads", "relu period")
        rows = entries(parts["tokens"])
        need(rows and entries(rows[0]))
        self.dimension, self.period = len(rows[0]), 1
        self.written: dict[int, tuple[list[Any], list[Any]]] = {}
        self.tokens = [vector(row, self.dimension) for row in rows]
        if "period" in parts:
            self.period = index(parts["period"], 10_000_001)
            need(self.period > 0)
        self.heads: list[dict[str, Any]] = []
        for head in [self.read_head(head) for head in entries(parts["heads"])]:
            self.join(head)
        need(self.heads)
        self.relu = [self.read_relu(block) for block in self.listed(parts["relu"])] if "relu" in parts else []
        self.listed_tau: Vector | None = None
        self.above: Sum = {}
        self.below: Sum = {}
        if isinstance(parts["tau"], dict) and "listed" in parts["tau"]:
            self.listed_tau = [number(x) for x in self.listed(members(parts["tau"], "listed")["listed"])]
        else:
            formula = members(parts["tau"], "numerator denominator")
            self.above, self.below = read_sum(formula["numerator"]), read_sum(formula["denominator"])
            need(self.below and never_zero(tuple(self.below.items())))

    def listed(self, data: Any) -> list[Any]:
        found = entries(data)
        need(len(found) == 1 or len(found) >= self.period)
        return found

    def read_head(self, data: Any) -> dict[str, Any]:
        parts, d = members(data, "A", "V mask ties"), self.dimension
        read = {name: self.listed(parts[name]) for name in ("A", "V") if name in parts}
        head: dict[str, Any] = {name: [square(rows, d) for rows in found] for name, found in read.items()}
        head["ties"] = parts.get("ties", "mean")
        need(head["ties"] in ("mean", "first", "last"))
        n = len(self.tokens)
        head["named"] = parts.get("mask", "everybody")
        if "mask" not in parts:
            head["seen"] = [list(range(n)) for _ in range(n)]
        elif parts["mask"] == "causal":
            head["seen"] = [list(range(i + 1)) for i in range(n)]
        elif parts["mask"] == "strict":
            head["seen"] = [list(range(i)) or [0] for i in range(n)]
        else:
            rows = [[index(x, 2) for x in entries(row, n)] for row in entries(parts["mask"], n)]
            head["seen"] = [[j for j, x in enumerate(row) if x] for row in rows]
        need(all(head["seen"]))
        return head

    def join(self, head: dict[str, Any]) -> None:
        """Take a head in; one that attends as an earlier one does goes along with it, values added."""
        for other in self.heads:
            same = all(other[name] == head[name] for name in ("seen", "named", "ties"))
            long = range(max(len(own["A"]) for own in (head, other)))
            if same and all(multiple(self.at(head["A"], k), self.at(other["A"], k)) for k in long):
                both = [own.get("V", [self.identity()]) for own in (head, other)]
                other["V"] = [
                    [[x + y for x, y in zip(*rows, strict=True)] for rows in zip(*matrices, strict=True)]
                    for k in range(max(map(len, both)))
                    for matrices in [[self.at(V, k) for V in both]]
                ]
                return
        self.heads.append(head)

    def read_relu(self, data: Any) -> dict[str, Any]:
        parts, d = members(data, "W1 b1 W2 b2", "eta"), self.dimension
        size = len(entries(parts["b1"]))
        need(size > 0)
        return {
            "W1": [vector(row, d) for row in entries(parts["W1"], size)],
            "b1": vector(parts["b1"], size),
            "W2": [vector(row, size) for row in entries(parts["W2"], d)],
            "b2": vector(parts["b2"], d),
            "eta": number(parts["eta"]) if "eta" in parts else Fraction(1),
        }

    def at(self, found: list[Any], layer: int) -> Any:
        # The list written out until this layer; what is written stays, as long as the list does.
        long = self.written.setdefault(id(found), (found, list(found)))[1]
        while len(long) <= layer:
            long.append(long[-self.period] if len(found) > 1 else long[-1])
        return long[layer]

    @found_once
    def constant(self) -> bool:
        """Whether no list has a second entry, so that all layers are as layer 0."""
        lists = [self.listed_tau, *(head[name] for head in self.heads for name in ("A", "V") if name in head)]
        return all(found is not None and len(found) == 1 for found in lists)

    @found_once
    def tau(self, layer: int) -> Fraction:
        if self.listed_tau is not None:
            return self.at(self.listed_tau, layer)
        return value(self.above, layer) / value(self.below, layer)

    def identity(self) -> Rows:
        return [[Fraction(r == c) for c in range(self.dimension)] for r in range(self.dimension)]

    def values(self, layer: int) -> list[Rows]:
        return [self.at(head["V"], layer) if "V" in head else self.identity() for head in self.heads]

    @found_once
    def pulls(self, layer: int) -> list[Rows] | None:
        """The P_h of a layer; None where the inverse does not exist."""
        if layer > 0 and self.constant():
            return self.pulls(0)
        tau, V, d = self.tau(layer), self.values(layer), range(self.dimension)
        M = [
            [(1 - tau) * (r == c) + tau * sum((rows[r][c] for rows in V), Fraction(0)) for c in d] for r in d
        ]
        inverse = inverted(M)
        if inverse is None:
            return None
        scaled = [[[tau * x for x in row] for row in rows] for rows in V]
        return [
            [[sum((inverse[r][m] * rows[m][c] for m in d), Fraction(0)) for c in d] for r in d]
            for rows in scaled
        ]

    def attend(self, state: Rows, layer: int) -> list[list[set[int]]]:
        """For each head the attention sets."""
        found = []
        for head in self.heads:
            A, sets = self.at(head["A"], layer), []
            for z, seen in zip(state, head["seen"], strict=True):
                image = product_rows(A, z)
                scores = {j: dot(image, state[j]) for j in seen}
                largest = max(scores.values())
                best = sorted(j for j, score in scores.items() if score == largest)
                sets.append({"mean": set(best), "first": {best[0]}, "last": {best[-1]}}[head["ties"]])
            found.append(sets)
        return found

    def next_state(self, state: Rows, sets: list[list[set[int]]], layer: int) -> Rows:
        """One layer; not confirmed where it has no step."""
        pulls = self.pulls(layer)
        if pulls is None:
            raise UnconfirmedError
        moved = []
        for i, z in enumerate(state):
            y = list(z)
            for P, own in zip(pulls, sets, strict=True):
                mean = [sum((state[j][r] for j in own[i]), Fraction(0)) / len(own[i]) for r in range(len(z))]
                pull = product_rows(P, [b - a for a, b in zip(z, mean, strict=True)])
                y = [a + b for a, b in zip(y, pull, strict=True)]
            moved.append(self.blocked(y, layer))
        return moved

    def blocked(self, y: Vector, layer: int) -> Vector:
        if not self.relu:
            return y
        block = self.at(self.relu, layer)
        inner = [a + b for a, b in zip(product_rows(block["W1"], y), block["b1"], strict=True)]
        outer = product_rows(block["W2"], [max(x, Fraction(0)) for x in inner])
        return [block["eta"] * a + b + c for a, b, c in zip(y, outer, block["b2"], strict=True)]

    # Facts.

    @found_once
    def shares(self, layer: int) -> tuple[Fraction, list[Fraction]] | None:
        """The numbers rho and v_h with R = rho I, P_h = v_h I; None where a V_h is no multiple of I."""
        if layer > 0 and self.constant():
            return self.shares(0)
        tau, values = self.tau(layer), self.values(layer)
        if self.relu or not all(is_scalar(rows) for rows in values):
            return None
        sizes = [rows[0][0] for rows in values]
        whole = 1 - tau + tau * sum(sizes, Fraction(0))
        return None if whole == 0 else ((1 - tau) / whole, [tau * size / whole for size in sizes])

    def late(self, rho_may_vanish: bool, rho: bool) -> bool:
        """Of a formula: whether late rho and v_h are as asked, by the dominant terms of all sums."""
        if self.listed_tau is not None:
            return True
        if self.relu or any(len({str(rows) for rows in head.get("V", [])}) > 1 for head in self.heads):
            return False
        sizes = [rows[0][0] for rows in self.values(0)]
        whole = sign(added(self.below, sum(sizes, Fraction(-1)), self.above))
        signs = [whole * sign(added({}, s, self.above)) for s in sizes]
        if rho:
            kept = whole * sign(added(self.below, Fraction(-1), self.above))
            need(kept > 0 or (kept == 0 and rho_may_vanish))
        return whole != 0 and min(signs) >= 0

    @found_once
    def first_layer(self, kind: str) -> int | None:
        """From which layer on every step is "convex", "forward", or "keeps" a part of the token."""
        try:
            if not self.late(kind == "convex", kind != "forward"):
                return None
        except UnconfirmedError:
            return None
        looked_at = 2 if self.constant() else LOOKED_AT
        wrong = -1
        for k in range(looked_at):
            shares = self.shares(k)
            if (
                shares is None
                or min(shares[1]) < 0
                or (kind == "convex" and shares[0] < 0)
                or (kind == "keeps" and shares[0] <= 0)
            ):
                wrong = k
        return wrong + 1 if wrong < looked_at // 2 else None

    def all_see_themselves(self) -> bool:
        return all(i in head["seen"][i] for head in self.heads for i in range(len(self.tokens)))

    def all_see_the_same(self) -> bool:
        return all(own == head["seen"][0] for head in self.heads for own in head["seen"])

    @found_once
    def transitive(self) -> bool:
        return all(
            set(later["seen"][j]) <= set(own["seen"][i])
            for own in self.heads
            for later in self.heads
            for i in range(len(self.tokens))
            for j in own["seen"][i]
        )

    def one_matrix(self, heads: list[dict[str, Any]]) -> Rows | None:
        """The first matrix if all matrices of these heads are positive multiples of it."""
        first, *others = (rows for head in heads for rows in head["A"])
        return first if all(multiple(rows, first) for rows in others) else None

    def plain(self) -> bool:
        """One head, one matrix, one step, and nothing else."""
        head = self.heads[0]
        simple = len(self.heads) == 1 and "V" not in head and not self.relu
        simple = simple and head["named"] == "everybody" and head["ties"] == "mean"
        one_step = self.listed_tau is not None and len(set(self.listed_tau)) == 1
        return simple and one_step and self.one_matrix(self.heads) is not None


def square(data: Any, size: int) -> Rows:
    return [vector(row, size) for row in entries(data, size)]


def read_sum(data: Any) -> Sum:
    found: Sum = {}
    for triple in entries(data):
        c, p, r = entries(triple, 3)
        key = (rational(r), index(p, 101))
        need(key[0] > 0)
        found[key] = found.get(key, Fraction(0)) + number(c)
    return {key: c for key, c in found.items() if c}


def value(terms: Sum, layer: int) -> Fraction:
    return sum((c * layer**p * r**layer for (r, p), c in terms.items()), Fraction(0))


@cache
def never_zero(terms: tuple[tuple[tuple[Fraction, int], Fraction], ...]) -> bool:
    return all(value(dict(terms), k) != 0 for k in range(LOOKED_AT))


def added(terms: Sum, factor: Fraction, others: Sum) -> Sum:
    keys = {*terms, *others}
    found = {key: terms.get(key, Fraction(0)) + factor * others.get(key, Fraction(0)) for key in keys}
    return {key: c for key, c in found.items() if c}


def sign(terms: Sum) -> int:
    """The sign at all late layers: that of the term with the largest base and then power."""
    if not terms:
        return 0
    return 1 if terms[max(terms)] > 0 else -1


def product_rows(A: Rows, x: Vector) -> Vector:
    return [dot(row, x) for row in A]


def inverted(M: Rows) -> Rows | None:
    """By cofactors."""
    size = range(len(M))
    whole = minor_of(M)
    if whole == 0:
        return None
    return [
        [
            (-1) ** (r + c) * minor_of([[M[i][j] for j in size if j != r] for i in size if i != c]) / whole
            for c in size
        ]
        for r in size
    ]


def minor_of(M: Rows) -> Fraction:
    if not M:
        return Fraction(1)
    parts = ((-1) ** j * M[0][j] * minor_of([row[:j] + row[j + 1 :] for row in M[1:]]) for j in range(len(M)))
    return sum(parts, Fraction(0))


def is_scalar(rows: Rows) -> bool:
    return all(x == (rows[0][0] if r == c else 0) for r, row in enumerate(rows) for c, x in enumerate(row))


def multiple(rows: Rows, of: Rows) -> bool:
    """Whether rows are a positive multiple: by the sum of the sizes of all entries."""
    x, y = (sum(abs(a) for row in matrix for a in row) for matrix in (rows, of))
    return (x == 0) == (y == 0) and all(
        a * y == b * x for own, other in zip(rows, of, strict=True) for a, b in zip(own, other, strict=True)
    )
