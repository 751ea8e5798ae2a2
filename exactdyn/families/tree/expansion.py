"""One step of the search: a branch becomes a node of the tree of cases and the branches below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from exactdyn.families.classes.conditions import Comparison, Condition, Preferences
from exactdyn.families.classes.member import Answer, Finder, Member, Nobody, Undecided
from exactdyn.families.classes.simplest import simplest
from exactdyn.families.setting import Setting
from exactdyn.families.tree.branch import Branch, BranchLayer, Goal
from exactdyn.families.tree.cases import Case, counted, groups, opened, rivals
from exactdyn.families.tree.failing import examined
from exactdyn.families.tree.nodes import Expanded, Node, closed, locked, realised, split
from exactdyn.numbers.points import Points

SPLITS_TRIED = 4
"""Of a case that is undecided so many splits are tried that may decide it."""


class Expander:
    """Expands the branches of one search."""

    def __init__(self, setting: Setting, finder: Finder, goal: Goal) -> None:
        self.setting, self.finder, self.goal = setting, finder, goal

    def root(self, start: Points) -> Branch | Expanded:
        """Return the branch that assumes what the goal says of layer 0, or its end.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> from fractions import Fraction
        >>> expander = Expander(Setting.of(Fraction(1)), Finder(matrix_class("general", 1)), Goal(({},)))
        >>> expander.root(Points.from_rows([[1], [-1]])).member
        Member(coordinates=(1,))
        """
        identity = self.finder.matrices.identity
        member = Member(identity) if identity is not None else self.finder.find([])
        if not isinstance(member, Member):
            return _ended(member)
        return self._entered(Branch((), {}, member), start)

    def expand(self, branch: Branch) -> Expanded:
        """Return the node of a branch and the branches below it.

        Source: lemma ``cases`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> from fractions import Fraction
        >>> finder, goal = Finder(matrix_class("general", 1)), Goal(({},), ties=False, listed=True)
        >>> expander = Expander(Setting.of(Fraction(1)), finder, goal)
        >>> root = expander.root(Points.from_rows([[1], [-1]]))
        >>> expander.expand(root).node, [branch.place for branch in expander.expand(root).below]
        ({'token': 0, 'cases': [None, None]}, [(0,), (1,)])
        """
        last, shown = self._last(branch), None
        if self.goal.statement is not None:
            shown = examined(self.setting, self.finder, self.goal.statement, branch, last)
        if isinstance(shown, Expanded):
            return shown
        if branch.decided and not last:
            entered = self._entered(branch, self._moved(branch))
            return entered if isinstance(entered, Expanded) else self.expand(entered)
        if branch.open:
            return self._told_apart(branch)
        if last and not self.goal.complete:
            return self._many_leaders(branch) if self.goal.leaders else self._only_leaders(branch)
        if branch.decided:
            found = replace(branch, member=self._simplest(branch))
            return Expanded(
                realised(self.finder.matrices, found.members, self.setting.each_layer), found=found
            )
        return self._locked_token(branch) or self._next_token(branch, shown)

    def _last(self, branch: Branch) -> bool:
        return len(branch.layers) == len(self.goal.sets)

    def _entered(self, branch: Branch, state: Points) -> Branch | Expanded:
        # The next layer, where what the goal says of it is assumed.
        k = len(branch.layers)
        setting, sets = self.setting, self.goal.sets[k]
        if setting.each_layer and k:
            branch = self._next_matrix(branch)
        mask = setting.seen(state.count)
        preferences = Preferences(self.finder.matrices, k, state, mask, setting.ties)
        conditions = [c for i, own in sets.items() for c in preferences.attending(i, own)]
        there = replace(branch, layers=(*branch.layers, BranchLayer(preferences, sets)))
        answer = self._assumed(there, conditions)
        return answer if isinstance(answer, Branch) else _ended(answer)

    def _next_matrix(self, branch: Branch) -> Branch:
        # Nothing that was assumed says anything of the matrix of the next layer.
        identity, before = self.finder.matrices.identity, (*branch.before, self._simplest(branch))
        member = branch.member if identity is None else Member(identity)
        return replace(branch, before=before, conditions={}, member=member)

    def _simplest(self, branch: Branch) -> Member:
        return simplest(self.finder, list(branch.conditions.values()), branch.member, branch.directions)

    def _moved(self, branch: Branch) -> Points:
        step = self.setting.step(len(branch.layers) - 1)
        return step.moved(branch.layer.state, branch.attention[-1])

    def _assume(self, branch: Branch, conditions: Sequence[Condition]) -> Branch | Nobody | Undecided:
        together = _together(branch, conditions)
        answer: Answer = branch.member
        if not all(condition.holds(branch.member.coordinates) for condition in conditions):
            answer = self.finder.find(list(together.values()), branch.directions, branch.member.cuts)
        return replace(branch, conditions=together, member=answer) if isinstance(answer, Member) else answer

    def _assumed(self, branch: Branch, conditions: Sequence[Condition]) -> Branch | Node | Nobody | Undecided:
        # The same, with a look at the cases below before that stays undecided.
        answer = self._assume(branch, conditions)
        if not isinstance(answer, Undecided):
            return answer
        return self._by_cases_below(branch, conditions) or answer

    def _told_apart(self, branch: Branch) -> Expanded:
        return self._split(branch.open[0][0].comparison[1], opened(branch))

    def _locked_token(self, branch: Branch) -> Expanded | None:
        # What was locked at the layer before attends what it did then, whatever the one A is (lemma
        # ``lock-in``): one case.
        before = branch.layers[-2] if len(branch.layers) > 1 else None
        if before is None or self.setting.each_layer or not self.setting.attends_plainly:
            return None
        rate = self.setting.rate(before.preferences.layer)
        if rate is None or not 0 <= rate < 1:
            return None
        i = next((i for i in before.locked if i not in branch.layer.sets), None)
        if i is None:
            return None
        node, place = locked(i, before, branch.layer.preferences.groups(i), self.goal.ties, rate)
        there = branch.deciding(i, before.sets[i])
        return Expanded(node, (replace(there, place=(*branch.place, *place)),))

    def _next_token(self, branch: Branch, urgent: int | None) -> Expanded:
        undecided = (i for i in range(branch.layer.state.count) if i not in branch.layer.sets)
        i = next(undecided) if urgent is None else urgent
        return self._split(i, groups(branch, i, self.goal.ties))

    def _only_leaders(self, branch: Branch) -> Expanded:
        leading = _leading(branch) - set(branch.layer.sets)
        if not self.goal.only or not leading:
            return Expanded(found=branch)
        i = min(leading)
        return self._split(i, rivals(branch, i))

    def _many_leaders(self, branch: Branch) -> Expanded:
        # Two cases for a token that does not lead for the matrix at hand. Where too few are left to be
        # counted, the leaf has nothing to prove.
        sets, tokens = branch.layer.sets, range(branch.layer.state.count)
        leading, idle = _leading(branch), [i for i, own in sets.items() if not own]
        if len(leading) >= self.goal.leaders:
            return Expanded(found=branch)
        if len(tokens) - len(idle) < self.goal.leaders:
            return Expanded({})
        i = next(i for i in tokens if i not in sets and i not in leading)
        return self._split(i, counted(branch, i))

    def _split(self, token: int, cases: Sequence[Case]) -> Expanded:
        nodes: list[Node | None] = [None] * len(cases)
        below, reasons = list[Branch](), list[str]()
        for case, (branch, conditions) in enumerate(cases):
            answer = self._assumed(branch, conditions)
            if isinstance(answer, Branch):
                below.append(replace(answer, place=(*branch.place, case)))
            elif isinstance(answer, Undecided):
                reasons.append(answer.reason)
            else:
                nodes[case] = closed(answer) if isinstance(answer, Nobody) else answer
        # Cases that the matrix at hand satisfies are taken first: one matrix is found without a detour.
        below.sort(key=lambda branch: branch.member is not cases[0][0].member)
        entered = tuple(replace(branch, share=branch.share / len(below)) for branch in below)
        return Expanded(split(token, nodes), entered, reasons=tuple(reasons))

    def _by_cases_below(self, branch: Branch, conditions: Sequence[Condition]) -> Branch | Node | None:
        # Where it is undecided whether a case has a matrix, one below it may have one, or none of them.
        there = replace(branch, conditions=_together(branch, conditions))
        for i, cases in islice(self._possible_splits(there), SPLITS_TRIED):
            answers = [self._found(case, own) for case, own in cases]
            found = next((answer for answer in answers if isinstance(answer, Member)), None)
            if found is not None:
                return replace(there, member=found)
            proofs = [answer for answer in answers if isinstance(answer, Nobody)]
            if len(proofs) == len(answers):
                return split(i, [closed(proof) for proof in proofs])
        return None

    def _possible_splits(self, branch: Branch) -> Iterator[tuple[int, list[Case]]]:
        # What may be asked next of a branch whatever its matrices are.
        if branch.open:
            yield branch.open[0][0].comparison[1], opened(branch)
            return
        for i in range(branch.layer.state.count):
            if i in branch.layer.sets:
                continue
            if not self._last(branch) or self.goal.complete:
                yield i, groups(branch, i, self.goal.ties)
            elif self.goal.leaders:
                yield i, counted(branch, i)
            elif self.goal.only:
                yield i, rivals(branch, i)

    def _found(self, branch: Branch, conditions: Sequence[Condition]) -> Answer:
        return self.finder.find(list(_together(branch, conditions).values()), branch.directions)


def _together(branch: Branch, conditions: Sequence[Condition]) -> dict[Comparison, Condition]:
    return {**branch.conditions, **{c.comparison: c for c in conditions}}


def _leading(branch: Branch) -> set[int]:
    # The tokens that lead at the layer reached for the matrix of the branch.
    preferences, coordinates = branch.layer.preferences, branch.member.coordinates
    return {i for i in range(preferences.state.count) if preferences.attended(i, coordinates) == {i}}


def _ended(answer: Node | Nobody | Undecided) -> Expanded:
    if isinstance(answer, Undecided):
        return Expanded(reasons=(answer.reason,))
    return Expanded(closed(answer) if isinstance(answer, Nobody) else answer)
