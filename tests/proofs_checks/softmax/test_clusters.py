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


def test_tokens_of_a_line_that_nothing_turns_are_groups_of_their_own() -> None:
    document = json.loads(BLOCKS[4])
    document["system"] |= {"V": [["1"]], "Q": [["1"]], "K": [["1"]], "tokens": [["5"], ["-5"]]}
    document["claims"][0]["evidence"]["groups"] = [[0], [1]]
    verify(json.dumps(document))
    document["system"]["tokens"] = [["5"], ["-1/100"]]
    with pytest.raises(RejectedError, match="may not vanish"):
        verify(json.dumps(document))
