"""The verified checker: generated from the proofs in ``formal/``, behind a reader that is not proved."""
