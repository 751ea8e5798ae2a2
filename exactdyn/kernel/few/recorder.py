"""Recording a run of few tokens; see :mod:`exactdyn.kernel.few.state`."""

from __future__ import annotations

import numpy as np

from exactdyn.kernel.exact.itinerary import Itinerary, LayerRecord, Partition
from exactdyn.kernel.exact.sizes import StepSizes
from exactdyn.kernel.few.state import AttendedTokens, SmallSystem


class SmallRecorder:
    """Fills an itinerary layer by layer, tokens one by one; copies are tied tokens here.

    >>> from fractions import Fraction
    >>> from flint import fmpz
    >>> from exactdyn.kernel.exact.sizes import step_sizes
    >>> run, sizes = Itinerary(2, 100), step_sizes(Fraction(1, 2))
    >>> SmallRecorder(run, SmallSystem([(fmpz(2),), (fmpz(1),)], None), sizes).run(99)
    2
    >>> run.locked, run.leaders
    ({0: 0, 1: 0}, {0: 0})
    """

    def __init__(self, itinerary: Itinerary, system: SmallSystem, sizes: StepSizes) -> None:
        self._itinerary = itinerary
        self._system = system
        self._sizes = sizes
        self._partition = Partition(itinerary.tokens)
        self._attended: list[AttendedTokens] = [(token,) for token in range(itinerary.tokens)]
        self._active = list(range(itinerary.tokens))
        self._leading: set[int] = set()
        self._staying: set[AttendedTokens] = set()
        self._tied = False
        self._records: dict[tuple[AttendedTokens, ...], LayerRecord] = {}

    def run(self, layers: int) -> int:
        """Record until the last layer or until every token is locked; return how many rows were compared.

        Locks can only come where the sets changed, or with ties, which may stay or not at every layer anew,
        and from the layer on from which every step keeps a part of a token.
        Source: lemmas ``leaders-persist``, ``lock-in``, ``tie-lock-in`` in ``proofs_checks/FORMAT.md``.

        >>> from fractions import Fraction
        >>> from flint import fmpz
        >>> from exactdyn.kernel.exact.sizes import step_sizes
        >>> system = SmallSystem([(fmpz(1),), (fmpz(-1),)], ((Fraction(-1),),))
        >>> sizes = step_sizes(Fraction(1, 3))  # the two attend each other and never lock
        >>> SmallRecorder(Itinerary(2, 10), system, sizes).run(9)
        20
        """
        compared = 0
        for k in range(layers + 1):
            if k:
                self._system.step(self._attended, self._sizes.at(k - 1))
            compared += len(self._active)
            changed = self._attend()
            self._append(changed)
            settled = self._sizes.settled_from(k)
            if not settled:
                self._list_leaders(k)
            elif changed or self._tied or k == self._sizes.keeps_from:
                self._lead(k)
                self._lock(k)
            if not self._active:
                break
        return compared

    def _attend(self) -> bool:
        """Find what the active tokens attend, and tell whether it changed since the last layer, if any."""
        changed = not self._itinerary.layers
        for token, own in zip(self._active, self._system.attended(self._active), strict=True):
            if own != self._attended[token]:
                self._attended[token] = own
                changed = True
        return changed

    def _append(self, changed: bool) -> None:
        layers = self._itinerary.layers
        if not changed:
            layers.append(layers[-1])
            return
        attended = tuple(self._attended)
        if attended not in self._records:  # few tokens attend in few ways
            targets = [own[0] if len(own) == 1 else -1 for own in attended]
            ties = {i: self._partition.tie(own) for i, own in enumerate(attended) if len(own) > 1}
            self._records[attended] = LayerRecord(np.array(targets, dtype=np.int32), ties, self._partition)
        layers.append(self._records[attended])
        self._tied = bool(layers[-1].ties)

    def _list_leaders(self, k: int) -> None:
        for token in self._active:
            if self._attended[token] == (token,):
                self._itinerary.leaders.setdefault(token, k)

    def _lead(self, k: int) -> None:
        # Copies that attend exactly each other are a leading point too, but no leaders: they are not listed.
        for token in self._active:
            own = self._attended[token]
            if token not in own or token in self._leading:
                continue
            if len(own) == 1:
                self._itinerary.leaders.setdefault(token, k)
                self._leading.add(token)
            elif all(self._attended[j] == own for j in own) and self._system.coincide(own):
                self._leading.update(own)

    def _lock(self, k: int) -> None:
        """Retire what attends for ever what it attends now (see :class:`exactdyn.kernel.locks.Locks`)."""
        locked = [token for token in self._active if self._stays(self._attended[token])]
        if locked:
            self._itinerary.locked.update((token, k) for token in locked)
            self._active = [token for token in self._active if token not in self._itinerary.locked]

    def _stays(self, own: AttendedTokens) -> bool:
        if own in self._staying:
            return True
        if not self._leading.issuperset(own):
            return False
        if len(own) > 1 and not self._system.stays(own):
            return False
        self._staying.add(own)
        return True
