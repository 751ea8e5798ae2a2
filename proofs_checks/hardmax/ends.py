"""Where all tokens end up, by one of four kinds of data; FORMAT.md, section "Ends"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Matrix
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.basin import Basin, read_basin
from proofs_checks.hardmax.itinerary import Lock, read_limits
from proofs_checks.hardmax.locked import Locked, read_locked
from proofs_checks.hardmax.mirror import Mirror, read_mirror
from proofs_checks.hardmax.run import Run

LEMMAS = {Lock: "locked-limit", Locked: "locked-targets", Basin: "basin", Mirror: "mirrored-extremes"}
"""What proves where tokens end up, for each of the kinds of data."""


@dataclass(frozen=True)
class Ends:
    """Every token tends to its row of ``limits``, along the period of the proof."""

    proof: Lock | Locked | Basin | Mirror
    limits: Matrix

    @property
    def settle(self) -> bool:
        """Whether these are the limits along all phases, so that every token converges."""
        return not isinstance(self.proof, Lock) or self.proof.stays(self.limits)

    def leaders(self, claim: Claim) -> list[int]:
        """Return all tokens that ever lead; each does so for ever from the first layer of the proof on.

        Raises RejectedError where that is not so.

        Source: FORMAT.md, section "Ends".
        """
        run, k, last = self.proof.run, self.proof.layer, self.proof.layer + self.proof.period - 1
        found = {i for i, attended in enumerate(run[k].attended) if attended == {i}}
        facts = run.facts
        if not (facts.keeps and facts.same_scores and facts.transitive):
            for at, layer in run.walk(0, last):
                leading = {i for i, attended in enumerate(layer.attended) if attended == {i}}
                same = leading <= found and (at < k or leading == found)
                claim.require(same, f"the leaders of layer {at} are not those of layer {k}")
        return sorted(found)


def read_ends(
    claim: Claim, run: Run, names: Sequence[str], optional: Sequence[str] = ()
) -> tuple[Ends, dict[str, Field]]:
    """Read the data of one kind, ``itinerary`` and ``coefficients`` or one alone, and other members; check.

    The rule is in FORMAT.md, section "Ends".

    Source: FORMAT.md, lemmas ``basin``, ``mirrored-extremes``, ``locked-limit``, ``locked-targets``.
    """
    alone = next((name for name in ALONE if name in claim.data.names()), None)
    own = ["itinerary", "coefficients"] if alone is None else [alone]
    members = claim.data.fields([*own, *names], list(optional))
    if alone is not None:
        proof = ALONE[alone](members[alone], claim, run)
        return Ends(proof, proof.targets), members
    lock, _, limits = read_limits(members, claim, run)
    require_kept(claim, run, lock)
    return Ends(lock, limits), members


def _read_reached(field: Field, claim: Claim, run: Run) -> Locked:
    proof = read_locked(field, claim, run)
    claim.require(proof.reached, "the steps have a finite sum: tokens stop before their targets")
    return proof


ALONE: dict[str, Callable[[Field, Claim, Run], Locked | Basin | Mirror]] = {
    "basin": read_basin,
    "mirror": read_mirror,
    "locked": _read_reached,
}
"""How each member is read that alone says where all tokens end up."""


def require_kept(claim: Claim, run: Run, lock: Lock) -> None:
    """Raise RejectedError unless the steps of an itinerary keep a part of every token.

    Source: FORMAT.md, lemma ``locked-limit``.
    """
    first = run.facts.keeps_from
    kept = first is not None and first <= lock.layer
    claim.require(kept, "locked-limit requires steps that keep a part of the token, 0 <= tau < 1")


def require_hull(claim: Claim, run: Run) -> None:
    """Raise RejectedError unless the hulls never grow, so that they shrink to the hull of the limits.

    Source: FORMAT.md, lemma ``locked-limit``.
    """
    claim.require(run.facts.convex, "the limit polytope requires convex steps at all layers, 0 <= tau <= 1")


def require_lemma(claim: Claim, ends: Ends, every_layer: str) -> None:
    """Raise RejectedError unless a statement on the limit names its lemma, with the scope of all layers.

    Source: FORMAT.md, section "Claims".
    """
    named = (claim.scope, claim.lemma) == (every_layer, LEMMAS[type(ends.proof)])
    claim.require(named, "only lemmas speak of every layer")
