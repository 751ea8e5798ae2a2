"""All values of one parameter at once: cells, checked with integer polynomials."""
