"""Verdicts in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR
from fractions import Fraction
from typing import Any

from exactdyn.cli.terminal.ending import one_line
from exactdyn.cli.words.kinds import KindWords
from exactdyn.documents import Example
from exactdyn.errors import InputError
from exactdyn.numbers.domain_number import DomainNumber
from exactdyn.numbers.reading import Rows, integer
from exactdyn.numbers.shown import counted, near, rounded, short
from exactdyn.statements.catalogue import failure
from exactdyn.statements.statement import Failure
from exactdyn.statements.theorem import Check
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.run import Run
from exactdyn.systems.system import System
from exactdyn.verdict import Data, Verdict

KEPT = Failure(": of its way from layer {layer} on every token keeps between ${low}$ and ${high}$ for ever")
"""What is left where steps have a finite sum; a sentence is written as those about failures are."""

ENCLOSED_DIGITS = 12
"""Digits of the ends of an interval, rounded outward, unless it is said how many."""

DECIMAL_LIMIT = 10_000
"""Most digits of a decimal: beyond them a number takes more than a second."""


@dataclass(frozen=True)
class Notation:
    """How verdicts are written: the sentences, and how a number, a matrix, a token, a name looks in them.

    ``kind``: how a system is written. ``sentence``: the template with which a hypothesis or statement fails,
    see :class:`~exactdyn.statements.statement.Failure`. ``rounded``: how a decimal looks, and one that is
    rounded, after a mark "~".
    """

    kind: KindWords
    sentence: Callable[[Failure], str]
    number: Callable[[Fraction], str]
    matrix: Callable[[Sequence[Sequence[str]]], str]
    token: Callable[[int], str]
    lemma: Callable[[str], str]
    text: Callable[[str], str]
    rounded: Callable[[str], str]

    def with_decimals(self, digits: int | None) -> Notation:
        """Return the notation in which numbers are decimals of so many digits; None changes nothing.

        Raises :class:`~exactdyn.errors.InputError` for a number that is not from 1 to :data:`DECIMAL_LIMIT`.

        >>> PLAIN.with_decimals(3).vector([Fraction(1, 2), Fraction(1, 3)])
        '(0.5, ~0.333)'
        """
        if digits is None:
            return self
        wanted = integer(digits, "--decimal", 1, DECIMAL_LIMIT)

        def number(value: Fraction) -> str:
            return self.rounded(near(value, wanted))

        return replace(self, number=number, kind=replace(self.kind, number=number))

    def head(self, example: Example, layers: int) -> str:
        """Say which example it is, of what size, and how far it is run.

        >>> from exactdyn.documents import load_example
        >>> PLAIN.head(load_example("cyclic"), 30)
        'cyclic: 3 tokens in dimension 2, A = ((1, -4), (4, 1)), alpha = 1, layers 0..30'
        """
        return self.heading(example.name, example.shape, example.system, layers)

    def heading(self, name: str, shape: tuple[int, int], system: System, layers: int) -> str:
        """Say the same of a system of any kind; of one made in Python the name of its kind.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> PLAIN.heading("run", (1, 2), Hardmax(), 3)
        'run: 1 token in dimension 2, A = I, alpha = 1, layers 0..3'
        """
        count, dimension = shape
        size = f"{counted(count, 'token')} in dimension {dimension}"
        kind = type(system).__name__
        if isinstance(system, HardAttention):
            kind = self.kind.system(system)
        return f"{self.text(name)}: {size}, {kind}, layers 0..{layers}"

    def why(self, name: str, verdict: Verdict) -> str:
        """Say what stands behind the verdict on the hypothesis or statement of this name.

        >>> PLAIN.why("hull-shrinkage", Verdict("holds", "every layer", "convex-step"))
        'every layer, by lemma convex-step'
        >>> PLAIN.why("nonzero-tokens", Verdict("fails", witness={"token": 1}))
        'token 1 is zero'
        """
        if verdict.witness is not None:
            template = self.sentence(failure(name, verdict.witness))
            return template.format_map(self._fields(verdict.witness))
        if verdict.scope is None:
            return self.text(verdict.reason or "")
        if verdict.lemma is None:
            return f"{verdict.scope}, computed" + (f"; {self.text(verdict.reason)}" if verdict.reason else "")
        return f"{verdict.scope}, by lemma {self.lemma(verdict.lemma)}{self._kept(verdict.evidence or {})}"

    def _kept(self, evidence: Mapping[str, Any]) -> str:
        # Where steps have a finite sum, and it is enclosed what they leave.
        if "product" not in evidence:
            return ""
        ends = {
            name: self.rounded(rounded(evidence["product"][name], ENCLOSED_DIGITS, rounding))
            for name, rounding in (("low", ROUND_FLOOR), ("high", ROUND_CEILING))
        }
        return self.sentence(KEPT).format(layer=evidence["locked"]["layer"], **ends)

    def leaders(self, run: Run, labels: Sequence[str] | None) -> str:
        """Name the leaders in the order in which they appear, each with its first layer.

        Of a leader that attends others at a later layer of the run that is said.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> PLAIN.leaders(Hardmax(alpha=1).run([[1], ["1/2"], [-1]], layers=0), None)
        'leaders: token 0 from layer 0, token 2 from layer 0'
        >>> PLAIN.leaders(Hardmax(tau="2/(k+2)").run([[2], [1]], layers=1), None)
        'leaders: token 0 at layer 0 but not at every later one'
        """
        if not run.leaders:
            return "no token is a leader at these layers"
        lapses = {} if run.facts.leaders_stay else run.lapses
        ordered = sorted((layer, token) for token, layer in run.leaders.items())
        names = {
            token: f"token {token}" + (f" ({self.text(labels[token])})" if labels else "")
            for token in run.leaders
        }
        return "leaders: " + ", ".join(
            f"{names[token]} at layer {layer} but not at every later one"
            if token in lapses
            else f"{names[token]} from layer {layer}"
            for layer, token in ordered
        )

    def equations(self, name: str, matrices: Sequence[Rows]) -> list[str]:
        """Write what a matrix is or, where every layer has one, the matrices of the layers 0, 1, ...

        >>> PLAIN.equations("A", [((Fraction(1),),)]), PLAIN.equations("A", [((Fraction(1),),)] * 2)
        (['A = ((1))'], ['A_0 = ((1))', 'A_1 = ((1))'])
        """
        shown = [self.matrix([[self.number(x) for x in row] for row in rows]) for rows in matrices]
        if len(shown) == 1:
            return [f"{name} = {shown[0]}"]
        return [f"{name}_{layer} = {text}" for layer, text in enumerate(shown)]

    def vector(self, values: Iterable[Fraction]) -> str:
        """Write a vector.

        >>> PLAIN.vector([Fraction(1, 2), Fraction(0)])
        '(1/2, 0)'
        """
        return f"({', '.join(map(self.number, values))})"

    def _fields(self, witness: Data) -> dict[str, str]:
        fields = {name: self._value(value) for name, value in witness.items()}
        for name, value in witness.items():
            if isinstance(value, list):
                fields |= {f"{name}_{i}": self._value(entry) for i, entry in enumerate(value)}
        layer, weights, itinerary = (witness.get(name) for name in ("layer", "weights", "itinerary"))
        if isinstance(layer, int):
            fields["next"] = str(layer + 1)
        if isinstance(itinerary, dict):
            fields["first"] = str(itinerary["layer"])
            fields["last"] = str(itinerary["layer"] + itinerary["period"] - 1)
        if isinstance(weights, list):
            terms = (f"{self.number(weight)} {self.token(token)}" for token, weight in weights)
            fields["weights"] = " + ".join(terms)
        return fields

    def _value(self, value: object) -> str:
        if isinstance(value, list):
            return f"({', '.join(map(self._value, value))})"
        if isinstance(value, DomainNumber):
            return self.number(value)  # type: ignore[arg-type]
        return self.number(value) if isinstance(value, Fraction) else str(value)  # layers, tokens


OF_THE_THEOREM = "one head, A and alpha, V a positive multiple of I, no mask, no ReLU block, all ties kept"
"""The systems that the clustering theorem is about; as in LaTeX, too, without signs of mathematics."""


def premise(result: Check) -> str:
    """Say whether the clustering theorem applies, and if not, for want of what.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.statements.theorem import check
    >>> premise(check(Hardmax().run([[0], [1]], 1)))
    'the clustering theorem does not apply: nonzero-tokens fails'
    """
    if not result.of_the_theorem:
        return f"the clustering theorem does not apply: it is about {OF_THE_THEOREM}"
    missing = [name for name, verdict in result.hypotheses.items() if verdict.outcome == "fails"]
    if not missing:
        return "the clustering theorem applies: all its hypotheses hold"
    return f"the clustering theorem does not apply: {', '.join(missing)} fail{'s' * (len(missing) == 1)}"


def beside_publication(result: Check) -> list[str]:
    """Say of each statement that fails what its published form assumes and is not so here; a line each.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.statements.theorem import check
    >>> for line in beside_publication(check(Hardmax([[-1]], tau="2/(k+2)").run([[2], [1]], 7))):
    ...     print(line)
    frank-wolfe-rate as published does not apply: it assumes 0 in the hull of the tokens at layer 0
    """
    failing = [name for name, verdict in result.statements.items() if verdict.outcome == "fails"]
    if not failing:
        return []
    from exactdyn.statements.published.assumed import lacking  # it comes with all that was published

    found = ((name, "; ".join(lacking(name, result.run))) for name in failing)
    return [f"{name} as published does not apply: it assumes {words}" for name, words in found if words]


def _plain_matrix(rows: Sequence[Sequence[str]]) -> str:
    inner = (f"({', '.join(row)})" for row in rows)
    return f"({', '.join(inner)})"


PLAIN = Notation(
    kind=KindWords(
        equation=lambda name, value: f"{name} = {value}",
        formula=one_line,
        number=short,
        matrix=_plain_matrix,
        dots="...",
        times=" x ",
    ),
    sentence=lambda way: way.text,
    number=short,
    matrix=_plain_matrix,
    token=lambda token: f"z{token}",
    lemma=str,
    text=one_line,
    rounded=str,
)
"""Words for the terminal."""


def plain_as_asked(decimal: int | None, as_json: bool) -> Notation:
    """Return the words for the terminal with numbers as ``--decimal`` asks.

    Raises :class:`~exactdyn.errors.InputError` for a bad number of digits, and beside ``--json``, where
    numbers are exact.

    >>> plain_as_asked(2, False).number(Fraction(2, 3))
    '~0.67'
    """
    if decimal is not None and as_json:
        raise InputError("--decimal: requires that --json is absent, got both")
    return PLAIN.with_decimals(decimal)
