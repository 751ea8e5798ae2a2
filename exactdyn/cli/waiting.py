"""Signs of life during long work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


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
