"""Signs of life during long work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exactdyn.families.tree.search import SearchProgress
    from exactdyn.hunts.agenda import Tally


@contextmanager
def waiting(work: str) -> Iterator[Callable[[str], None]]:
    """Show on stderr what is being done and for how long; nothing if stderr is no terminal.

    Yields a function that changes what is shown.

    >>> with waiting("running 30 layers"):
    ...     pass
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda text: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(work, total=None)
        yield lambda text: progress.update(task, description=text)


@contextmanager
def progress(work: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show on stderr how far work has come and how long it will take; nothing if stderr is no terminal.

    What is yielded is to be told how many of the ``total`` parts are done.

    >>> with progress("auditing", 2) as done:
    ...     done(2)
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda parts: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(work, total=total)
        yield lambda parts: bar.update(task, completed=parts)


@contextmanager
def counting(work: str) -> Iterator[Callable[[SearchProgress], None] | None]:
    """Show on stderr how far a search is; nothing, and None to report to, if stderr is no terminal.

    >>> with counting("looking") as report:
    ...     report is None
    True
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    counts = TextColumn("{task.fields[found]} found, {task.fields[programs]} linear programs", markup=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), counts, TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(work, total=1.0, found=0, programs=0)

        def report(searched: SearchProgress) -> None:
            progress.update(task, completed=searched.done, found=searched.found, programs=searched.programs)

        yield report


@contextmanager
def hunting(work: str, configurations: int | None) -> Iterator[Callable[[Tally], None]]:
    """Show on stderr how far a hunt is; nothing if stderr is no terminal.

    ``configurations``: how many it will go through, if that is known.

    >>> from exactdyn.hunts.agenda import Tally
    >>> with hunting("norm-growth", 10) as report:
    ...     report(Tally(tried=1))
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda hunted: None
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

        def report(hunted: Tally) -> None:
            progress.update(task, completed=hunted.tried, **vars(hunted))

        yield report
