"""The picture of a limit: where the tokens go, and how fast."""
