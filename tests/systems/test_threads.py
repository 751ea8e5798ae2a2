"""One object read by several threads: each reads what a single thread would."""

from __future__ import annotations

import copy
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from random import Random
from time import sleep

import pytest

from exactdyn.documents import load_example
from exactdyn.kernel.exact import states
from exactdyn.kernel.exact.states import Turn
from exactdyn.limits import limit
from exactdyn.systems import trajectory
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.trajectory import Trajectory

DIGITS = [["1/2"], ["-1/2"], [Fraction(314159, 1000003) - Fraction(1, 2)]]
LAYERS, THREADS = 60, 8


@pytest.fixture
def _many_switches():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def in_every_order(read, last: int) -> list[list[object]]:
    """Read layers 0..last in as many orders as there are threads, at once; return each thread's answers."""

    def mine(seed: int) -> list[object]:
        order = list(range(last + 1))
        Random(seed).shuffle(order)
        found = {layer: read(layer) for layer in order}
        return [found[layer] for layer in range(last + 1)]

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(mine, range(THREADS)))


@pytest.mark.usefixtures("_many_switches")
@pytest.mark.parametrize("memory", [0, 3_000, 20_000])
def test_one_run_read_from_many_threads_within_any_memory(monkeypatch, memory):
    system = Hardmax([[-1]], "1/2")
    alone = system.run(DIGITS, LAYERS)
    expected = [alone.tokens(layer) for layer in range(LAYERS + 1)]
    monkeypatch.setattr(states, "BYTES_HELD", memory)
    for _ in range(5):
        run = system.run(DIGITS, LAYERS)
        assert in_every_order(run.tokens, LAYERS) == [expected] * THREADS


@pytest.mark.usefixtures("_many_switches")
def test_states_and_attention_of_one_run_read_from_many_threads(monkeypatch):
    system = Hardmax([[-1]], "1/2")
    alone = system.run(DIGITS, LAYERS)
    expected = [(alone.state(layer), alone.attention(layer)) for layer in range(LAYERS + 1)]
    monkeypatch.setattr(states, "BYTES_HELD", 3_000)
    monkeypatch.setattr("exactdyn.kernel.exact.itinerary.SETS_HELD", 9)
    run = system.run(DIGITS, LAYERS)
    found = in_every_order(lambda layer: (run.state(layer), run.attention(layer)), LAYERS)
    assert found == [expected] * THREADS


@pytest.mark.usefixtures("_many_switches")
@pytest.mark.parametrize("name", ["two-heads", "heptagon", "value-matrix", "causal", "summable-steps"])
def test_a_run_of_any_kind_read_from_many_threads(monkeypatch, name):
    def read(run, layer):
        return run.state(layer), run.attention(layer), run.floats(layer).tolist()

    example = load_example(name)
    alone = example.run(20)
    expected = [read(alone, layer) for layer in range(21)]
    monkeypatch.setattr(states, "BYTES_HELD", 3_000)
    run = example.run(20)
    assert in_every_order(lambda layer: read(run, layer), 20) == [expected] * THREADS


@pytest.mark.usefixtures("_many_switches")
def test_one_trajectory_followed_by_many_threads(monkeypatch):
    run = Hardmax([[-1]], "1/2").run(DIGITS, 3)
    alone = Trajectory(run)
    expected = [(alone.state(k), alone.attention(k), alone.scores(k)) for k in range(LAYERS + 1)]
    monkeypatch.setattr(trajectory, "SCORES_KEPT", 20)
    step = Hardmax.step

    def slow_step(*arguments: object) -> object:
        sleep(0.0005)  # another thread has its turn here
        return step(*arguments)

    monkeypatch.setattr(Hardmax, "step", slow_step)
    for _ in range(5):
        shared = Trajectory(run)
        found = in_every_order(lambda k, own=shared: (own.state(k), own.attention(k), own.scores(k)), LAYERS)
        assert found == [expected] * THREADS


@pytest.mark.usefixtures("_many_switches")
def test_the_same_limit_asked_for_by_many_threads():
    system, tokens = Hardmax(alpha=1), [[1, 1], [1, -1], ["1/2", 0], ["1/3", "1/7"]]
    expected = [limit(system.run(tokens, 0)).tokens(layer + 5) for layer in range(LAYERS + 1)]

    def ask(layer: int) -> object:
        return limit(system.run(tokens, layer % 3)).tokens(layer + 5)

    assert in_every_order(ask, LAYERS) == [expected] * THREADS


def test_a_run_is_still_copied_and_pickled_with_what_it_holds():
    run = Hardmax([[-1]], "1/2").run(DIGITS, 20)
    expected = run.tokens(20)
    assert copy.deepcopy(run).tokens(20) == expected
    assert pickle.loads(pickle.dumps(run)).tokens(20) == expected
    turn = Turn()
    with turn, pickle.loads(pickle.dumps(turn)):
        pass


@pytest.mark.usefixtures("_many_switches")
def test_rounded_states_of_one_run_read_from_many_threads():
    tokens = [[Fraction(i * i % 17, 7), Fraction(i * 5 % 13, 3)] for i in range(12)]
    system = Hardmax(alpha="1/2")
    expected = [system.run(tokens, 9).floats(layer).tolist() for layer in range(10)]
    for _ in range(5):
        run = system.run(tokens, 9)
        assert in_every_order(lambda layer, run=run: run.floats(layer).tolist(), 9) == [expected] * THREADS
