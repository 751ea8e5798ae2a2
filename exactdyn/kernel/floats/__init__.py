"""The float side of the fast kernel: states with proven error bounds, and what they decide."""
