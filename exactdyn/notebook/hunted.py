"""Hunts: a counterexample to a statement, or the proof that a class of matrices has none."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

from exactdyn.cli.asked import Asked, make_request, require_meant
from exactdyn.cli.commands.hunt import BUDGET, proof
from exactdyn.cli.terminal.waiting import hunting
from exactdyn.errors import InputError
from exactdyn.families.setting import Setting
from exactdyn.hunts.answer import Answer, gathered
from exactdyn.hunts.effort import Effort, pursue
from exactdyn.hunts.request import Request, Result, Task
from exactdyn.hunts.store import open_store, stored_results
from exactdyn.notebook.answers import AskedHunt
from exactdyn.notebook.questions import hard_attention, named_as_parameters
from exactdyn.numbers.reading import exact_rows
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.run import Subject
from exactdyn.work.cluster import ClusterError


def hunt(
    statement: str,
    subject: Subject | None = None,
    *,
    tokens: object = None,
    count: int | None = None,
    dimension: int | None = None,
    alpha: object = None,
    tau: object = None,
    mask: object = None,
    ties: str | None = None,
    layers: int = 2,
    kind: str = "general",
    pattern: str | None = None,
    dropped: Sequence[str] = (),
    seed: int | None = None,
    bound: int | None = None,
    no_ties: bool = False,
    configurations: int | None = None,
    budget: float | None = BUDGET,
    workers: int | None = 1,
    dask: str | None = None,
    store: str | os.PathLike[str] | None = None,
    summary: bool = False,
) -> AskedHunt:
    """Hunt for a counterexample to a statement, or prove that no matrix of a class has one.

    ``subject``: an example, a run, or a system with ``tokens`` beside it, of which A plays no part; None:
    ``count`` tokens of a ``dimension`` are generated from ``seed``, and positive alphas unless ``alpha`` or
    ``tau`` is given (as :class:`~exactdyn.systems.hardmax.Hardmax` takes them, with ``mask`` and ``ties``).
    With ``count`` beside a subject those that it lacks are generated. ``layers``: within so many it is to
    fail; limits are decided there. ``kind``, ``pattern``: the class of matrices. ``dropped``: hypotheses that
    what is generated need not satisfy. ``bound``: largest entry of the matrices that are tried for statements
    about limits, None for 3. ``no_ties``: leave out matrices with avoidable ties.

    ``configurations``: so many are gone through, for the smallest; None: up to the first. ``budget``:
    seconds, None for no end. ``workers``: processes, 1 for this one alone, None for one a core; ``dask``: the
    address of a scheduler whose workers do the work instead. ``store``: a file that keeps every result at
    once, so that the same call goes on where it was interrupted; ``summary``: only say what it holds so far,
    also while a hunt writes to it, which takes no effort. Raises
    :class:`~exactdyn.errors.InputError` for what makes no sense, and
    :class:`~exactdyn.errors.UncertifiedError` if the checker does not accept the answer.
    Source: lemmas ``cases`` and ``farkas`` in FORMAT.md.

    >>> hunt("hull-shrinkage", count=2, dimension=1)
    AskedHunt(hull-shrinkage: none, by lemma convex-step)
    >>> hunt("distinctness-preserved", count=2, dimension=1, layers=1).example["A"]
    [['-1']]
    >>> hunt("distinctness-preserved", count=2, dimension=1, tau="1/(k+2)", ties="first")
    AskedHunt(distinctness-preserved: found)
    """
    system = {"alpha": alpha, "tau": tau, "mask": mask, "ties": ties}
    given = {name: value for name, value in system.items() if value is not None}
    with named_as_parameters():
        asked = Asked(
            statement,
            layers,
            kind,
            pattern,
            tokens=count,
            dimension=dimension,
            seed=seed,
            dropped=list(dropped) or None,
            bound=bound,
            no_ties=no_ties,
        )
        require_meant(asked)
        request = _of_parts(asked, given) if subject is None else _about(asked, subject, tokens, given)
        if configurations is not None and request.complete:
            raise InputError("configurations: requires tokens or an alpha to be generated, got all of them")
        effort = Effort(configurations, budget, None if dask is not None and workers == 1 else workers, dask)
    if summary:
        if store is None:
            raise InputError("summary: requires a store, got none")
        known = stored_results(Path(store), request, version("exactdyn"))
        return _checked(request, gathered(request, known, configurations))
    return _pursued(request, effort, None if store is None else Path(store))


def _pursued(request: Request, effort: Effort, store: Path | None) -> AskedHunt:
    with ExitStack() as stack:
        keep: tuple[dict[Task, Result], Callable[[Task, Result], None]] = {}, lambda task, result: None
        if store is not None:
            kept = stack.enter_context(open_store(store, request, version("exactdyn")))
            keep = kept.results(), kept.add
        report = stack.enter_context(hunting(f"hunting {request.statement}", effort.configurations))
        try:
            answer = pursue(request, effort, *keep, report)
        except ClusterError as error:
            raise InputError(f"dask: {error}") from None
    return _checked(request, answer)


def _checked(request: Request, answer: Answer) -> AskedHunt:
    proof(request, answer)
    return AskedHunt(**vars(answer), request=request)


def _about(asked: Asked, subject: Subject, tokens: object, given: dict[str, object]) -> Request:
    for name in given:
        raise InputError(f"{name}: requires that there is no system beside it, which states it")
    system, start = hard_attention(subject, tokens)
    return make_request(asked, exact_rows(start.rows(), "tokens"), Setting.of(system).around)


def _of_parts(asked: Asked, given: dict[str, object]) -> Request:
    around: Hardmax | Fraction | None = None
    if "alpha" in given or "tau" in given:
        system = Hardmax(None, **given)
        if system.mask is not None and asked.tokens is not None:
            system.mask.require_count(asked.tokens)
        around = Setting.of(system).around
    else:
        for name in given:
            raise InputError(f"{name}: requires alpha or tau beside it, got neither")
    return make_request(asked, (), around)
