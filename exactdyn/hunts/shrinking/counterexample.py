"""A run on which a statement fails: found, confirmed, and written down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from exactdyn.certificates.envelope import certificate_data
from exactdyn.documents import Example, example_document
from exactdyn.families.setting import Around, Setting
from exactdyn.kernel.exact.start import Source
from exactdyn.limits import limit
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import integer_matrix
from exactdyn.statements.catalogue import CATALOGUE, HYPOTHESES
from exactdyn.statements.statement import Beginning, OnLimit
from exactdyn.systems.facts import Facts
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.run import Run
from exactdyn.verdict import Verdict


@dataclass(frozen=True)
class Trial:
    """A system with its tokens, and how many layers of it are looked at.

    ``around``: all of the system but A, mostly the coefficient alpha alone.
    """

    A: Rows
    around: Around
    tokens: Rows
    layers: int

    @property
    def system(self) -> Hardmax:
        """The system, in the normalised form.

        >>> one = Fraction(1)
        >>> Trial(((one,),), one, ((one,),), 1).system.alpha
        Fraction(1, 1)
        """
        return _system(self.A, self.around)

    @property
    def beginning(self) -> Beginning:
        """The system and the tokens that it starts from, without a run.

        >>> one = Fraction(1)
        >>> sorted(violated(Trial(((-one,),), one, ((one,), (one,)), 1).beginning))
        ['distinct-tokens', 'positive-definite']
        """
        return _Beginning(self.system.facts(len(self.A)), _source(self.tokens).points)

    @property
    def alpha(self) -> Fraction | None:
        """The coefficient, if this is the system of the paper.

        >>> one = Fraction(1)
        >>> Trial(((one,),), Hardmax(mask="causal"), ((one,),), 1).alpha is None
        True
        """
        return self.around if isinstance(self.around, Fraction) else Setting.of(self.around).alpha

    def run(self, layers: int | None = None) -> Run:
        """Run the system through these layers, or as many as are named.

        >>> one = Fraction(1)
        >>> Trial(((one,),), one, ((one,), (one / 2,)), 1).run().tokens(1)[1]
        [Fraction(3, 4)]
        """
        system = self.system
        return Run(system, system.record(_source(self.tokens), self.layers if layers is None else layers))


@dataclass(frozen=True)
class _Beginning:
    facts: Facts
    start: Points


@lru_cache(maxsize=4)  # many matrices are tried with the same tokens
def _source(tokens: Rows) -> Source:
    return Source(Points.of_numbers(tokens))


@lru_cache(maxsize=1024)  # a hunt tries the same few hundred matrices, and some coefficients, again and again
def _system(A: Rows, around: Around) -> Hardmax:
    return Hardmax(A, around) if isinstance(around, Fraction) else Setting.of(around).with_matrices(A)


@dataclass(frozen=True)
class Counterexample:
    """A trial on which a statement fails.

    ``verdict``: its outcome is "fails", the witness says where. ``violated``: the hypotheses of the
    clustering theorem that do not hold. The layers of a trial for a statement on the limit are those after
    which the attention graphs repeat.
    """

    statement: str
    trial: Trial
    verdict: Verdict
    violated: frozenset[str]

    @property
    def size(self) -> tuple[int, ...]:
        """What it is small in, compared from the left: see :func:`size`.

        >>> one = Fraction(1)
        >>> failing("distinctness-preserved", Trial(((-one,),), one, ((one,), (-one,)), 1)).size[0]
        1
        """
        return size(self.trial, self.violated)

    @property
    def document(self) -> dict[str, object]:
        """The EXAMPLE document.

        >>> one = Fraction(1)
        >>> failing("distinctness-preserved", Trial(((-one,),), one, ((one,), (-one,)), 1)).document["A"]
        [['-1']]
        """
        trial = self.trial
        return dict(example_document(Example("", "", trial.system, trial.tokens, layers=trial.layers)))

    @property
    def certificate(self) -> dict[str, object]:
        """The data of a certificate of the five hypotheses and of the statement that fails.

        >>> one = Fraction(1)
        >>> found = failing("distinctness-preserved", Trial(((-one,),), one, ((one,), (-one,)), 1))
        >>> [claim["claim"] for claim in found.certificate["claims"]][-1]
        'distinctness-preserved'
        """
        run = self.trial.run()
        hypotheses = {name: hypothesis.decide(run) for name, hypothesis in HYPOTHESES.items()}
        return certificate_data(run, {**hypotheses, self.statement: self.verdict})


def failing(statement: str, trial: Trial) -> Counterexample | None:
    """Return the counterexample if the statement is proved to fail, else None.

    ``trial.layers``: for a statement on the limit, how many layers are looked at for it.

    >>> one = Fraction(1)
    >>> found = failing("distinctness-preserved", Trial(((-one,),), one, ((one,), (-one,)), 1))
    >>> sorted(found.violated), found.size
    (['positive-definite'], (1, 0, 2, 1, 1, 4, 2))
    """
    layers = trial.layers
    if decided_by_run(statement):
        run = trial.run()
        verdict = CATALOGUE[statement].decide(run)
    else:
        run = trial.run(0)  # a limit goes as far as it needs to by itself
        found = limit(run, max(1, layers))
        if found.lock is None:
            return None
        layers = found.lock.layer + found.lock.period
        verdict = CATALOGUE[statement].decide(run, found)
    if verdict.outcome != "fails":
        return None
    return Counterexample(statement, replace(trial, layers=layers), verdict, violated(run))


def decided_by_run(statement: str) -> bool:
    """Tell whether a statement is decided by a run of given layers alone, and needs no limit.

    >>> decided_by_run("norm-growth"), decided_by_run("convergence")
    (True, False)
    """
    return not isinstance(CATALOGUE[statement].decided, OnLimit)


def violated(beginning: Beginning) -> frozenset[str]:
    """Return the names of the hypotheses of the clustering theorem that do not hold of a run, or its start.

    Source: arXiv 2407.01602, Theorem 2.2.

    >>> sorted(violated(Hardmax([[-1]], alpha=1).run([[1], [1]], 0)))
    ['distinct-tokens', 'positive-definite']
    """
    return frozenset(
        name for name, hypothesis in HYPOTHESES.items() if hypothesis.decide(beginning).outcome == "fails"
    )


def size(trial: Trial, broken: frozenset[str]) -> tuple[int, ...]:
    """Return what is to be small, compared from the left.

    The number of hypotheses that do not hold; 0 for an invertible A, 1 for a singular one, 2 for A = 0; the
    number of tokens, of dimensions, of layers; then the sum of the heights of all numbers (|p| + q - 1 for
    p/q, 0 for 0), and how many are negative. Of a system beyond A and alpha nothing counts: it stays.

    >>> one = Fraction(1)
    >>> size(Trial(((-one,),), one, ((one,), (-one,)), 1), frozenset({"positive-definite"}))
    (1, 0, 2, 1, 1, 4, 2)
    """
    numbers = [x for row in (*trial.A, *trial.tokens) for x in row]
    numbers += [] if trial.alpha is None else [trial.alpha]
    heights = sum(map(height, numbers))
    negative = sum(x.numerator < 0 for x in numbers)
    return len(broken), _degenerate(trial.A), len(trial.tokens), len(trial.A), trial.layers, heights, negative


@lru_cache(maxsize=256)
def _degenerate(A: Rows) -> int:
    matrix = integer_matrix(A)
    return 0 if matrix.det() else 1 if any(matrix.entries()) else 2


def height(x: Fraction) -> int:
    """Return the height of a number: |p| + q - 1 for p/q, 0 for 0.

    >>> [height(Fraction(x)) for x in ("0", "-1", "1/2", "3")]
    [0, 1, 2, 3]
    """
    numerator = x.numerator
    return abs(numerator) + x.denominator - 1 if numerator else 0
