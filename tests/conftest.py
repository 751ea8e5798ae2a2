"""Settings of the whole suite."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# Exact numbers grow as they like, and machines are shared: a deadline would fail for no fault of the code.
settings.register_profile("exactdyn", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("exactdyn")
