"""Limits k -> infinity: exact, and proved for all layers from finitely many of them."""

from __future__ import annotations

from exactdyn.limits.decision import LAYERS, limit
from exactdyn.limits.polytope import LimitPoint
from exactdyn.limits.result import Limit

__all__ = ["LAYERS", "Limit", "LimitPoint", "limit"]
