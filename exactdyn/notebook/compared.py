"""A run beside floats, or beside softmax of a temperature."""

from __future__ import annotations

from typing import overload

from exactdyn.cli.terminal.waiting import waiting
from exactdyn.errors import InputError
from exactdyn.floats.comparison import Comparison, FloatType
from exactdyn.floats.comparison import compare as compare_with_floats
from exactdyn.numbers.reading import exact
from exactdyn.softmax.temperature.comparison import ACCURACY, SoftmaxComparison, compare_with_softmax
from exactdyn.systems.run import Subject, run_of


@overload
def compare(
    subject: Subject,
    dtype: FloatType = ...,
    *,
    tokens: object = ...,
    softmax: None = ...,
    accuracy: None = ...,
) -> Comparison: ...
@overload
def compare(
    subject: Subject, dtype: None = ..., *, tokens: object = ..., softmax: object, accuracy: object = ...
) -> SoftmaxComparison: ...
def compare(
    subject: Subject,
    dtype: FloatType | None = None,
    *,
    tokens: object = None,
    softmax: object = None,
    accuracy: object = None,
) -> Comparison | SoftmaxComparison:
    """Compare a run with the same run in floating point, or with softmax in place of the argmax.

    ``subject``: a run, an example, or a system with ``tokens`` beside it. ``dtype``: "float64", as for None,
    or "float32": see :func:`exactdyn.floats.comparison.compare`. ``softmax``: a temperature; then it is
    proved, layer by layer and token by token, how far softmax of this temperature is from the run, and up to
    which temperature it stays within ``accuracy`` (None: 1/1000) everywhere; ``certificate`` of the answer
    says the first. Raises :class:`~exactdyn.errors.InputError` for numbers that are not exact, positive or
    rational, and for ``accuracy`` without ``softmax``, or ``dtype`` with it.
    Source: arXiv 2407.01602, equations (1.1) and (5.2); lemma ``temperature`` in
    ``proofs_checks/softmax/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> compare(Hardmax(alpha=1), tokens=[[1], ["1/2"]]).layer is None
    True
    >>> found = compare(Hardmax(alpha=1), tokens=[[1], ["1/2"]], softmax="1/100")
    >>> max(found.distances[1].errors) < found.accuracy, found.largest
    (True, Fraction(77, 65536))
    """
    if softmax is None:
        if accuracy is not None:
            raise InputError("accuracy: requires softmax, got floats, whose first wrong decision is told")
        return compare_with_floats(subject, "float64" if dtype is None else dtype, tokens=tokens)
    if dtype is not None:
        raise InputError("dtype: requires that softmax is absent, got both")
    temperature = exact(softmax, "softmax")
    near = ACCURACY if accuracy is None else exact(accuracy, "accuracy")
    run = run_of(subject, tokens)
    with waiting("comparing"):
        return compare_with_softmax(run, temperature, near)
