"""The sheet: heading, body, legend."""

from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Text

from exactdyn.pictures.paper.legend import ROW_HEIGHT, other_entries, rows_of
from exactdyn.pictures.paper.sheet import sheet


@given(st.floats(4.6, 10), st.floats(1, 5), st.none() | st.text(min_size=1), st.text(max_size=200))
def test_there_is_room_for_the_body_between_heading_and_legend(width, body, title, caption):
    entries = other_entries(frozenset({"tie", "leader"}), "hull")
    figure, floor = sheet(width, body, title, caption, entries)
    whole, high = figure.get_size_inches()
    assert (whole, floor) == (width, floor)
    assert floor >= ROW_HEIGHT * len(rows_of(entries, width - 0.24))
    assert floor + body <= high
    for text in figure.texts:
        assert (floor + body) / high <= text.get_position()[1] <= 1


def test_a_caption_stands_beside_a_short_title_and_under_a_long_one():
    heights = {}
    for title in ("A", "A" * 60):
        figure, _ = sheet(5.0, 1.0, title, "A = I", [])
        heights[title] = {text.get_position()[1] for text in figure.findobj(Text) if text.get_text()}
    assert [len(own) for own in heights.values()] == [1, 2]
