"""Questions about a run, or about all matrices A in place of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction

from exactdyn.cli.commands.itineraries import proof
from exactdyn.cli.commands.lead import proofs
from exactdyn.cli.commands.softmax import enclose
from exactdyn.cli.terminal.waiting import counting, waiting
from exactdyn.documents.example import Example
from exactdyn.errors import InputError
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.questions.itineraries import gathered, itinerary_search
from exactdyn.families.questions.lead import Question, largest
from exactdyn.families.questions.lead import lead as find
from exactdyn.families.setting import Setting
from exactdyn.notebook.answers import AskedItineraries, AskedLead
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import exact, exact_rows, integer
from exactdyn.softmax import Proof, Softmax
from exactdyn.softmax.spectrum import AttentionSpectrum, require_size, require_times, spectrum_of
from exactdyn.softmax.system import driven, read_time
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.run import LAYERS_LIMIT, Run, Subject, run_of, started
from exactdyn.systems.system import System
from proofs_checks.format.rationals import shorten


def run(subject: Subject, layers: int | None = None, *, tokens: object = None) -> Run:
    """Run a system through layers: exact states and who attends whom.

    ``subject``: an example, a system with ``tokens`` beside it, or a run, which is taken as far as is asked.
    ``layers``: None: as many as an example says or a run has, else 30. Raises
    :class:`~exactdyn.errors.InputError` for anything else.
    Source: arXiv 2407.01602, equations (1.1) to (1.3).

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run(Hardmax(alpha=1), 5, tokens=[[1], ["1/2"]])
    Run(2 tokens in dimension 1, layers 0..5, 1 leader)
    """
    if layers is None:
        return run_of(subject, tokens)
    number = integer(layers, "layers", 0, LAYERS_LIMIT)
    if isinstance(subject, Example) and tokens is None:
        return subject.run(number)
    if isinstance(subject, System) and tokens is not None:
        return started(subject, tokens, number)
    found = run_of(subject, tokens)
    if found.layers == number:
        return found
    return replace(started(found.system, found.start.rows(), number), labels=found.labels)


def lead(
    subject: Subject,
    leaders: Sequence[int] | None = None,
    *,
    only: bool = False,
    kind: str = "general",
    pattern: str | None = None,
    layer: int = 0,
    each_layer: bool = False,
    tokens: object = None,
) -> AskedLead:
    """Find a matrix A for which these tokens lead, or prove that there is none.

    ``subject``: an example, a run, or a system with ``tokens`` beside it; what it says of A plays no part.
    ``leaders``: None: as many as possible. ``only``: no other token may lead. ``kind``, ``pattern``: the
    class of matrices, as :func:`~exactdyn.families.classes.matrix_class.matrix_class` takes them. ``layer``:
    where they lead. ``each_layer``: find a matrix for every layer, rather than one for all of them. Raises
    :class:`~exactdyn.errors.InputError` for what makes no sense, and
    :class:`~exactdyn.errors.UncertifiedError` if the checker does not accept the answer.
    Source: the open question of arXiv 2407.01602, section 5; lemmas ``cases`` and ``farkas`` in FORMAT.md.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> found = lead(Hardmax(alpha=1), [0, 1], tokens=[[1, 0], [0, 1], [-1, -1]])
    >>> found, found.status
    (AskedLead(found, leaders [0, 1, 2]), 'found')
    """
    if leaders is None and only:
        raise InputError("only: requires leaders, got none")
    around, start = _parts(subject, tokens, each_layer)
    with named_as_parameters():
        question = Question(around, start, matrix_class(kind, start.dimension, pattern), layer, each_layer)
    with counting("looking for leaders") as report:
        answer, more = (
            largest(question, report) if leaders is None else (find(question, leaders, only, report), None)
        )
    for own in (answer, more):
        proofs(question, own)
    return AskedLead(**vars(answer), question=question, more=more)


def itineraries(
    subject: Subject,
    layers: int,
    *,
    kind: str = "general",
    pattern: str | None = None,
    ties: bool = False,
    each_layer: bool = False,
    tokens: object = None,
) -> AskedItineraries:
    """Find every itinerary of so many layers that some matrix A of a class realises, each with such an A.

    Parameters, and what is raised, as for :func:`lead`; ``ties``: itineraries with avoidable ties, too.
    Source: lemma ``cases`` in FORMAT.md.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> itineraries(Hardmax(alpha=1), 1, tokens=[[1], [-1]])
    AskedItineraries(2 of 1 layer, all that there are)
    """
    around, start = _parts(subject, tokens, each_layer)
    with named_as_parameters():
        matrices = matrix_class(kind, start.dimension, pattern)
        search = itinerary_search(around, start, matrices, layers, ties, each_layer)
    with counting("itineraries") as report:
        search.run(report)
    found = gathered(search)
    proof(found, matrices, around, start, layers)
    return AskedItineraries(**vars(found), matrices=matrices, around=around, start=start, layers=layers)


def softmax(subject: Example | Softmax, until: object, *, prove: bool = True, tokens: object = None) -> Proof:
    """Enclose softmax attention in continuous time up to a time, and prove what holds for ever after.

    ``subject``: an example with V, Q, K, or a :class:`~exactdyn.softmax.system.Softmax` with ``tokens``
    beside it. ``until``: an exact number. ``prove``: statements about all later time, which end the run as
    soon as they hold. Raises :class:`~exactdyn.errors.InputError` for what is none of these.
    Source: arXiv 2305.05465, equation (1); ``proofs_checks/softmax/FORMAT.md``.

    >>> softmax(Softmax(), 4, tokens=[[1], ["1/2"], [-1]]).statements["attention-limit"].verdict.outcome
    'holds'
    """
    end = read_time(exact(until, "until"), "until")
    with waiting("enclosing"):
        return enclose(_softmax_example(subject, tokens), end, prove, lambda reached: None)


def attention_spectrum(
    subject: Example | Softmax | Proof, times: Sequence[object], *, tokens: object = None
) -> AttentionSpectrum:
    """Enclose eigenvalues, singular values and rank of the attention matrices at increasing times.

    ``subject``: an example with V, Q, K, a :class:`~exactdyn.softmax.system.Softmax` with ``tokens`` beside
    it, or what :func:`softmax` found. ``times``: exact numbers, not all 0. Raises
    :class:`~exactdyn.errors.InputError` for what is none of these, and for more than 128 distinct tokens.
    Source: :func:`~exactdyn.softmax.spectrum.spectrum_of`; arXiv 2305.05465, the scripts of which print the
    numerical rank.

    >>> found = attention_spectrum(Softmax(), [0, "1/2"], tokens=[[1], ["1/2"], [-1]])
    >>> found, found.times[1].heads[0].rank
    (AttentionSpectrum(1 heads, enclosed at 2 of 2 times), (3, 3))
    """
    asked = [exact(time, "times") for time in times]
    if isinstance(subject, Proof):
        if tokens is not None:
            raise InputError("tokens: requires a system beside them, got what softmax found")
        require_times(asked, subject.flow.time, subject.flow.system.step)
        return spectrum_of(subject.flow, asked)
    example = _softmax_example(subject, tokens)
    system = example.soft_attention
    end = read_time(max(asked, default=Fraction(0)), "times")
    require_size(driven(system, example.tokens)[1])
    require_times(asked, end, system.step)
    with waiting("enclosing"):
        return spectrum_of(enclose(example, end, False, lambda reached: None).flow, asked)


def _softmax_example(subject: object, tokens: object) -> Example:
    if isinstance(subject, Softmax):
        if tokens is None:
            raise InputError("tokens: requires tokens beside a system, got none")
        return Example("softmax", "", None, exact_rows(tokens, "tokens"), softmax=subject)
    if not isinstance(subject, Example) or tokens is not None:
        got = shorten(subject) if tokens is None else f"{shorten(subject)} with tokens"
        raise InputError(f"requires an example, or Softmax with tokens beside it, got {got}")
    subject.require_for("softmax")
    return subject


def _parts(subject: Subject, tokens: object, each_layer: bool) -> tuple[HardAttention, Points]:
    """Return all of the system but A, and the tokens."""
    system, start = hard_attention(subject, tokens)
    return Setting.of(system, each_layer).system, Points.from_rows(start.rows(), "tokens")


def hard_attention(subject: Subject, tokens: object) -> tuple[HardAttention, Points]:
    """Return the system of hard attention and the tokens that are meant.

    Raises :class:`~exactdyn.errors.InputError` for a system of another kind, and as :func:`run` does.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> hard_attention(Hardmax(alpha=1), [[1]])[1].rows()
    [[Fraction(1, 1)]]
    """
    found = run(subject, 0, tokens=tokens)
    if not isinstance(found.system, HardAttention):
        raise InputError(f"system: requires HardAttention, got {type(found.system).__name__}")
    return found.system, found.start


_NAMES = {
    "--tokens": "count",
    "--dim": "dimension",
    "--drop": "dropped",
    "--example": "subject",
    "--class": "kind",
    "class": "kind",
    "STATEMENT": "statement",
    "EXAMPLE": "example",
}
# Others are those of the options, without their dashes.


@contextmanager
def named_as_parameters() -> Iterator[None]:
    """Within, a refusal that names an option, or what a room below calls it, names the parameter.

    >>> with named_as_parameters():
    ...     raise InputError("--no-ties: requires a statement about layers")
    Traceback (most recent call last):
    exactdyn.errors.InputError: no_ties: requires a statement about layers
    """
    try:
        yield
    except InputError as error:
        option, _, reason = str(error).partition(":")
        written = re.sub(r"--[a-z][a-z-]*|\bEXAMPLE\b", lambda found: _parameter(found[0]), reason)
        raise type(error)(f"{_parameter(option)}:{written}") from None


def _parameter(option: str) -> str:
    return _NAMES.get(option, option.removeprefix("--").replace("-", "_"))
