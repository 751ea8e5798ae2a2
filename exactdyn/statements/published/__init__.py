"""The catalogue of published statements: what was claimed where, and what became of it.

One module a paper, each a list of records; nothing here is computed. Every command that a record names is run
by a test, which holds its exit status and what it prints against the record.
"""

from __future__ import annotations

from exactdyn.statements.published import clustering, continuous_time, frank_wolfe, relatives
from exactdyn.statements.published.record import Publication, PublishedStatement, Showing

__all__ = ["PUBLISHED", "Publication", "PublishedStatement", "Showing"]

PUBLISHED: dict[str, PublishedStatement] = {
    entry.name: entry
    for paper in (clustering, continuous_time, frank_wolfe, relatives)
    for entry in paper.ENTRIES
}
"""Every published statement by its name here, in the order of every table."""
