"""The tests: one module per module of the packages, data in folders beside them."""
