"""When all tokens tend to the middle of two places; FORMAT.md, lemma ``mirrored-extremes``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Matrix, Number, Vector
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.system import LAYERS_LIMIT
from proofs_checks.hardmax.vectors import dot


@dataclass(frozen=True)
class Mirror:
    """Every token tends to its row of ``targets``: the middle of two places of ``layer``."""

    run: Run
    layer: int
    targets: Matrix

    period = 1


def read_mirror(field: Field, claim: Claim, run: Run) -> Mirror:
    """Read and check the member ``mirror``; the rule is in FORMAT.md, section "Mirror".

    Source: FORMAT.md, lemma ``mirrored-extremes``.
    """
    members, A = field.fields(["layer", "factor", "functional"]), run.system.A
    k, factor = members["layer"].integer(0, LAYERS_LIMIT), members["factor"].number()
    u = members["functional"].vector(len(A))
    share = run.facts.one_share
    claim.require(share is not None and 0 < 3 * share <= 1, "a mirror requires one head and 0 < tau <= 1/3")
    claim.require(run.facts.all_visible, "a mirror requires that all tokens are seen")
    claim.require(run.facts.ties_kept, "a mirror requires that all of a tie are attended")
    work.count_fractions(2 * len(A) ** 2, work.longest((factor, *u)))
    product = all(
        x == -factor * y * z for row, y in zip(A, u, strict=True) for x, z in zip(row, u, strict=True)
    )
    claim.require(factor > 0 and product, "A is no such product")
    points = run[k].points()
    values = [dot(u, point) for point in points]
    largest, smallest = max(values), min(values)
    claim.require(largest > 0 and smallest == -largest, "the extremes are not opposite")
    top, bottom = (_place(claim, points, values, end) for end in (largest, smallest))
    middle = tuple((x + y) / 2 for x, y in zip(top, bottom, strict=True))
    return Mirror(run, k, (middle,) * len(points))


def _place(claim: Claim, points: Matrix, values: Sequence[Number], end: Number) -> Vector:
    # The one place of all tokens with this value.
    first, *others = (point for point, value in zip(points, values, strict=True) if value == end)
    claim.require(all(point == first for point in others), "tokens of an extreme value are at two places")
    return first
