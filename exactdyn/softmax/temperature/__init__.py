"""Softmax layers of a temperature beside the hardmax ones."""
