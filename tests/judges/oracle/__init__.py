"""An independent judge of certificates: the words of FORMAT.md once more, in plain fractions.

It shares no code with ``proofs_checks`` and ``exactdyn``, aims at being obvious rather than fast, and goes
another way wherever there is one: definiteness by minors beside the factorisation, distinctness pair by pair.
What was found of a claim about a system is kept: most changes of a certificate leave the others as they are.
A new claim needs its functions here and a row in ``HYPOTHESES`` or ``STATEMENTS``.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from tests.judges.oracle.hypotheses import HYPOTHESES
from tests.judges.oracle.reading import UnconfirmedError, entries, index, members, need, over
from tests.judges.oracle.statements import STATEMENTS
from tests.judges.oracle.world import World

__all__ = ["confirms"]


def confirms(document: Any) -> bool:
    """Tell whether a JSON document is a certificate all of whose claims are true and shown to be."""
    try:
        top = members(document, "format version system layers claims")
        need(top["format"] == "exactdyn certificate" and index(top["version"], 4) >= 1)
        system, layers = json.dumps(top["system"]), index(top["layers"], 10_000_001)
        version = top["version"]
        world_of(system, layers, version)
        claims = entries(top["claims"])
        need(claims)
        names = [name_if_confirmed(system, layers, version, json.dumps(claim)) for claim in claims]
        need(None not in names and len(names) == len(set(names)))
    except UnconfirmedError:
        return False
    return True


@lru_cache(maxsize=1000)
def world_of(system: str, layers: int, version: int) -> World:
    """Return the system of a JSON text, and its run."""
    return World(json.loads(system), layers, version)


@lru_cache(maxsize=20_000)
def name_if_confirmed(system: str, layers: int, version: int, claim: str) -> str | None:
    """Return the name of a claim, given as a JSON text, if it is confirmed."""
    try:
        world = world_of(system, layers, version)
        with over(world.field):
            return judge_claim(json.loads(claim), world)
    except UnconfirmedError:
        return None


def judge_claim(claim: Any, world: World) -> str:
    """Judge one claim and return its name."""
    need(isinstance(claim, dict) and claim.get("verdict") in ("holds", "fails"))
    name = claim.get("claim")
    need(isinstance(name, str) and name in HYPOTHESES | STATEMENTS)
    if claim["verdict"] == "fails":
        judge = HYPOTHESES[name][1] if name in HYPOTHESES else STATEMENTS[name].fails
        judge(members(claim, "claim verdict witness")["witness"], world)
    elif name in HYPOTHESES:
        members(claim, "claim verdict", "evidence")
        HYPOTHESES[name][0](claim.get("evidence", {}), world)
    else:
        judges, by_lemma = STATEMENTS[name], "lemma" in claim
        members(claim, "claim verdict scope" + " lemma" * by_lemma, "evidence")
        need(claim["scope"] == ("every layer" if by_lemma else f"layers 0..{world.layers}"))
        need(not by_lemma or (isinstance(claim["lemma"], str) and claim["lemma"] in judges.by_lemma))
        (judges.by_lemma[claim["lemma"]] if by_lemma else judges.computed)(claim.get("evidence", {}), world)
    return name
