"""No hypothesis of a softmax lemma is superfluous: without its check a false theorem would be proved.

The table is ``certificates/softmax-hypotheses.md``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import proofs_checks
from tests.judges.oracle import softmax_kinds, temperature
from tests.lemma_hypotheses import Hypothesis, assert_needed, lemmas_of, read_table

FORMAT = (Path(proofs_checks.__file__).parent / "softmax" / "FORMAT.md").read_text(encoding="utf-8")
TABLE = read_table("softmax-hypotheses.md")


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.lemma}: {row.says}")
def test_without_the_check_a_false_softmax_theorem_would_be_proved(row: Hypothesis) -> None:
    assert_needed(row)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.lemma}: {row.says}")
def test_what_would_be_proved_is_false(row: Hypothesis) -> None:
    softmax = pytest.importorskip("tests.judges.oracle.softmax")
    document = json.loads(row.certificate.read_text(encoding="utf-8"))
    oracle = softmax if document["version"] == 1 else softmax_kinds
    if row.lemma == "temperature":
        oracle = temperature
    assert not oracle.confirms(document)


def test_every_softmax_lemma_is_in_the_table() -> None:
    lemmas = set(re.findall(r"^### (\S+)$", FORMAT.split("\n## Lemmas\n")[1], flags=re.MULTILINE))
    assert lemmas == lemmas_of(TABLE) - {"enclosure"}
