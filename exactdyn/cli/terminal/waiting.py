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
def _every_minute(words: Callable[[T | None], str]) -> Iterator[Callable[[T], None]]:
    """Say on stderr what is being done whenever another minute has passed.

    ``words``: those for what was last reported to what is yielded, None before anything was.
    """
    ended = Event()
    last: T | None = None

    def report(now: T) -> None:
        nonlocal last
        last = now

    def tell() -> None:
        minutes = 0
        while not ended.wait(MINUTE):
            minutes += 1
            complain(f"exactdyn: {words(last)}: {minutes} min")

    thread = Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield report
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
        with _every_minute(lambda said: said or work) as tell:
            yield tell
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
        with _every_minute(lambda parts: f"{work}, {parts or 0} of {total}") as done:
            yield done
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
        with _every_minute(partial(_searched, work)) as tell:
            yield tell
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
        with _every_minute(partial(_hunted, work)) as tell:
            yield tell
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


def _searched(work: str, now: SearchProgress | None) -> str:
    return work if now is None else f"{work}, {now.found} found, {now.programs} linear programs"


def _hunted(work: str, now: Tally | None) -> str:
    return work if now is None else f"{work}, {now.tried} tried"
