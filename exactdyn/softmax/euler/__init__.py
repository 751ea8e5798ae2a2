"""Softmax attention in discrete time: Euler's method of a given step, enclosed."""
