"""Exact geometry: linear feasibility with certificates, hulls, definiteness."""
