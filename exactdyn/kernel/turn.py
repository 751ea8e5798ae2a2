"""One thread at a time: what is computed on demand and kept may be asked for by several."""

from __future__ import annotations

from threading import RLock


class Turn:
    """A lock that its holder may take again; a copy, pickled or not, is a lock of its own.

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
