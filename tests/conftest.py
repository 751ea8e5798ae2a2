"""Settings of the whole suite."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.amounts import THOROUGH, choose

# The tests start hundreds of processes: the modules are compiled once, not once for each of them.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Exact numbers grow as they like, and machines are shared: a deadline would fail for no fault of the code.
COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("exactdyn", max_examples=30, **COMMON)  # others at every run
settings.register_profile("thorough", max_examples=500, **COMMON)
settings.load_profile("exactdyn")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(THOROUGH, action="store_true", help="all of what is else sampled (an hour and more)")


def pytest_configure(config: pytest.Config) -> None:
    choose(config.getoption(THOROUGH))
    if config.getoption(THOROUGH):
        settings.load_profile("thorough")
