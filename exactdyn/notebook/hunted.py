"""Hunts: a counterexample to a statement, or the proof that a class of matrices has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from exactdyn.cli.asked import Asked, make_request, read_request, require_meant
from exactdyn.cli.commands.hunt import BUDGET
from exactdyn.cli.terminal.waiting import hunting
from exactdyn.errors import InputError
from exactdyn.families.setting import Setting
from exactdyn.hunts.effort import Effort, pursue
from exactdyn.hunts.request import Request
from exactdyn.notebook.answers import AskedHunt
from exactdyn.notebook.questions import hard_attention
from exactdyn.systems.run import Subject


def hunt(
    statement: str,
    subject: Subject | None = None,
    *,
    tokens: object = None,
    count: int | None = None,
    dimension: int | None = None,
    alpha: object = None,
    layers: int = 2,
    kind: str = "general",
    pattern: str | None = None,
    dropped: Sequence[str] = (),
    seed: int | None = None,
    configurations: int | None = None,
    budget: float | None = BUDGET,
    workers: int | None = 1,
) -> AskedHunt:
    """Hunt for a counterexample to a statement, or prove that no matrix of a class has one.

    ``subject``: an example, a run, or a system with ``tokens`` beside it, of which A plays no part; None:
    ``count`` tokens of a ``dimension`` are generated from ``seed``, and positive alphas unless one is given.
    With ``count`` beside a subject those that it lacks are generated. ``layers``: within so many it is to
    fail; limits are decided there. ``dropped``: hypotheses that what is generated need not satisfy.
    ``configurations``: so many are gone through, for the smallest; None: up to the first. ``budget``:
    seconds, None for no end. ``workers``: processes, 1 for this one alone. Raises
    :class:`~exactdyn.errors.InputError` for what makes no sense.
    Source: lemmas ``cases`` and ``farkas`` in FORMAT.md.

    >>> hunt("hull-shrinkage", count=2, dimension=1)
    AskedHunt(hull-shrinkage: none, by lemma convex-step)
    >>> hunt("distinctness-preserved", count=2, dimension=1, layers=1).example["A"]
    [['-1']]
    """
    with _named_as_parameters():
        asked = Asked(
            statement,
            layers,
            kind,
            pattern,
            tokens=count,
            dimension=dimension,
            alpha=None if alpha is None else str(alpha),
            seed=seed,
            dropped=list(dropped) or None,
        )
        request = read_request(asked) if subject is None else _about(asked, subject, tokens)
    effort = Effort(configurations, budget, workers)
    with hunting(f"hunting {statement}", configurations) as report:
        return AskedHunt(**vars(pursue(request, effort, report=report)), request=request)


def _about(asked: Asked, subject: Subject, tokens: object) -> Request:
    if asked.alpha is not None:
        raise InputError("alpha: requires that there is no system beside it, which states it")
    require_meant(asked)
    system, start = hard_attention(subject, tokens)
    return make_request(asked, tuple(map(tuple, start.rows())), Setting.of(system).around)


@contextmanager
def _named_as_parameters() -> Iterator[None]:
    # What is refused by the name of an option is refused by that of the parameter.
    names = {"--tokens": "count", "--dim": "dimension", "--drop": "dropped", "--example": "subject"}
    try:
        yield
    except InputError as error:
        option, _, reason = str(error).partition(":")
        raise InputError(f"{names.get(option, option.removeprefix('--').lower())}:{reason}") from None
