"""No hypothesis of a lemma is superfluous: with its check left out, the checker proves a false theorem.

The table is ``certificates/hypotheses.md``.
"""

from __future__ import annotations

import pytest

from tests.lemma_hypotheses import Hypothesis, assert_needed, lemmas_of, read_table
from tests.proofs_checks.test_certificate import LEMMAS

TABLE = read_table("hypotheses.md")


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.lemma}: {row.says}")
def test_without_the_check_a_false_theorem_would_be_proved(row: Hypothesis) -> None:
    assert_needed(row)


def test_every_lemma_about_one_system_is_in_the_table() -> None:
    assert {"factorisation", "locked-itinerary", "limit-set", "number-field"} | LEMMAS <= lemmas_of(TABLE)
