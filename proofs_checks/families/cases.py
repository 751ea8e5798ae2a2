"""A closed tree of cases over all matrices of a family; FORMAT.md, section "Cases"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal, TypeAlias

from proofs_checks import work
from proofs_checks.families.family import DEFINITE, STRICT, Family, read_system_of, system_names
from proofs_checks.families.rules import Rule
from proofs_checks.format.claims import Claim, computed_layers
from proofs_checks.format.errors import MalformedError
from proofs_checks.format.field_number import Integer, Matrix, Number, Rows, Vector
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.run import Layer, Run
from proofs_checks.hardmax.system import LAYERS_LIMIT
from proofs_checks.hardmax.vectors import dot, quotient, widest

PLACES_LIMIT = 12
"""Beyond so many different places not all attention sets are gone through that are possible there."""

Comparison: TypeAlias = tuple[int, ...]
"""A layer and tokens i, j, l: it stands for the number <A z_i, z_j - z_l> at that layer.

A layer k and one token i: <A z_i, z_i> at layer k less the same at layer k+1.
"""

Relation: TypeAlias = Literal[">", ">=", "="]

Known: TypeAlias = Mapping[Comparison, Relation]
"""How comparisons relate to 0."""

Sets: TypeAlias = Mapping[int, frozenset[int]]
"""Attention sets at a layer, by token; the empty one says no more than that the token does not lead."""

Open: TypeAlias = tuple[tuple[Comparison, frozenset[int]], ...]
"""Comparisons >= still to be told apart into = and >, each with the tokens that = adds to the set."""


@dataclass(frozen=True)
class Goal:
    """What is sought: matrices with these attention sets at layers 0..N; where there is none, it may be any.

    ``only``: at layer N no token leads but those whose sets say so. ``leaders``: at least so many do.
    ``ties``: whether ties that only some matrices of the family have count. ``listed``: whether leaves may
    be members of the family. ``rule``: that of a statement, which is to hold at the leaves.
    """

    sets: tuple[Sets, ...]
    only: bool = False
    leaders: int = 0
    ties: bool = True
    listed: bool = False
    rule: Rule | None = None


@dataclass(frozen=True)
class Path:
    """What is assumed of A on the way to a node, and the states and sets of layers 0, 1, ... that follow.

    ``known``: what is assumed, by layer and token, as the sets are: paths on one way share all but the last,
    so that a deep tree takes little memory.
    """

    family: Family
    goal: Goal
    states: tuple[tuple[Rows, int], ...]
    sets: tuple[Sets, ...]
    known: tuple[Mapping[int, Known], ...]
    open: Open = ()

    @property
    def last(self) -> bool:
        """Whether layer N is reached."""
        return len(self.sets) == len(self.goal.sets)

    @property
    def decided(self) -> bool:
        """Whether every set at the layer reached is known."""
        return len(self.sets[-1]) == len(self.family.tokens) and not self.open

    def point(self, layer: int, token: int) -> Vector:
        """Return a token's place at a layer."""
        numerators, denominator = self.states[layer]
        work.count_fractions(len(numerators[token]), widest([numerators[token]], denominator))
        return tuple(quotient(x, denominator) for x in numerators[token])

    def deciding(self, token: int, own: frozenset[int], known: Known, open: Open = ()) -> Path:
        """Return the path on which a token's set at the layer reached is decided."""
        work.count_products(1 + (len(self.sets) + len(self.sets[-1])) // 8, 0)
        sets = (*self.sets[:-1], {**self.sets[-1], token: own})
        return replace(self.assuming(len(sets) - 1, token, known), sets=sets, open=open)

    def assuming(self, layer: int, token: int, known: Known) -> Path:
        """Return the path on which more is assumed of a token's comparisons at a layer."""
        own = {**self.known[layer].get(token, {}), **known}
        work.count_products(1 + (len(self.known) + len(own)) // 8, 0)
        there = {**self.known[layer], token: own}
        return replace(self, known=(*self.known[:layer], there, *self.known[layer + 1 :]))

    def relation(self, comparison: Comparison) -> Relation | None:
        """Return how a comparison is assumed to relate to 0; None if nothing is."""
        if len(comparison) < 2 or comparison[0] >= len(self.known):
            return None
        return self.known[comparison[0]].get(comparison[1], {}).get(comparison)

    def entering(self, numerators: Rows, denominator: int) -> Path:
        """Return the path at the next layer, where what the goal says of it is assumed."""
        k = len(self.sets)
        work.count_products(1 + len(self.goal.sets[k]) * len(numerators), 0)
        path = replace(
            self,
            states=(*self.states, (numerators, denominator)),
            sets=(*self.sets, {}),
            known=(*self.known, {}),
        )
        for i, own in self.goal.sets[k].items():
            path = path.deciding(i, own, path.attending(i, own))
        return path

    def attending(self, token: int, own: frozenset[int]) -> Known:
        """Return what it says of the scores at the layer reached that a token attends this set."""
        k, family, j = len(self.sets) - 1, self.family, self.family.foremost(own)
        known: dict[Comparison, Relation] = {}
        for other in family.seen(token):
            if other != j:
                known[k, token, j, other] = ">=" if family.passes(j, other) else ">"
                if other in own:
                    known[k, token, j, other] = "="
        return known


def check_cases(claim: Claim, cases: Field, path: Path) -> None:
    """Check that no matrix on this path is sought, or that the leaves below list what occurs.

    Nodes come depth first, so the path of each waits on top of those of its later siblings.

    Source: FORMAT.md, lemma ``cases``.
    """
    waiting = [path]
    for node, count in _in_order(cases):
        claim.require(bool(waiting), f"{node.path}: no case is left for this node")
        below = _check_node(claim, node, waiting.pop())
        if count not in (None, len(below)):
            raise MalformedError(f"{node.path}.cases: requires {len(below)} entries, got {count}")
        waiting += reversed(below)
    claim.require(not waiting, f"{cases.path}: {len(waiting)} cases have no node")


def _in_order(cases: Field) -> Iterator[tuple[Field, int | None]]:
    # The nodes depth first, without those below them; where they held these, how many there were.
    if isinstance(cases.value, list):
        yield from ((node, None) for node in cases.items())
        return
    waiting = [cases]
    while waiting:
        node = waiting.pop()
        if not node.names() & {"token", "growth"}:
            yield node, 0
            continue
        members = node.fields(["cases"], node.names())
        below = members.pop("cases").items()
        yield Field({name: member.value for name, member in members.items()}, node.path), len(below)
        waiting += reversed(below)


def _check_node(claim: Claim, node: Field, path: Path) -> list[Path]:
    # Returns the paths of the nodes below.
    count = len(path.family.tokens)
    while path.decided and not path.last:
        attended = [path.sets[-1][i] for i in range(count)]
        path = path.entering(*path.family.moved(len(path.sets) - 1, *path.states[-1], attended))
        if path.goal.rule is not None and path.goal.rule.growth and "weights" not in node.names():
            _check_growth(claim, node, path)
            return [path]
    idle = sum(1 for i, own in path.sets[-1].items() if own != {i}) if path.last else 0
    if idle > count - path.goal.leaders and not node.names():
        node.fields([])
    elif "token" in node.names():
        paths = _split(path, node.fields(["token"])["token"].integer(0, count - 1))
        claim.require(paths is not None, f"{node.path} splits what is decided")
        return paths or []
    elif system_names(path.family)[0] in node.names():
        _check_listed(claim, node, path)
    elif "holds" in node.names() and path.goal.rule is not None:
        _check_holds(claim, node, path, path.goal.rule)
    else:
        _check_contradiction(claim, node, path)
    return []


def _split(path: Path, i: int) -> list[Path] | None:
    # The cases at a token, which together leave out no matrix that is sought; None where none are left.
    goal, k, own, family = path.goal, len(path.sets) - 1, path.sets[-1].get(i), path.family
    if path.open and own and path.open[0][0][1] == i:
        (comparison, added), *later = path.open
        equal = path.deciding(i, own | added, {comparison: "="}, tuple(later))
        return [equal, path.deciding(i, own, {comparison: ">"}, tuple(later))]
    if path.open or own is not None:
        return None
    if path.last and (goal.leaders or goal.only):
        return _leading(path, i)
    groups, cases = _groups(path, i), []
    for place, group in enumerate(groups):
        lead = family.foremost(group)
        before, after = (
            [(k, i, lead, family.foremost(g)) for g in part] for part in (groups[:place], groups[place + 1 :])
        )
        beaten: Relation = ">=" if goal.ties else ">"
        known: Known = {**dict.fromkeys(before, ">"), **dict.fromkeys(after, beaten)}
        open_ones = goal.ties and family.head.ties == "mean"
        unsure = zip(after, groups[place + 1 :], strict=True) if open_ones else ()
        cases.append(path.deciding(i, family.chosen(group), known, tuple(unsure)))
    return cases


def _leading(path: Path, i: int) -> list[Path]:
    # The cases where no more is asked of a token at layer N than whether it leads.
    family, k, nobody = path.family, len(path.sets) - 1, frozenset[int]()
    if i not in family.seen(i):
        return [path.deciding(i, nobody, {})]
    if path.goal.leaders:
        own = frozenset({i})
        return [path.deciding(i, own, path.attending(i, own)), path.deciding(i, nobody, {})]
    kept = family.head.ties == "mean"
    rivals = [j for j in family.seen(i) if j != i]
    relations: list[Known] = [{(k, i, j, i): ">=" if kept or family.passes(j, i) else ">"} for j in rivals]
    return [path.deciding(i, nobody, known) for known in relations]


def _check_listed(claim: Claim, node: Field, path: Path) -> None:
    claim.require(path.goal.listed, f"{node.path}: members are not listed in this claim")
    members, k = node.fields(system_names(path.family)), len(path.sets) - 1
    run = Run(read_system_of(claim, members, path.family, k), k)
    same = all(run[k].attended == _attended(sets) for k, sets in enumerate(path.sets))
    claim.require(path.last and path.decided and same, f"{node.path}: this member has another itinerary")


def _check_holds(claim: Claim, node: Field, path: Path, rule: Rule) -> None:
    family, before = path.family, len(path.sets) == len(path.goal.sets) - 1
    known = path.last and (path.decided or not rule.final)
    claim.require(known or (before and rule.apart), f"{node.path}: the run is not known here")
    claim.require(known or _is_apart(path), f"{node.path}: tokens may meet in the last step")
    layers = [Layer(*state, (_attended(sets),)) for state, sets in zip(path.states, path.sets, strict=True)]
    # What a rule asks of the run does not depend on A: the base may stand for it.
    run = Run(family.any_system, len(layers) - 1, layers)
    rule.check(replace(claim, scope=computed_layers(run.layers), data=node.fields(["holds"])["holds"]), run)


def _is_apart(path: Path) -> bool:
    # Whether no sets that are possible here bring tokens from different places to one place.
    (rows, _), ways, next_places = path.states[-1], set(), dict[tuple[Integer, ...], set[Vector]]()
    rate = path.family.rate(len(path.sets) - 1)
    if rate is None or len(set(map(tuple, rows))) > PLACES_LIMIT:
        return False
    for i, z in enumerate(rows):
        own, added = path.sets[-1].get(i), tuple(more for at, more in path.open if at[1] == i)
        way = (tuple(z), own, added, tuple(path.family.seen(i)))
        if way not in ways:  # copies that see the same go where the first of them goes
            ways.add(way)
            next_places.setdefault(tuple(z), set()).update(_places(path, i, rate, own, added))
    return all(first.isdisjoint(second) for first, second in combinations(next_places.values(), 2))


def _places(
    path: Path, token: int, rate: Number, own: frozenset[int] | None, added: tuple[frozenset[int], ...]
) -> set[Vector]:
    # Where a token may go next: its set is decided, or any union of it with the groups that are left; where
    # one token is attended of a tie, that of any group.
    (rows, _), z = path.states[-1], path.states[-1][0][token]
    groups = added if own else _groups(path, token)
    unions = [(len(own or ()), _sum(rows, own or frozenset()))]
    if path.family.head.ties == "mean":
        for part in groups:
            more = _sum(rows, part)
            unions += [(n + len(part), [x + y for x, y in zip(s, more, strict=True)]) for n, s in unions]
    else:
        unions += [(1, _sum(rows, path.family.chosen(group))) for group in groups]
    work.count_fractions(4 * len(unions) * len(z), widest(rows))
    return {
        tuple(x + rate * (quotient(y, n) - x) for x, y in zip(z, total, strict=True))
        for n, total in unions
        if n
    }


def _sum(rows: Rows, tokens: frozenset[int]) -> list[Integer]:
    return [sum(rows[j][r] for j in tokens) for r in range(len(rows[0]))]


def _check_growth(claim: Claim, node: Field, path: Path) -> None:
    # A layer was just decided, and no matrix is left for which <Az, z> fails to grow.
    leaves, k = node.fields(["growth"])["growth"], len(path.sets) - 2
    moving = [i for i in range(len(path.family.tokens)) if path.point(k, i) != path.point(k + 1, i)]
    for i, leaf in zip(moving, leaves.items(len(moving)), strict=True):
        _check_contradiction(claim, leaf, path.assuming(k, i, {(k, i): ">="}))


def _attended(sets: Sets) -> list[frozenset[int]]:
    return [sets[i] for i in sorted(sets)]


def _check_contradiction(claim: Claim, node: Field, path: Path) -> None:
    # Each term (w, x, y) stands for w <Ax, y>; of a cut the class says that s <Av, v> is not negative.
    kind, terms, strict = path.family.kind, [], False
    spoken_of = set[int]()
    members = node.fields(["weights"], ["cuts"] if kind in DEFINITE else [])
    for entry in members["weights"].items():
        pair = entry.items(2)
        comparison = tuple(part.integer(0, LAYERS_LIMIT) for part in pair[0].items())
        relation, weight = path.relation(comparison), pair[1].rational()
        claim.require(relation is not None, f"{entry.path}: this comparison is not assumed")
        claim.require(weight >= 0 or relation == "=", f"{entry.path}: a negative weight")
        strict |= weight > 0 and relation == ">"
        k, i, *pair_of_tokens = comparison
        spoken_of.add(k)
        z = path.point(k, i)
        if pair_of_tokens:
            j, other = pair_of_tokens
            terms += [(weight, z, path.point(k, j)), (-weight, z, path.point(k, other))]
        else:
            later = path.point(k + 1, i)
            terms += [(weight, z, z), (-weight, later, later)]
    for entry in members["cuts"].items() if "cuts" in members else []:
        pair = entry.items(2)
        weight, v = pair[0].rational(), pair[1].vector(len(path.family.base))
        claim.require(weight >= 0, f"{entry.path}: a negative weight")
        strict |= weight > 0 and any(v) and kind in STRICT
        terms.append((path.family.sign * weight, v, v))

    one_matrix = not path.family.each_layer or len(spoken_of) <= 1
    claim.require(one_matrix, f"{node.path}: it speaks of several layers, which have matrices of their own")
    size = range(len(path.family.base))
    columns = [[x[c] for _, x, _ in terms] for c in size]
    weighted = [[w * y[r] for w, _, y in terms] for r in size]
    M = [[dot(row, column) for column in columns] for row in weighted]
    cancelled = all(_total(B, M) == 0 for B in path.family.span)
    claim.require(cancelled, f"{node.path}: the terms do not cancel")
    value = _total(path.family.base, M)
    claim.require(value < 0 or (value == 0 and strict), f"{node.path}: no contradiction")


def _groups(path: Path, token: int) -> list[frozenset[int]]:
    # Tokens it sees between which no matrix of the family lets this one choose; those that are attended of a
    # tie with all others come first.
    (rows, _), groups = path.states[-1], dict[Vector, set[int]]()
    for j in sorted(path.family.seen(token), reverse=path.family.head.ties == "last"):
        M = [[a * b for b in rows[token]] for a in rows[j]]
        scores = tuple(_total(B, M) for B in (path.family.base, *path.family.span))
        groups.setdefault(scores, set()).add(j)
    return [frozenset(group) for group in groups.values()]


def _total(B: Matrix, M: Sequence[Sequence[Number | int]]) -> Number:
    # The sum of the products of their entries: <Bx, y> for the matrix M of all y_r x_c.
    pairs = (pair for row, own in zip(B, M, strict=True) for pair in zip(row, own, strict=True))
    work.count_products(len(M) ** 2, 0)
    terms = [pair for pair in pairs if pair[0]]
    return dot([b for b, _ in terms], [m for _, m in terms])
