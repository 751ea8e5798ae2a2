"""Exact numbers: how they are read, what a domain of them can do, vectors and points, how they are shown."""
