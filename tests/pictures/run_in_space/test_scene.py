import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exactdyn.errors import InputError
from exactdyn.geometry.hull_polygon import hull_polygon
from exactdyn.layer.attention import leading_points
from exactdyn.pictures.paper.projection import projection_of
from exactdyn.pictures.run_in_space import scene as scenes
from exactdyn.systems.hardmax import Hardmax
from tests.strategies import hard_attention_systems, runs

# P11: the last token goes to and fro for ever.
TO_AND_FRO = [[1, 0, 1], [-1, 0, 1], [0, 1, -1], [0, -1, -1], [0, 0, "1/3"]]

planar = runs().filter(lambda run: run.start.dimension > 1)


def gather(run, layers):
    return scenes.gather(run, layers, projection_of(run.start))


def every_layer(run):
    return tuple(range(run.layers + 1))


@given(planar)
def test_every_token_is_at_one_place_and_places_are_where_the_tokens_are(run):
    for panel in gather(run, every_layer(run)).panels:
        state = run.state(panel.layer)
        assert sorted(token for place in panel.places for token in place.tokens) == list(range(state.count))
        for place in panel.places:
            assert {state.points[token] for token in place.tokens} == {state.points[place.tokens[0]]}
            assert place.position == tuple(projection_of(run.start).flat(state.floats())[place.tokens[0]])


@given(planar)
def test_places_say_who_leads_and_who_is_attended(run):
    for panel in gather(run, every_layer(run)).panels:
        state, sets = run.state(panel.layer), run.attention(panel.layer)
        leading = {frozenset(place.tokens) for place in panel.places if place.leads}
        assert leading == set(leading_points(state, sets))
        for place in panel.places:
            points = {state.points[token] for token in sets[place.tokens[0]]}
            tie = len(points) > 1
            assert place.attended == (None if tie else min(sets[place.tokens[0]]))


@given(planar)
def test_the_hull_is_the_exact_hull_of_what_is_drawn(run):
    for panel in gather(run, every_layer(run)).panels:
        state = run.state(panel.layer)
        projection = projection_of(run.start)
        positions = projection.flat(state.floats())
        corners = hull_polygon(projection.exact(state))
        assert panel.hull == tuple(tuple(positions[token]) for token in corners)


@given(planar)
def test_a_move_goes_from_a_layer_to_the_next_coloured_by_who_was_attended(run):
    scene, flat = gather(run, every_layer(run)), projection_of(run.start).flat
    size = max(np.ptp(flat(run.start.floats()), axis=0).max(), 1e-9)
    for move in scene.moves:
        starts, ends = (flat(run.state(move.layer + k).floats()) for k in (0, 1))
        panel = scene.panels[move.layer]
        candidates = [place for place in panel.places if place.attended == move.attended]
        # Moves too small to be seen may have gone before.
        assert any(
            np.abs(starts[place.tokens[0]] - move.start).max() <= size / 100
            and tuple(ends[token]) == move.end
            for place in candidates
            for token in place.tokens
        )


def test_a_trail_changes_its_colour_where_the_token_turns():
    # The token first attends both others, then the leading point nearer to it.
    run = Hardmax(alpha=1).run([[1, 1], [1, 1], [1, -1], ["1/2", 0]], layers=2)
    moves = gather(run, (0, 2)).moves
    assert [(move.start, move.attended) for move in moves] == [((0.5, 0.0), None), ((0.75, 1 / 6), 0)]


def test_a_run_that_goes_to_and_fro_leaves_one_trail():
    A = [[3, 0, 0], [0, 3, 0], [0, 0, -1]]
    short, long = (Hardmax(A, 1).run(TO_AND_FRO, layers=layers) for layers in (4, 400))
    assert len(gather(long, (0, 400)).moves) == len(gather(short, (0, 4)).moves) == 2


def test_many_moves_too_small_to_be_seen_are_drawn_when_they_add_up():
    run = Hardmax(alpha="1/10000").run([[1, 0], [0, 0], ["1/2", "1/10"]], layers=400)
    moves = gather(run, (0, 400)).moves
    assert 0 < len(moves) < 200  # of 800
    for token in (1, 2):
        assert any(np.abs(np.array(move.end) - run.floats(400)[token]).max() < 1 / 1000 for move in moves)


def test_a_token_at_rest_leaves_no_trail():
    assert gather(Hardmax().run([[1, 0], [0, 1]], layers=9), (0, 9)).moves == ()


def test_layers_after_the_last_panel_are_not_looked_at():
    run = Hardmax(alpha="1/2").run([[1, 0], [0, 0]], layers=9)
    assert max(move.layer for move in gather(run, (0, 3)).moves) == 2


def test_the_unnormalised_form_is_drawn_as_the_normalised_one():
    first, second = (
        gather(Hardmax(alpha=3, form=form).run([[1, 0], ["1/3", 0]], layers=4), (0, 4)).moves
        for form in ("normalised", "unnormalised")
    )
    assert first == second


@pytest.mark.parametrize("dimension", [2, 3])
def test_coordinates_that_floats_cannot_hold_are_refused(dimension):
    minus = [[-int(i == j) for j in range(dimension)] for i in range(dimension)]
    run = Hardmax(minus, "-999/1000").run([[1] * dimension, [-1] + [0] * (dimension - 1)], layers=60)
    with pytest.raises(InputError, match=r"at most 1e\+100 to be drawn, got a larger one at layer"):
        gather(run, (0, 60))
    assert gather(run, (0, 20)).panels[1].layer == 20


@given(hard_attention_systems(), st.integers(0, 3))
def test_of_any_heads_masks_and_ties_a_place_attends_one_point_or_several(case, layers):
    try:
        run = case.system().run(case.tokens, layers)
    except InputError:  # there is no normalised step
        assume(False)
    assume(run.start.dimension > 1)
    for panel in gather(run, every_layer(run)).panels:
        state, sets = run.state(panel.layer), run.attention(panel.layer)
        for place in panel.places:
            points = {state.points[other] for token in place.tokens for other in sets[token]}
            one = [token for token in range(state.count) if state.points[token] in points]
            assert place.attended == (one[0] if len(points) == 1 else None)


def test_copies_that_see_different_tokens_attend_several_points():
    run = Hardmax([[-1, 0], [0, -1]], mask=[[1, 0, 0], [0, 0, 1], [0, 0, 1]]).run([[1, 1], [1, 1], [0, 1]], 0)
    assert run.attention(0)[:2] == (frozenset({0}), frozenset({2}))
    assert [place.attended for place in gather(run, (0,)).panels[0].places] == [None, 2]
