"""A review as an example and as graphs: the very run that is explained."""

import json

import pytest

from exactdyn.documents.example import read_document
from exactdyn.sentiment.explain.export import layer_graphs, review_document
from exactdyn.sentiment.model.load import load_model, load_reviews
from exactdyn.sentiment.runs.exact import run_review


@pytest.mark.parametrize("number", range(4))
def test_the_document_of_a_review_runs_as_the_review_does(number):
    model = load_model("handmade")
    run = run_review(model, load_reviews("handmade", model)[number])
    again = read_document(json.loads(json.dumps(review_document(run))), "review").run()
    for layer in range(model.depth + 1):
        assert again.attention(layer) == run.run.attention(layer)
        assert again.tokens(layer) == run.run.tokens(layer)


def test_an_edge_of_a_graph_is_a_token_that_another_attends():
    model = load_model("handmade")
    run = run_review(model, load_reviews("handmade", model)[0])
    for layer, graph in enumerate(layer_graphs(run)):
        attended = {(i, j) for i, own in enumerate(run.run.attention(layer)) for j in own}
        assert set(graph.edges) == attended
        assert [graph.nodes[i]["label"] for i in range(run.review.count)] == run.labels()
