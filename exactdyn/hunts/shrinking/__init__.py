"""Shrinking: a counterexample made smaller as long as it stays one."""
