"""A review for the rest of the toolkit: as an example to check, and its attention graphs."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from exactdyn.documents import Example, example_document
from exactdyn.graph import attention_graph
from exactdyn.numbers.reading import from_floats
from exactdyn.sentiment.runs.exact import ReviewRun


def review_document(run: ReviewRun) -> dict[str, object]:
    """Return a review as the document of an example: one token a word, copies and padding included.

    Tokens, alpha and labels are exact, so that ``exactdyn check`` speaks of this very run.

    Source: arXiv 2407.01602, section 4.

    >>> from exactdyn.sentiment.runs.exact import run_review
    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> document = review_document(run_review(model, load_reviews("handmade", model)[3]))
    >>> document["alpha"], document["labels"][2], document["tokens"][2]
    ('3/2', 'plot', ['-1/2', '0'])
    """
    tokens = from_floats(run.review.tokens(run.model))
    labels = tuple(run.labels())
    return example_document(Example(run.review.name, "", run.model.system, tokens, labels, run.model.depth))


def layer_graphs(run: ReviewRun) -> Iterator[nx.DiGraph]:
    """Yield for every layer of a review its attention graph, nodes labelled with their words.

    Source: arXiv 2407.01602, equation (1.2), as a graph.

    >>> from exactdyn.sentiment.runs.exact import run_review
    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> graphs = list(layer_graphs(run_review(model, load_reviews("handmade", model)[3])))
    >>> len(graphs), graphs[0].nodes[2]["label"]
    (4, 'plot')
    """
    labels = run.labels()
    for layer in range(run.run.layers + 1):
        yield attention_graph(run.run, layer, labels)
