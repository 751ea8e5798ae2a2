import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest

from exactdyn.kernel.exact.states import Turn


def test_one_thread_at_a_time_and_it_may_ask_again():
    turn, inside, most = Turn(), [], []

    def visit(name: int) -> None:
        with turn, turn:
            inside.append(name)
            sleep(0.001)
            most.append(len(inside))
            inside.remove(name)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(visit, range(24)))
    assert most == [1] * 24


def test_the_next_has_its_turn_after_an_exception():
    turn = Turn()
    with pytest.raises(ZeroDivisionError), turn:
        1 / 0  # noqa: B018 - the exception is the test
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: turn.__enter__()).result(timeout=5) is None


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda turn: pickle.loads(pickle.dumps(turn))])
def test_a_copy_is_a_lock_of_its_own(copied):
    turn = Turn()
    other = copied(turn)
    with turn, ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: other.__enter__()).result(timeout=5) is None
