"""The picture of a run in dimension 1: values against layers."""
