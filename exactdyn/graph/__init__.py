"""Attention graphs as networkx graphs: of one layer, of a whole run, as text and back."""

from exactdyn.graph.build import attention_graph, run_graph
from exactdyn.graph.formats import READABLE_FORMATS, WRITABLE_FORMATS, read_graph, write_graph

__all__ = [
    "READABLE_FORMATS",
    "WRITABLE_FORMATS",
    "attention_graph",
    "read_graph",
    "run_graph",
    "write_graph",
]
