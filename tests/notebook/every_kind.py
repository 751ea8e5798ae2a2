"""The kinds of answers, those that have certificates, and those that are drawn."""

KINDS = (
    "run",
    "check",
    "limit",
    "compare",
    "compare softmax",
    "lead",
    "largest",
    "itineraries",
    "hunt",
    "lemma",
    "cells",
    "softmax",
    "spectrum",
    "explain",
    "audit",
    "inspect",
    "statements",
    "verify",
)


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


DRAWN = ("run", "limit", "cells", "softmax", "spectrum", "explain", "inspect")
