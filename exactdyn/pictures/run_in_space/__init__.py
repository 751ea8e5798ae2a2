"""The picture of a run in dimension 2 or 3: one panel a layer."""
