"""Hunts for counterexamples: over all matrices of a class, over configurations of tokens, and the atlas."""
