"""The picture of an attention graph, and all that a graph can be written as."""

from exactdyn.pictures.graph.text import GRAPH_FORMATS, graph_text

__all__ = ["GRAPH_FORMATS", "graph_text"]
