"""``position``: where the tokens are at time T; FORMAT.md, section "position"."""

from __future__ import annotations

from proofs_checks.format.claims import Claim
from proofs_checks.softmax.now import Now


def check(claim: Claim, now: Now) -> None:
    """Check that every place allowed by the enclosure is as near as claimed to the one claimed.

    Source: FORMAT.md here, section "position".
    """
    members = claim.data.fields(["tokens", "within"])
    system, within = now.system, members["within"].rational()
    tokens = members["tokens"].rational_matrix(len(system.tokens), system.dimension)
    gap = max(
        abs(x - y)
        for place, token in zip(system.place, tokens, strict=True)
        for x, y in zip(now.state.centre[place], token, strict=True)
    )
    claim.require(gap + now.state.radius <= within, "the tokens may be further away")
