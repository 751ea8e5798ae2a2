"""What texts cover on a drawn figure, by bounding boxes."""

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.transforms import Bbox


def texts_on_lines(figure):
    """The texts inside panels that a line passes through: of hulls, trails, ways, boxes and cycles."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return {text for axes in figure.axes for text in _on_lines(axes, canvas.get_renderer())}


def _on_lines(axes, renderer):
    paths = [
        axes.transData.transform_path(line.get_path())
        for line in axes.lines
        if line.get_linestyle() != "None"
    ]
    paths += [patch.get_transform().transform_path(patch.get_path()) for patch in axes.patches]
    for collection in axes.collections:
        if isinstance(collection, LineCollection):
            paths += [axes.transData.transform_path(path) for path in collection.get_paths()]
    for text in axes.texts:
        box = text.get_window_extent(renderer)
        high = 0.3 * box.height  # no letter fills the height of its line
        inside = Bbox.from_extents(box.x0 + 1, box.y0 + high, box.x1 - 1, box.y1 - high)
        if any(path.intersects_bbox(inside, filled=False) for path in paths):
            yield text.get_text()
