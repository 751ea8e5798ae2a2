"""Verdicts in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from exactdyn.cli.terminal.ending import one_line
from exactdyn.documents import Example
from exactdyn.numbers.shown import short
from exactdyn.statements.theorem import Check
from exactdyn.verdict import Data, Verdict

HEADING_LIMIT = 240
"""About so many characters of A are shown at the head of a table; JSON and certificates hold all."""

CYCLE, GROWTH = "convergence: cycle", "convergence: growth"
"""The sentences for the two ways in which a token has no limit."""


Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Notation:
    """How verdicts are written: the sentences, and how a number, a matrix, a token, a name looks in them.

    ``heading``: a sentence with the fields name, size, A, alpha, layers in braces. ``sentences``: one for the
    witness against each hypothesis and statement, by name, with the fields of the witness; the entries of a
    list ``x`` are ``x_0``, ``x_1``, ... as well, ``next`` is the layer after ``layer``, and ``first`` and
    ``last`` are the layers whose graphs an itinerary repeats. That a token has no limit has two sentences.
    ``dots`` stands for entries that are left out of a large matrix, ``times`` between its measures.
    """

    heading: str
    sentences: Mapping[str, str]
    number: Callable[[Fraction], str]
    matrix: Callable[[Sequence[Sequence[str]]], str]
    token: Callable[[int], str]
    lemma: Callable[[str], str]
    text: Callable[[str], str]
    dots: str
    times: str

    def head(self, example: Example, layers: int) -> str:
        """Say which example it is, of what size, and how far it is run.

        >>> from exactdyn.documents import load_example
        >>> PLAIN.head(load_example("cyclic"), 30)
        'cyclic: 3 tokens in dimension 2, A = ((1, -4), (4, 1)), alpha = 1, layers 0..30'
        """
        (count, dimension), A = example.shape, example.system.A
        return self.heading.format(
            name=self.text(example.name),
            size=f"{count} token{'' if count == 1 else 's'} in dimension {dimension}",
            A="I" if A is None else self._headed([[self.number(x) for x in row] for row in A]),
            alpha=self.number(example.system.alpha),
            layers=layers,
        )

    def _headed(self, rows: Sequence[Sequence[str]]) -> str:
        # The matrix if it is short, else its corners, else its size alone.
        size = f"{len(rows)}{self.times}{len(rows)}"
        corners = self._ends([self._ends(row, self.dots) for row in rows], [self.dots] * 4)
        for shown, suffix in ((rows, ""), (corners, f" ({size})")):
            if sum(len(entry) + 2 for row in shown for entry in row) <= HEADING_LIMIT:
                return self.matrix(shown) + suffix
        return f"({size})"

    @staticmethod
    def _ends(entries: Sequence[Shown], dots: Shown) -> Sequence[Shown]:
        return entries if len(entries) < 5 else [*entries[:2], dots, entries[-1]]

    def why(self, name: str, verdict: Verdict) -> str:
        """Say what stands behind the verdict on the hypothesis or statement of this name.

        >>> PLAIN.why("hull-shrinkage", Verdict("holds", "every layer", "convex-step"))
        'every layer, by lemma convex-step'
        >>> PLAIN.why("nonzero-tokens", Verdict("fails", witness={"token": 1}))
        'token 1 is zero'
        """
        if verdict.witness is not None:
            return self.sentences[_kind(name, verdict.witness)].format_map(self._fields(verdict.witness))
        if verdict.scope is None:
            return self.text(verdict.reason or "")
        reason = f"by lemma {self.lemma(verdict.lemma)}" if verdict.lemma else "computed"
        return f"{verdict.scope}, {reason}"

    def leaders(self, leaders: Mapping[int, int], labels: Sequence[str] | None) -> str:
        """Name the leaders in the order in which they appear, each with its first layer.

        >>> PLAIN.leaders({3: 0, 1: 1}, None)
        'leaders: token 3 from layer 0, token 1 from layer 1'
        """
        if not leaders:
            return "no token is a leader"
        ordered = sorted((layer, token) for token, layer in leaders.items())
        names = {token: f" ({self.text(labels[token])})" if labels else "" for token in leaders}
        return "leaders: " + ", ".join(
            f"token {token}{names[token]} from layer {layer}" for layer, token in ordered
        )

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
        return self.number(Fraction(value)) if isinstance(value, int | Fraction) else str(value)


def _kind(name: str, witness: Data) -> str:
    if "coefficients" not in witness or "phase" not in witness:
        return name
    return CYCLE if witness["phase"] else GROWTH


def premise(result: Check) -> str:
    """Say whether the clustering theorem applies, and if not, for want of what.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.statements.theorem import check
    >>> premise(check(Hardmax().run([[0], [1]], 1)))
    'the clustering theorem does not apply: nonzero-tokens fails'
    """
    missing = [name for name, verdict in result.hypotheses.items() if verdict.outcome == "fails"]
    if not missing:
        return "the clustering theorem applies: all its hypotheses hold"
    return f"the clustering theorem does not apply: {', '.join(missing)} fail{'s' * (len(missing) == 1)}"


def _plain_matrix(rows: Sequence[Sequence[str]]) -> str:
    inner = (f"({', '.join(row)})" for row in rows)
    return f"({', '.join(inner)})"


PLAIN = Notation(
    heading="{name}: {size}, A = {A}, alpha = {alpha}, layers 0..{layers}",
    sentences={
        "symmetric": "A[{row}][{column}] = {entries_0}, but A[{column}][{row}] = {entries_1}",
        "positive-definite": "<Ax, x> = {value} at x = {vector}",
        "positive-alpha": "alpha = {alpha}",
        "nonzero-tokens": "token {token} is zero",
        "distinct-tokens": "tokens {tokens_0} and {tokens_1} are equal",
        "hull-shrinkage": "token {token} leaves the hull after layer {layer}: with f = {functional}, <f, z> "
        "is at most {largest_before} on layer {layer}, but {after} for token {token} at layer {next}",
        "norm-growth": "layer {layer}, token {token}: <Az, z> goes from {q_before} to {q_after}",
        "leaders-persist": "token {token} is a leader at layer {leads}, "
        "but attends token {rival} at layer {layer}",
        "distinctness-preserved": "tokens {tokens_0} and {tokens_1}, distinct at layer {layer}, "
        "meet at {point} at layer {next}",
        "leaders-extreme": "token {token} is a leader at layer {leads}; at layer {layer} it is {weights}, "
        "no extreme point",
        CYCLE: "token {token} has no limit: the attention graphs of layers {first}..{last} "
        "repeat for ever, and the token goes through different places",
        GROWTH: "token {token} has no limit: the attention graphs of layers {first}..{last} repeat "
        "for ever, and a combination of its states grows or moves on",
        "leader-vertex": "token {token} tends to a vertex of the limit polytope, "
        "exposed by f = {functional}, where no leader is",
        "limit-set": "token {token} tends to {limit}, which is not in S",
        "attention-settles": "the attention graphs of layers {first}..{last} repeat for ever, "
        "and token {token} attends others in phase {phase} than in phase 0",
    },
    number=short,
    matrix=_plain_matrix,
    token=lambda token: f"z{token}",
    lemma=str,
    text=one_line,
    dots="...",
    times=" x ",
)
"""Words for the terminal."""
