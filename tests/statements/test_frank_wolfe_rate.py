"""The published rate of Frank-Wolfe attention, where it holds and where it fails."""

import json
from fractions import Fraction

from exactdyn.certificates.envelope import certificate_data, certificate_text
from exactdyn.documents import load_example
from exactdyn.statements.catalogue import OF_KINDS
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import verify
from tests.judges.oracle import confirms


def test_the_rate_of_frank_and_wolfe_holds_for_sixty_layers_and_fails_at_layer_575():
    example = load_example("frank-wolfe-rate")
    rate = OF_KINDS["frank-wolfe-rate"]
    assert rate.decide(example.run(60)).scope == "layers 0..60"
    run = example.run()
    verdict = rate.decide(run)
    assert (verdict.witness["layer"], verdict.witness["token"]) == (575, 0)
    assert verdict.witness["value"] == Fraction(13849, 41544) ** 2 / 2
    text = certificate_text(certificate_data(run, {"frank-wolfe-rate": verdict}))
    verify(text)
    assert confirms(json.loads(text))


def test_a_tie_of_the_largest_eigenvalue_is_within_the_bound():
    # B = diag(1, 2), tokens (0, 1), (0, 0) at rest: J = 1 at (0, 1), the bound 4/(t+1) is met at t = 3.
    run = Hardmax([[-1, 0], [0, -2]], tau=0).run([[0, 1], [0, 0]], 4)
    assert OF_KINDS["frank-wolfe-rate"].decide(run).evidence["vector"] == [0, 1]
    later = Hardmax([[-1, 0], [0, -2]], tau=0).run([[0, 1], [0, 0]], 5)
    assert OF_KINDS["frank-wolfe-rate"].decide(later).witness["layer"] == 4
