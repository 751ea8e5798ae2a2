"""A trained model run on a review: exactly, and in floating point."""
