"""Limits k -> infinity: exact, and proved for all layers from finitely many of them."""

from __future__ import annotations

from exactdyn.limits.decision import LAYERS, Limit, limit
from exactdyn.limits.polytope import LimitPoint

__all__ = ["LAYERS", "Limit", "LimitPoint", "limit"]
