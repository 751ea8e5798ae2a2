"""The kinds of answers, those that have certificates, and those that are drawn."""

CERTIFIED = (
    "check",
    "limit",
    "compare softmax",
    "lead",
    "largest",
    "itineraries",
    "hunt",
    "lemma",
    "cells",
    "softmax",
)

KINDS = (
    *CERTIFIED,
    "run",
    "compare",
    "spectrum",
    "explain",
    "audit",
    "inspect",
    "statements",
    "verify",
)

DRAWN = ("run", "limit", "cells", "softmax", "spectrum", "explain", "inspect")
