"""Short certificates that ask for as much work as they can: most are refused before it is done."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.amounts import amount
from tests.both_kernels import differ, verified
from tests.small_certificates import certificate


@pytest.mark.slow
def test_no_short_certificate_is_accepted_by_one_kernel_and_refused_by_the_other() -> None:
    found = Counter[str]()
    for seed in range(amount(60, 1000)):
        text = certificate(seed)
        found[verified(text)] += 1
        assert not differ(text), seed
    assert found["too much work"] > 0
