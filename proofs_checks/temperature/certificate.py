"""Softmax of a temperature beside exact hardmax; FORMAT.md, section "Temperature certificates"."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from proofs_checks.format.envelope import VERSION, read_members
from proofs_checks.format.errors import RejectedError
from proofs_checks.format.field_number import RationalMatrix, RationalVector, write_number
from proofs_checks.format.rationals import write_at_most, write_rational
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.system import System, read_general_system, read_system
from proofs_checks.hardmax.words import general_lines, write_rows
from proofs_checks.temperature.comparison import Comparison
from proofs_checks.temperature.step import Step

FORMAT = "exactdyn temperature certificate"
GENERAL = 2
"""The version of certificates about systems of any heads, masks and steps."""

LAYERS_LIMIT = 10_000
"""Largest number of layers that such a certificate may name."""


@dataclass(frozen=True)
class TemperatureCertificate:
    """A well-formed temperature certificate: ``errors[k][i]`` bounds the error of token i at layer k."""

    version: int
    system: System
    temperature: Fraction
    errors: RationalMatrix

    @property
    def layers(self) -> int:
        """The last layer that is spoken of."""
        return len(self.errors) - 1


def read(document: Field) -> TemperatureCertificate:
    """Read what stands in a temperature certificate.

    Raises :class:`~proofs_checks.format.errors.MalformedError` for anything that is not one.

    Source: softmax/FORMAT.md, section "Temperature certificates".
    """
    members = read_members(document, FORMAT, ["system", "temperature", "errors"], newest=GENERAL)
    version = members["version"].integer(VERSION, GENERAL)
    system = (read_system if version == VERSION else read_general_system)(members["system"])
    temperature = members["temperature"].rational()
    if temperature <= 0:
        members["temperature"].refuse("a number greater than 0")
    if not 1 <= len(members["errors"].items()) <= LAYERS_LIMIT + 1:
        members["errors"].refuse(f"from 1 to {LAYERS_LIMIT + 1} layers")
    errors = members["errors"].rational_matrix(None, len(system.tokens))
    return TemperatureCertificate(version, system, temperature, errors)


def check(certificate: TemperatureCertificate) -> None:
    """Check the bounds of every layer from those of the layer before.

    Raises :class:`~proofs_checks.format.errors.RejectedError` for the first bound that is not established.

    Source: softmax/FORMAT.md, lemma ``temperature``.
    """
    errors = certificate.errors
    if min(error for row in errors for error in row) < 0:
        raise RejectedError("temperature: a bound is negative")
    comparison = Comparison(certificate.system, certificate.temperature)
    limits = _limits(comparison, certificate.layers)
    # Where nothing is claimed beyond what no token can exceed, nothing has to be computed.
    last = max(k for k, limit in enumerate(limits) if k == 0 or limit is None or min(errors[k]) < limit)
    run = Run(comparison.system, last)
    for k in range(last):
        step = Step(comparison, k, run[k], comparison.errors(errors[k], limits[k]))
        _check_layer(step, errors[k + 1], limits[k + 1])


def _limits(comparison: Comparison, layers: int) -> list[Fraction | None]:
    # For every layer what no error exceeds, as long as all steps before were convex.
    limits: list[Fraction | None] = [comparison.diameter]
    for k in range(layers):
        known = limits[-1] is not None and comparison.move(k).convex
        limits.append(comparison.diameter if known else None)
    return limits


def _check_layer(step: Step, claims: RationalVector, limit: Fraction | None) -> None:
    # Copies have one error: the smallest bound claimed for one of them is what must be proved.
    least: dict[int, tuple[Fraction, int]] = {}
    for token, (point, claimed) in enumerate(zip(step.of.lowest, claims, strict=True)):
        least[point] = min(least.get(point, (claimed, token)), (claimed, token))
    for point, (claimed, token) in least.items():
        if (limit is None or claimed < limit) and claimed < step.after(point):
            raise RejectedError(
                f"temperature: layer {step.number + 1}, token {token}: the bound is not proved"
            )


def describe(certificate: TemperatureCertificate) -> list[str]:
    """Return lines that state the system and what is proved."""
    system, last = certificate.system, certificate.errors[-1]
    stated = general_lines(system)
    if certificate.version == VERSION:
        stated = [f"A = {write_rows(system.A)}, alpha = {write_number(system.alpha)}"]
    return [
        f"{len(system.tokens)} tokens in dimension {system.dimension}, layers 0..{certificate.layers}, "
        f"softmax of any temperature up to {write_rational(certificate.temperature)}",
        *(f"  {line}" for line in stated),
        f"  tokens = {write_rows(system.tokens)}",
        "holds: the softmax tokens are within these distances of the hardmax tokens, in every coordinate, at "
        f"the last layer {', '.join(map(write_at_most, last))}",
    ]
