"""The answers that the tests of this room look at."""

import pytest

from exactdyn import (
    Hardmax,
    Softmax,
    attention_spectrum,
    audit,
    cells,
    check,
    compare,
    explain,
    hunt,
    inspect,
    itineraries,
    lead,
    limit,
    load_example,
    run,
    softmax,
    statements,
    verify,
)

TRIANGLE = [[1, 0], [0, 1], [-1, -1]]


CYCLIC = load_example("cyclic")


SYSTEM = Hardmax(alpha=1)


@pytest.fixture(scope="module")
def answers():
    """One answer of every kind, all of small systems."""
    return {
        "run": run(CYCLIC, 2),
        "check": check(run(CYCLIC, 2), 2),
        "limit": limit(load_example("square-plain")),
        "compare": compare(SYSTEM, tokens=[[1], ["1/2"]]),
        "compare softmax": compare(SYSTEM, tokens=[[1], ["1/2"]], softmax="1/10"),
        "lead": lead(SYSTEM, [0, 1], tokens=TRIANGLE),
        "largest": lead(SYSTEM, tokens=[[1], [2]]),
        "itineraries": itineraries(SYSTEM, 1, tokens=TRIANGLE, pattern="a, 0; 0, b"),
        "hunt": hunt("distinctness-preserved", count=2, dimension=1, layers=1),
        "lemma": hunt("hull-shrinkage", SYSTEM, tokens=TRIANGLE),
        "cells": cells(Hardmax([[-1]]), tokens=[[1], [-1]]),
        "softmax": softmax(Softmax(), 4, tokens=[[1], ["1/2"], [-1]]),
        "spectrum": attention_spectrum(Softmax(), [0, "1/8"], tokens=[[1], ["1/2"], [-1]]),
        "explain": explain("handmade", "tied"),
        "audit": audit("handmade"),
        "inspect": inspect({"Q": [[1, 0]], "K": [[1, 0]], "V": [[2, 0], [0, 1]]}),
        "statements": statements("convergence"),
        "verify": verify(check(run(CYCLIC, 2)).certificate),
    }
