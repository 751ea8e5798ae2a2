"""Softmax of a temperature beside exact hardmax; FORMAT.md, section "Temperature certificates"."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from proofs_checks.format.envelope import read_members
from proofs_checks.format.errors import RejectedError
from proofs_checks.format.field_number import Matrix, RationalMatrix, RationalVector, write_number
from proofs_checks.format.rationals import write_at_most, write_rational
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.system import System, read_system
from proofs_checks.temperature.step import Comparison, Step

FORMAT = "exactdyn temperature certificate"
LAYERS_LIMIT = 10_000
"""Largest number of layers that such a certificate may name."""


@dataclass(frozen=True)
class TemperatureCertificate:
    """A well-formed temperature certificate: ``errors[k][i]`` bounds the error of token i at layer k."""

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
    members = read_members(document, FORMAT, ["system", "temperature", "errors"])
    system = read_system(members["system"])
    temperature = members["temperature"].rational()
    if temperature <= 0:
        members["temperature"].refuse("a number greater than 0")
    if not 1 <= len(members["errors"].items()) <= LAYERS_LIMIT + 1:
        members["errors"].refuse(f"from 1 to {LAYERS_LIMIT + 1} layers")
    return TemperatureCertificate(
        system, temperature, members["errors"].rational_matrix(None, len(system.tokens))
    )


def check(certificate: TemperatureCertificate) -> None:
    """Check the bounds of every layer from those of the layer before.

    Raises :class:`~proofs_checks.format.errors.RejectedError` for the first bound that is not established.

    Source: softmax/FORMAT.md, lemma ``temperature``.
    """
    system, errors = certificate.system, certificate.errors
    if system.alpha < 0:
        raise RejectedError("temperature: alpha is negative")
    if min(error for row in errors for error in row) < 0:
        raise RejectedError("temperature: a bound is negative")
    comparison = Comparison(system, certificate.temperature)
    # Where nothing is claimed beyond the diameter, nothing has to be computed.
    last = max(k for k, row in enumerate(errors) if k == 0 or min(row) < comparison.diameter)
    run = Run(system, last)
    for k in range(last):
        _check_layer(Step(comparison, run[k], comparison.errors(errors[k])), errors[k + 1], k + 1)


def _check_layer(step: Step, claims: RationalVector, layer: int) -> None:
    # Copies have one error: the smallest bound claimed for one of them is what must be proved.
    least: dict[int, tuple[Fraction, int]] = {}
    for token, (point, claimed) in enumerate(zip(step.of.lowest, claims, strict=True)):
        least[point] = min(least.get(point, (claimed, token)), (claimed, token))
    for point, (claimed, token) in least.items():
        if claimed < step.of.diameter and claimed < step.after(point):
            raise RejectedError(f"temperature: layer {layer}, token {token}: the bound is not proved")


def describe(certificate: TemperatureCertificate) -> list[str]:
    """Return lines that state the system and what is proved."""
    system, last = certificate.system, certificate.errors[-1]
    return [
        f"{len(system.tokens)} tokens in dimension {system.dimension}, layers 0..{certificate.layers}, "
        f"softmax of any temperature up to {write_rational(certificate.temperature)}",
        f"  A = {_rows(system.A)}, alpha = {write_number(system.alpha)}",
        f"  tokens = {_rows(system.tokens)}",
        "holds: the softmax tokens are within these distances of the hardmax tokens, in every coordinate, at "
        f"the last layer {', '.join(map(write_at_most, last))}",
    ]


def _rows(rows: Matrix) -> str:
    return ", ".join(f"({', '.join(map(write_number, row))})" for row in rows)
