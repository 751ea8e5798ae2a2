"""The picture of an attention graph."""
