"""Clusters, as the checker sees them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import proofs_checks
from proofs_checks import RejectedError, verify

FORMAT = (Path(proofs_checks.__file__).parent / "softmax" / "FORMAT.md").read_text(encoding="utf-8")


BLOCKS = re.findall(r"```json\n(.*?)```", FORMAT, flags=re.DOTALL)


def test_a_tube_that_is_left_is_rejected():
    document = json.loads(BLOCKS[2])
    document["claims"][0]["evidence"]["tube"] = "1/1000000000000000000"
    with pytest.raises(RejectedError, match="the tokens may leave the tube"):
        verify(json.dumps(document))
