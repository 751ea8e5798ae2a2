"""Every hypothesis and statement decided, with the evidence or the witness that a certificate carries.

One module a statement, each a function of a run. Nothing here is trusted: ``proofs_checks`` checks it all
again. The names are those of its catalogue.
"""
