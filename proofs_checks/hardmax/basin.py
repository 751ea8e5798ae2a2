"""When all tokens are in basins of leading points, whatever the later graphs are.

FORMAT.md, section "Basins" and lemma ``basin``.
"""

from __future__ import annotations

from dataclasses import dataclass

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Matrix
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.hypotheses import is_definite
from proofs_checks.hardmax.run import Layer, Run
from proofs_checks.hardmax.system import LAYERS_LIMIT


@dataclass(frozen=True)
class Basin:
    """Every token tends to its row of ``targets``, which is a leading point of ``layer``."""

    run: Run
    layer: int
    targets: Matrix

    period = 1


def read_basin(field: Field, claim: Claim, run: Run) -> Basin:
    """Read and check the member ``basin``; the rule is in FORMAT.md, section "Basins".

    Source: FORMAT.md, lemma ``basin``.
    """
    members, count = field.fields(["layer", "targets", "semidefinite"]), len(run.system.tokens)
    k = members["layer"].integer(0, LAYERS_LIMIT)
    targets = [entry.integer(0, count - 1) for entry in members["targets"].items(count)]
    share = run.facts.one_share
    claim.require(share is not None and 0 < share < 1, "a basin requires one head and 0 < tau < 1")
    claim.require(run.facts.all_visible, "a basin requires that all tokens are seen")
    definite = is_definite(members["semidefinite"], run.system.A, strictly=False)
    claim.require(definite, "the factorisation does not prove <Ax, x> >= 0")
    layer = run[k]
    _check_leading(claim, layer, targets)
    for i, (p, row) in enumerate(zip(targets, run.products(0, k, layer.numerators), strict=True)):
        work.count_products(count, 1)
        rivals = [row[b] for b, other in enumerate(targets) if other != p]
        if i not in layer.attended[p]:
            rivals.append(row[i])
        claim.require(all(rival < row[p] for rival in rivals), f"token {i} may turn away from its target")
    return Basin(run, k, tuple(map(layer.point, targets)))


def _check_leading(claim: Claim, layer: Layer, targets: list[int]) -> None:
    """Check that each target is at a leading point, whose tokens all have it as their target."""
    for p in set(targets):
        own, place = layer.attended[p], layer.numerators[p]
        leads = p in own and all(layer.numerators[j] == place and targets[j] == p for j in own)
        claim.require(leads, f"token {p} does not lead those that have it as their target")
