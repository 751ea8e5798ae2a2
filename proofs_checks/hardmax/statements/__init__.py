"""One module a statement: what it says, and when a claim about it is accepted."""
