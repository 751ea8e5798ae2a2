"""All matrices at once: what hardmax attention can do over every A of a class, by exact linear programs.

The states of a run depend on A only through its attention sets, so the matrices with a given itinerary form
a rational polyhedral cone. Nothing here is trusted: every answer carries what ``proofs_checks`` checks again.
"""
