"""Settings of the whole suite."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# Exact numbers grow as they like, and machines are shared: a deadline would fail for no fault of the code.
COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("exactdyn", max_examples=60, **COMMON)
settings.register_profile("thorough", max_examples=500, **COMMON)  # pytest --hypothesis-profile=thorough
settings.load_profile("exactdyn")
