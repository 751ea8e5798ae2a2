"""The checker's rules for softmax: its arithmetic loses no number, and what it accepts is what it says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import proofs_checks
from proofs_checks import describe, verify

FORMAT = (Path(proofs_checks.__file__).parent / "softmax" / "FORMAT.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```json\n(.*?)```", FORMAT, flags=re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS)
def test_every_example_of_the_format_is_accepted(block):
    assert describe(verify(block))[-1].startswith("  holds ") or "holds" in describe(verify(block))[-1]


def test_the_format_has_an_example_of_every_statement():
    from proofs_checks.softmax.certificate import STATEMENTS

    names = {claim["claim"] for block in BLOCKS for claim in json.loads(block).get("claims", [])}
    assert names == set(STATEMENTS)
    assert all(f"\n### {name}\n" in FORMAT for name in names)
