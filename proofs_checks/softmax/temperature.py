"""Softmax of a temperature beside exact hardmax; FORMAT.md, section "Temperature certificates"."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from proofs_checks.errors import RejectedError
from proofs_checks.rationals import write_at_most
from proofs_checks.reading import Field, Matrix, Vector
from proofs_checks.softmax.balls import Arithmetic
from proofs_checks.system import Run, System, dot, read_system

FORMAT = "exactdyn temperature certificate"
VERSION = 1
BITS = 128
"""The precision of the exponentials; everything else is exact."""

STEEP = 100
"""Exponents are cut here: exp(100) exceeds any number of copies, so that 1 / copies is less anyway."""

LAYERS_LIMIT = 10_000
"""Largest number of layers that such a certificate may name."""


@dataclass(frozen=True)
class TemperatureCertificate:
    """A well-formed temperature certificate: ``errors[k][i]`` bounds the error of token i at layer k."""

    system: System
    temperature: Fraction
    errors: Matrix

    @property
    def layers(self) -> int:
        """The last layer that is spoken of."""
        return len(self.errors) - 1


def read(document: Field) -> TemperatureCertificate:
    """Read what stands in a temperature certificate.

    Raises :class:`~proofs_checks.errors.MalformedError` for anything that is not one.
    """
    members = document.fields(["format", "version", "system", "temperature", "errors"])
    if members["format"].text() != FORMAT:
        members["format"].refuse(f'"{FORMAT}"')
    members["version"].integer(VERSION, VERSION)
    system = read_system(members["system"])
    temperature = members["temperature"].rational()
    if temperature <= 0:
        members["temperature"].refuse("a number greater than 0")
    if not 1 <= len(members["errors"].items()) <= LAYERS_LIMIT + 1:
        members["errors"].refuse(f"from 1 to {LAYERS_LIMIT + 1} layers")
    return TemperatureCertificate(system, temperature, members["errors"].matrix(None, len(system.tokens)))


def check(certificate: TemperatureCertificate) -> None:
    """Check the bounds of every layer from those of the layer before.

    Raises :class:`~proofs_checks.errors.RejectedError` for the first bound that is not established.
    """
    system, errors = certificate.system, certificate.errors
    if system.alpha < 0:
        raise RejectedError("temperature: alpha is negative")
    if min(error for row in errors for error in row) < 0:
        raise RejectedError("temperature: a bound is negative")
    run = Run(system, certificate.layers)
    diameter = max(_distance(x, y) for x in system.tokens for y in system.tokens)
    for layer in range(certificate.layers):
        tokens = tuple(run[layer].point(i) for i in range(len(system.tokens)))
        bounds = Bounds(system, tokens, run[layer].attended, errors[layer], certificate.temperature)
        for i, claimed in enumerate(errors[layer + 1]):
            if claimed < min(diameter, bounds.after(i)):
                raise RejectedError(f"temperature: layer {layer + 1}, token {i}: the bound is not proved")


def describe(certificate: TemperatureCertificate) -> list[str]:
    """Return lines that state the system and what is proved."""
    system, last = certificate.system, certificate.errors[-1]
    return [
        f"{len(system.tokens)} tokens in dimension {system.dimension}, layers 0..{certificate.layers}, "
        f"softmax of temperature {certificate.temperature}",
        f"  A = {', '.join(map(_vector, system.A))}, alpha = {system.alpha}",
        f"  tokens = {', '.join(map(_vector, system.tokens))}",
        "holds: the softmax tokens are within these distances of the hardmax tokens, at the last layer "
        + ", ".join(map(write_at_most, last)),
    ]


@dataclass(frozen=True)
class Bounds:
    """A layer: exact hardmax tokens, their attention sets, bounds of the errors of the softmax tokens."""

    system: System
    tokens: Matrix
    attended: list[frozenset[int]]
    errors: Vector
    temperature: Fraction

    def after(self, i: int) -> Fraction:
        """Return a bound of token i's error in the next layer; lemma ``temperature``."""
        inside, alpha = sorted(self.attended[i]), self.system.alpha
        columns = zip(*(self.tokens[k] for k in inside), strict=True)
        mean = tuple(sum(column, Fraction(0)) / len(inside) for column in columns)
        away = [_distance(x, mean) for x in self.tokens]
        uneven = max(away[k] for k in inside) if any(self.errors) else Fraction(0)
        pulled = sum(
            (self._share(i, j) * (away[j] + self.errors[j]) for j in range(len(away)) if j not in inside),
            Fraction(0),
        )
        target = max(self.errors[k] for k in inside) + uneven + pulled
        return (self.errors[i] + alpha * target) / (1 + alpha)

    def _share(self, i: int, j: int) -> Fraction:
        # An upper bound of the attention that i pays to j.
        image = [dot(row, self.tokens[i]) for row in self.system.A]
        context, bounds = Arithmetic(BITS), []
        for k in self.attended[i]:
            difference = tuple(a - b for a, b in zip(self.tokens[j], self.tokens[k], strict=True))
            lead = dot(image, difference) + self._disturbance(i, j, k, image, difference)
            exponent = min(lead / self.temperature, Fraction(STEEP))
            ratio = context.exp_above(context.above(exponent))
            bounds.append(Fraction(ratio, self.tokens.count(self.tokens[k]) << BITS))
        return min(Fraction(1, self.tokens.count(self.tokens[j])), *bounds)

    def _disturbance(self, i: int, j: int, k: int, image: list[Fraction], difference: Vector) -> Fraction:
        # How much the errors can add to <A z_i, z_j - z_k>.
        own, others = self.errors[i], self.errors[j] + self.errors[k]
        columns = zip(*self.system.A, strict=True)
        pulled = sum((abs(dot(column, difference)) for column in columns), Fraction(0))
        total = sum((abs(x) for row in self.system.A for x in row), Fraction(0))
        return own * pulled + others * sum(map(abs, image), Fraction(0)) + own * others * total


def _distance(x: Vector, y: Vector) -> Fraction:
    return max(abs(a - b) for a, b in zip(x, y, strict=True))


def _vector(vector: Vector) -> str:
    return f"({', '.join(map(str, vector))})"
