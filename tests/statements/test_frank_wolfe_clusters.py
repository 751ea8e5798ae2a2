"""``frank-wolfe-clusters`` and ``frank-wolfe-exponential`` where Theorem 4.2 of arXiv 2508.09628 applies."""

from __future__ import annotations

import json
from fractions import Fraction
from random import Random

import pytest

from exactdyn.certificates.envelope import certificate_data, certificate_text
from exactdyn.statements.catalogue import OF_KINDS
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import verify
from tests.judges.oracle import confirms

SCHEDULES = ["2/(k+2)", "2/(k+3)", "2^-(k+1)", "(k+1)/(k+2)"]
"""Of the second and third the steps tend to 0; the first begins with a step that goes all the way."""


def random_clusters(seed):
    """Leaders for A = I, and followers between 0 and one of them.

    The corners c have <c, c'> below <c, c> and <c', c'>, so each attends itself alone, and s c attends c.
    """
    random = Random(seed)
    count = random.randint(2, 5)
    corners = []
    while len(corners) < count:
        x, y = random.randint(-9, 9), random.randint(-9, 9)
        if all(a * x + b * y < min(a * a + b * b, x * x + y * y) for a, b in corners) and (x, y) != (0, 0):
            corners.append((x, y))
    followers = [
        [x * Fraction(random.randint(1, 9), 10), y * Fraction(random.randint(1, 9), 10)]
        for x, y in random.choices(corners, k=random.randint(1, 4))
    ]
    return [list(corner) for corner in corners] + followers


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("tau", SCHEDULES)
def test_the_clusters_of_frank_and_wolfe_are_proved_for_random_systems_and_four_schedules(tau, seed):
    run = Hardmax(tau=tau).run(random_clusters(seed), 3)
    verdicts = {
        name: OF_KINDS[name].decide(run) for name in ("frank-wolfe-clusters", "frank-wolfe-exponential")
    }
    clusters, exponential = verdicts.values()
    assert (clusters.scope, clusters.lemma) == ("every layer", "frank-wolfe-clusters")
    assert OF_KINDS["frank-wolfe-clusters"].decided.computed(run).outcome == "holds"
    assert exponential.outcome == ("fails" if tau in SCHEDULES[1:3] else "holds")
    text = certificate_text(certificate_data(run, verdicts))
    verify(text)
    assert confirms(json.loads(text))
