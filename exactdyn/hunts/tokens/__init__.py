"""Configurations of tokens for hunts: shapes, prescribed orbits, collisions."""
