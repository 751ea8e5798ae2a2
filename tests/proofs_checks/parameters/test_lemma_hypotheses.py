"""No hypothesis about all values of a parameter is superfluous: without its check a false theorem is proved.

The table is ``certificates/parameter-hypotheses.md``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import proofs_checks
from proofs_checks.parameters.tree import CLOSING
from tests.judges.parameter import confirms
from tests.lemma_hypotheses import Hypothesis, assert_needed, lemmas_of, read_table

FORMAT = (Path(proofs_checks.__file__).parent / "parameters" / "FORMAT.md").read_text(encoding="utf-8")
TABLE = read_table("parameter-hypotheses.md", "parameters")


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.lemma}: {row.says}")
def test_without_the_check_a_false_theorem_about_a_parameter_would_be_proved(row: Hypothesis) -> None:
    assert_needed(row)


@pytest.mark.parametrize("path", sorted({row.certificate for row in TABLE}), ids=lambda path: path.stem)
def test_what_would_be_proved_is_false(path: Path) -> None:
    assert not confirms(json.loads(path.read_text(encoding="utf-8")))


def test_every_lemma_and_every_closing_is_in_the_table() -> None:
    lemmas = set(re.findall(r"^### (\S+)$", FORMAT.split("\n## Lemmas\n")[1], flags=re.MULTILINE))
    assert lemmas | CLOSING.keys() <= lemmas_of(TABLE)
