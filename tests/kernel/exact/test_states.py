from fractions import Fraction

import pytest

from exactdyn.kernel.exact import states
from exactdyn.kernel.exact.point import (
    StepsTowards,
)
from exactdyn.systems.hardmax import Hardmax
from tests.judges.plain import plain_run

DIGITS = [["1/2"], ["-1/2"], [Fraction(314159, 1000003) - Fraction(1, 2)]]


@pytest.mark.parametrize("memory", [0, 3_000, 10**8])
def test_any_state_in_any_order_within_any_memory(monkeypatch, memory):
    monkeypatch.setattr(states, "BYTES_HELD", memory)
    expected = plain_run(Hardmax([[-1]], "1/2"), DIGITS, 60)
    run = Hardmax([[-1]], "1/2").run(DIGITS, 60)
    for layer in [60, 3, 59, 0, *range(61), *range(60, -1, -7)]:
        assert run.state(layer) == expected.states[layer]
        assert run.tokens(layer) == expected.states[layer].rows()


def test_memory_for_exact_states_is_bounded(monkeypatch):
    monkeypatch.setattr(states, "BYTES_HELD", 20_000)
    run = Hardmax([[-1]], "1/2").run(DIGITS, 500)
    for layer in range(501):
        run.state(layer)
        assert sum(map(len, run.recording.states._held.values())) <= 3 * 30


def test_reading_layer_after_layer_moves_every_token_once_a_layer(monkeypatch):
    run = Hardmax([[-1]], "1/2").run(DIGITS, 100)
    moves = []
    move = StepsTowards.__call__
    monkeypatch.setattr(StepsTowards, "__call__", lambda *arguments: moves.append(1) or move(*arguments))
    for layer in range(101):
        run.state(layer)
    assert len(moves) == 3 * 100
    run.state(50)
    assert len(moves) == 3 * 100


def test_a_settled_state_takes_one_move_a_token_however_late(monkeypatch):
    run = Hardmax(alpha="1/2").run([[1, 0], [0, "1/2"], ["1/3", "1/3"]], 1000)
    run.state(2)
    moves = []
    move = StepsTowards.__call__
    monkeypatch.setattr(StepsTowards, "__call__", lambda *arguments: moves.append(1) or move(*arguments))
    run.state(1000)
    assert len(moves) <= 3
