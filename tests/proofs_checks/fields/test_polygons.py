"""Regular polygons with a rotation by half the angle of a side: all that is claimed of them is accepted."""

from __future__ import annotations

import json

import pytest

from exactdyn.certificates.envelope import certificate_data, certificate_text
from exactdyn.statements.catalogue import QUESTIONS
from exactdyn.statements.theorem import check
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import verify
from tests.judges.oracle import confirms
from tests.polygons import polygon, rotation


@pytest.mark.parametrize("n", range(3, 13))
def test_the_ties_of_a_polygon_are_certified_for_ever_and_its_limit_is_its_centre(n: int) -> None:
    run = Hardmax(rotation(n), alpha=1).run(polygon(n), layers=30)
    found = check(run)
    settles = QUESTIONS["attention-settles"].decide(run)
    verdicts = found.hypotheses | found.statements | {"attention-settles": settles}
    text = certificate_text(certificate_data(run, verdicts))
    claims = {claim.name: claim for claim in verify(text).claims}
    assert claims.keys() == verdicts.keys()
    assert (claims["attention-settles"].verdict, claims["attention-settles"].lemma) == (
        "holds",
        "locked-itinerary",
    )
    limits = json.loads(text)["claims"][list(claims).index("convergence")]["evidence"]["limits"]
    assert limits == [["0", "0"]] * n
    if n < 8:
        assert confirms(json.loads(text))
