"""The contract of a kind of system, the kinds there are, and their runs."""
