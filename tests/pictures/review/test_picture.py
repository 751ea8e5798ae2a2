"""The drawing of one review."""

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from exactdyn.pictures.review.picture import draw_explanation
from exactdyn.sentiment.explain.explanation import explain
from exactdyn.sentiment.model.load import load_model, load_reviews

MODEL = load_model("handmade")


@pytest.mark.parametrize("review", load_reviews("handmade", MODEL), ids=lambda review: review.name)
def test_leaders_are_stars_with_their_values_and_no_label_leaves_its_panel_or_covers_another(review):
    explained = explain(MODEL, review)
    figure = draw_explanation(explained)
    renderer = FigureCanvasAgg(figure).get_renderer()
    for axes, attended in zip(figure.axes, (explained.attended[0], explained.attended[-1]), strict=False):
        stars = [line for line in axes.lines if line.get_marker() == "*"]
        leaders = [point for point in explained.points if attended[point] == (point,)]
        assert len(stars) == len(leaders)
        boxes = [text.get_window_extent(renderer) for text in axes.texts]
        assert boxes
        panel = axes.get_window_extent(renderer)
        for number, box in enumerate(boxes):
            assert panel.containsx(box.x0)
            assert panel.containsx(box.x1)
            assert not any(box.overlaps(other) for other in boxes[:number])
