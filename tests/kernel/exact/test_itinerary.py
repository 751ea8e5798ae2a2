import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.kernel.exact import itinerary
from exactdyn.kernel.exact.itinerary import Itinerary, LayerRecord, Partition


def test_a_survivor_that_joins_a_third_point_takes_its_members_along():
    joined = Partition(5).merged({1: 0}).merged({0: 3, 4: 2, 2: 3})
    assert joined.members == {3: (0, 1, 2, 3, 4)}
    assert joined.alive.tolist() == [3]


@st.composite
def records(draw):
    """A partition of a few tokens, whom each representative attends, and the sets of tokens these are."""
    count = draw(st.integers(1, 6))
    labels = draw(st.lists(st.integers(0, 2), min_size=count, max_size=count))
    lowest = np.array([labels.index(label) for label in labels])
    partition = Partition(count, None if len(set(labels)) == count else lowest)
    alive = sorted(set(lowest.tolist()))
    chosen = {point: tuple(sorted(draw(st.sets(st.sampled_from(alive), min_size=1)))) for point in alive}
    targets = np.zeros(count, dtype=np.int32)
    for point, own in chosen.items():
        targets[point] = own[0] if len(own) == 1 else -1
    ties = {point: partition.tie(own) for point, own in chosen.items() if len(own) > 1}
    sets = tuple(frozenset(j for j in range(count) if lowest[j] in chosen[lowest[i]]) for i in range(count))
    return LayerRecord(targets, ties, partition), chosen, sets


@given(records())
def test_sets_of_tokens_are_built_from_points_and_their_members(drawn):
    record, chosen, sets = drawn
    run = Itinerary(len(sets), 3)
    run.append(record)
    assert run[0] == run[2] == sets
    assert list(run) == [sets] * 3
    points = list(chosen)
    assert record.attended_by(points) == {j for own in chosen.values() for j in own}
    for point, tie in record.ties.items():
        assert sum(tie.weights) == len(sets[point])


@given(st.lists(st.integers(0, 3), min_size=1, max_size=7))
def test_members_are_the_tokens_of_one_label(labels):
    partition = Partition(len(labels), np.array([labels.index(label) for label in labels]))
    groups = {labels.index(x): tuple(i for i, y in enumerate(labels) if x == y) for x in labels}
    assert partition.alive.tolist() == sorted(groups)
    assert partition.members == {first: own for first, own in groups.items() if len(own) > 1}
    assert all(partition.tokens((first,)) == set(own) for first, own in groups.items())


def test_what_is_built_is_let_go_before_it_takes_too_much_and_built_again(monkeypatch):
    monkeypatch.setattr(itinerary, "SETS_HELD", 4)
    run, own = Itinerary(2, 20), Partition(2)
    for k in range(20):
        run.append(LayerRecord(np.array([k % 2, 0], dtype=np.int32), {}, own))
    for _ in range(2):
        assert [sorted(sets[0]) for sets in run] == [[k % 2] for k in range(20)]
    assert len(run._built) <= 4


def test_equal_neighbours_are_one_record_and_a_later_layer_is_the_last():
    run, own = Itinerary(1, 10**9), Partition(1)
    for _ in range(3):
        run.append(LayerRecord(np.array([0], dtype=np.int32), {}, own))
    assert len({id(record) for record in run.layers}) == 1
    assert len(run) == 10**9
    assert run[-1] == (frozenset({0}),)
    with pytest.raises(IndexError):
        run[10**9]
    with pytest.raises(TypeError, match="cannot be hashed"):
        hash(run)
