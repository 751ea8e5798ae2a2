"""One thread at a time: what is computed on demand and kept may be asked for by several.

Exact states are planned first (which earlier states are held?) and computed then, and what is held is let go
when memory runs short: a thread between the two could take away what another one has counted on. Reads are
therefore whole turns. A turn is taken by methods that call each other, hence a lock that may be taken again.
"""

from __future__ import annotations

from threading import RLock


class Turn:
    """A lock that its holder may take again; a copy, pickled or not, is a lock of its own.

    Runs are sent to other processes, and a lock cannot be: the copy there has threads of its own.

    >>> turn = Turn()
    >>> with turn, turn:
    ...     print("alone")
    alone
    """

    def __init__(self) -> None:
        self._lock = RLock()

    def __enter__(self) -> None:
        """Wait until no other thread holds it."""
        self._lock.acquire()

    def __exit__(self, *exception: object) -> None:
        """Let the next thread have it."""
        self._lock.release()

    def __reduce__(self) -> tuple[type[Turn], tuple[()]]:
        """Leave the lock behind: locks are not copied."""
        return Turn, ()
