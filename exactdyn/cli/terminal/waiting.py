"""Signs of life during long work: how far it is on a terminal, and elsewhere a line every minute."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, TypeVar

from exactdyn.cli.terminal.ending import complain

if TYPE_CHECKING:
    from exactdyn.families.tree.search import SearchProgress
    from exactdyn.hunts.agenda import Tally


T = TypeVar("T")

MINUTE = 60.0
"""Seconds between the lines where stderr is no terminal: a file, or the output of a notebook."""


@contextmanager
def _every_minute(words: Callable[[], str]) -> Iterator[None]:
    """Say on stderr what is being done whenever another minute has passed."""
    ended = Event()

    def tell() -> None:
        minutes = 0
        while not ended.wait(MINUTE):
            minutes += 1
            complain(f"exactdyn: {words()}: {minutes} min")

    thread = Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@contextmanager
def waiting(work: str) -> Iterator[Callable[[str], None]]:
    """Show on stderr what is being done and for how long; a line a minute if stderr is no terminal.

    Yields a function that changes what is shown.

    >>> with waiting("running 30 layers"):
    ...     pass
    """
    if not _is_terminal():
        said = [work]
        with _every_minute(lambda: said[0]):
            yield partial(_instead, said)
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(work, total=None)
        yield lambda text: progress.update(task, description=text)


@contextmanager
def progress(work: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show on stderr how far work has come and how long it will take; a line a minute if it is no terminal.

    What is yielded is to be told how many of the ``total`` parts are done.

    >>> with progress("auditing", 2) as done:
    ...     done(2)
    """
    if not _is_terminal():
        reached = [0]
        with _every_minute(lambda: f"{work}, {reached[0]} of {total}"):
            yield partial(_instead, reached)
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(work, total=total)
        yield lambda parts: bar.update(task, completed=parts)


@contextmanager
def counting(work: str) -> Iterator[Callable[[SearchProgress], None]]:
    """Show on stderr how far a search is; a line a minute if stderr is no terminal.

    >>> from exactdyn.families.tree.search import SearchProgress
    >>> with counting("looking") as report:
    ...     report(SearchProgress(programs=12, found=3, done=0.5))
    """
    if not _is_terminal():
        searched: list[SearchProgress] = []
        with _every_minute(lambda: ", ".join([work, *(_counts(own) for own in searched)])):
            yield partial(_instead, searched)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    counts = TextColumn("{task.fields[found]} found, {task.fields[programs]} linear programs", markup=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), counts, TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(work, total=1.0, found=0, programs=0)

        def report(now: SearchProgress) -> None:
            progress.update(task, completed=now.done, found=now.found, programs=now.programs)

        yield report


@contextmanager
def hunting(work: str, configurations: int | None) -> Iterator[Callable[[Tally], None]]:
    """Show on stderr how far a hunt is; a line a minute if stderr is no terminal.

    ``configurations``: how many it will go through, if that is known.

    >>> from exactdyn.hunts.agenda import Tally
    >>> with hunting("norm-growth", 10) as report:
    ...     report(Tally(tried=1))
    """
    if not _is_terminal():
        hunted: list[Tally] = []
        with _every_minute(lambda: ", ".join([work, *(f"{own.tried} tried" for own in hunted)])):
            yield partial(_instead, hunted)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    counts = TextColumn(
        "{task.fields[tried]} tried, {task.fields[found]} found, {task.fields[absent]} proved to have none, "
        "{task.fields[programs]} linear programs, {task.fields[runs]} limits",
        markup=False,
    )
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), counts, TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(work, total=configurations, tried=0, found=0, absent=0, programs=0, runs=0)

        def report(now: Tally) -> None:
            progress.update(task, completed=now.tried, **vars(now))

        yield report


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _instead(known: list[T], now: T) -> None:
    # What was last reported is all that is kept.
    known[:] = [now]


def _counts(searched: SearchProgress) -> str:
    return f"{searched.found} found, {searched.programs} linear programs"
