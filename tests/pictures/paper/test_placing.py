"""Labels beside their marks, and heights moved apart."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exactdyn.pictures.paper.placing import Label, Room, place_labels, spread

FRAME = Room(50.0, 40.0, 50.0, 40.0)
MIDDLE = (50.0, 40.0)

rooms = st.builds(Room, *(st.integers(0, 100).map(float),) * 2, *(st.integers(1, 9).map(float),) * 2)
labels = st.lists(st.builds(Label, st.text("abc", min_size=1, max_size=6), rooms), max_size=12)


def inside(room, frame):
    across = abs(room.x - frame.x) + room.half_width <= frame.half_width + 1e-9
    return across and abs(room.y - frame.y) + room.half_height <= frame.half_height + 1e-9


@given(rooms, rooms)
def test_the_overlap_is_the_area_of_the_unit_squares_that_both_hold(first, second):
    def squares(room):
        x, y = (
            range(int(room.x - room.half_width), int(room.x + room.half_width)),
            range(int(room.y - room.half_height), int(room.y + room.half_height)),
        )
        return {(a, b) for a in x for b in y}

    assert first.overlap(second) == second.overlap(first) == len(squares(first) & squares(second))


@given(labels, st.lists(rooms, max_size=5))
@example([Label("a", Room(0.0, y, 1.0, height)) for y, height in ((0.0, 1.0), (65.0, 9.0), (96.0, 1.0))], [])
def test_where_it_is_crowded_no_label_covers_a_mark_a_label_or_anything_else(labels, taken):
    placed = place_labels(labels, 7.0, MIDDLE, FRAME, taken)
    for place, room in placed.items():
        assert inside(room, FRAME)
        assert not any(room.overlap(other) for other in taken)
        assert not any(room.overlap(label.mark) for label in labels)
        assert not any(room.overlap(other) for index, other in placed.items() if index != place)


@given(labels, st.lists(rooms, max_size=5))
def test_where_labels_are_few_every_one_finds_room_within_the_frame(labels, taken):
    placed = place_labels(labels, 7.0, MIDDLE, FRAME, taken, crowded=False)
    assert list(placed) == list(range(len(labels)))
    assert all(inside(room, FRAME) for room in placed.values())


@given(labels)
def test_what_stands_first_keeps_its_room_whatever_comes_after(labels):
    for count in range(len(labels)):
        marks = [label.mark for label in labels[count:]]
        some = place_labels(labels[:count], 7.0, MIDDLE, FRAME, marks)
        assert {
            place: room for place, room in place_labels(labels, 7.0, MIDDLE, FRAME).items() if place < count
        } == some


def test_a_label_stands_on_the_side_away_from_the_middle():
    for x, y in ((20.0, 40.0), (80.0, 40.0), (50.0, 20.0), (50.0, 60.0)):
        (room,) = place_labels([Label("a", Room(x, y, 2, 2))], 7.0, MIDDLE, FRAME).values()
        assert (room.x - x) * (x - 50) >= 0
        assert (room.y - y) * (y - 40) >= 0
        assert (room.x, room.y) != (x, y)


def test_a_mark_under_one_with_a_label_has_none_where_it_is_crowded():
    marks = [Label("a", Room(20, 20, 4, 4)), Label("b", Room(21, 21, 4, 4)), Label("c", Room(60, 60, 4, 4))]
    assert sorted(place_labels(marks, 7.0, MIDDLE, FRAME)) == [0, 2]


def test_a_text_that_is_wider_than_its_frame_goes_to_the_middle():
    (room,) = place_labels([Label("a" * 99, Room(20, 20, 1, 1))], 7.0, MIDDLE, FRAME, crowded=False).values()
    assert room.x == FRAME.x


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8).map(sorted), st.floats(0.5, 20))
def test_heights_are_moved_apart_by_the_least_sum_of_squares(wanted, gap):
    moved = spread(wanted, gap)
    assert all(high - low >= gap - 1e-6 for low, high in pairwise(moved))
    # Karush, Kuhn and Tucker: what pushes neighbours apart is at least 0, and 0 where there is room.
    push = 0.0
    for place, (old, new) in enumerate(zip(wanted, moved, strict=True)):
        push += old - new
        assert push >= -1e-6
        if place + 1 < len(moved) and moved[place + 1] - new > gap + 1e-6:
            assert push == pytest.approx(0, abs=1e-6)
    assert push == pytest.approx(0, abs=1e-6)
