"""Certificates over number fields in words: which root it is, and nothing that might not be told."""

from __future__ import annotations

import json

import pytest

from exactdyn.certificates.envelope import certificate_text
from exactdyn.statements.theorem import check
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import describe, verify
from tests.polygons import polygon, rotation

REDUCIBLE = {"polynomial": [6, 0, -5, 0, 1], "interval": ["4/3", "3/2"]}
"""(x^2 - 2)(x^2 - 3), and sqrt(2)."""


def test_the_words_say_which_root_the_numbers_are_made_of() -> None:
    run = Hardmax(rotation(5), alpha=1).run(polygon(5), layers=0)
    assert describe(verify(certificate_text(check(run).certificate)))[1:4] == [
        "  t is the root of 5 - 5 t^2 + t^4 between 7/4 and 2; "
        "in claims (c0, c1, ...) may stand for c0 + c1 t + ...",
        "  tau = 1/2",
        "  head 0: A = (-1 + 1/2 t^2, 3/2 t - 1/2 t^3), (-3/2 t + 1/2 t^3, -1 + 1/2 t^2)",
    ]


@pytest.mark.parametrize(
    ("tau", "shown"),
    [
        (["-1", "0", "1"], "-1 + t^2"),  # 1, but that is not told
        (["4", "0", "-1"], "4 - t^2"),  # 2, and 1 - tau has no inverse
        ("1", "1"),
    ],
)
def test_what_is_accepted_is_said_whether_there_is_an_alpha_or_not(tau: object, shown: str) -> None:
    system = {
        "field": REDUCIBLE,
        "tokens": [["1"], ["2"]],
        "tau": {"listed": [tau]},
        "heads": [{"A": [[["1"]]]}],
    }
    document = {"format": "exactdyn certificate", "version": 3, "system": system, "layers": 0}
    claims = [{"claim": "distinct-tokens", "verdict": "holds"}]
    assert describe(verify(json.dumps(document | {"claims": claims})))[2] == f"  tau = {shown}"
