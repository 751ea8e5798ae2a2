import json
import os
import resource
import signal
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exactdyn.hunts.request import Result, Task
from exactdyn.hunts.store import StoreError, open_store, stored_results
from tests.command import python
from tests.hunts.asked import GENERATED, GIVEN

FULL = Result({"alpha": "1/2"}, (1, -2), {"layers": 3}, {"token": 0}, ((0,), (1, 2)), "too hard", 7, 8)
RESULTS = {Task(0): Result(), Task(3, (1, 0)): FULL}


def filled(path, request=GENERATED):
    with open_store(path, request, "1.0") as store:
        for task, result in RESULTS.items():
            store.add(task, result)
    return path


def refusal(path, request=GENERATED, version="1.0"):
    with pytest.raises(StoreError) as caught, open_store(path, request, version) as store:
        store.add(Task(9), FULL)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_what_is_stored_is_read_back(tmp_path):
    path = filled(tmp_path / "hunt.sqlite")
    with open_store(path, GENERATED, "1.0") as store:
        assert store.results() == RESULTS
    assert [file.name for file in tmp_path.iterdir()] == ["hunt.sqlite"]
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (int.from_bytes(b"exdy"),)


@given(
    document=st.dictionaries(st.text(), st.recursive(st.text() | st.integers() | st.none(), st.lists)),
    place=st.lists(st.integers(0, 9)).map(tuple),
    size=st.none() | st.lists(st.integers()).map(tuple),
    reason=st.none() | st.text(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_whatever_a_result_holds_it_is_read_back(tmp_path, document, place, size, reason):
    path = tmp_path / f"{os.urandom(8).hex()}.sqlite"
    task, result = Task(10**12, place), Result(document, size, None, document, (place,), reason)
    with open_store(path, GENERATED, "1.0") as store:
        store.add(task, result)
        assert store.results() == {task: result}


@pytest.mark.parametrize(
    ("request_", "version", "words"),
    [
        (replace(GENERATED, seed=1), "1.0", "holds another hunt: seed is 0 there, 1 here"),
        (replace(GENERATED, alpha=Fraction(1, 2)), "1.0", 'alpha is null there, "1/2" here'),
        (GIVEN, "1.0", "holds another hunt: given is"),
        (GENERATED, "1.1", 'exactdyn is "1.0" there, "1.1" here'),
    ],
)
def test_the_store_of_another_hunt_is_refused_and_left_as_it_was(tmp_path, request_, version, words):
    path = filled(tmp_path / "hunt.sqlite")
    before = path.read_bytes()
    assert words in refusal(path, request_, version)
    assert path.read_bytes() == before


def other_database(path, application=0, version=0, mode="DELETE"):
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.execute(f"PRAGMA application_id = {application}")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute("CREATE TABLE results (precious TEXT)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (other_database, "got another program's database"),
        (lambda path: other_database(path, mode="WAL"), "got another program's database"),
        (lambda path: other_database(path, int.from_bytes(b"exdy"), 1), "version 2, got version 1"),
        (lambda path: path.write_bytes(b"precious" * 100), "a file that is no database"),
        (lambda path: path.write_bytes(b"SQLite format 3\0"), "a file that is no database"),
        (lambda path: path.mkdir(), "requires a file to store results in"),
        (os.mkfifo, "requires a file to store results in"),
    ],
)
def test_what_is_no_store_is_refused_and_left_as_it_was(tmp_path, make, words):
    path = tmp_path / "hunt.sqlite"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    assert words in refusal(path)
    assert before is None or path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["hunt.sqlite"]


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_a_damaged_store_is_told(tmp_path, cut):
    path = filled(tmp_path / "hunt.sqlite")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * cut)])
    with pytest.raises(StoreError), open_store(path, GENERATED, "1.0") as store:
        store.results()


def test_results_that_are_not_ours_are_told(tmp_path):
    path = filled(tmp_path / "hunt.sqlite")
    for text in (
        "[" * 100_000,
        "{",
        '{"below": 3, "size": null}',
        '{"size": 3}',
        "[]",
        "3",
        '{"below": [], "size": null, "more": 1}',
    ):
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE results SET result = ?", (text,))
        connection.close()
        with open_store(path, GENERATED, "1.0") as store, pytest.raises(StoreError, match="is damaged"):
            store.results()


def test_an_empty_file_becomes_a_store(tmp_path):
    (tmp_path / "hunt.sqlite").touch()
    filled(tmp_path / "hunt.sqlite")


def test_a_folder_that_does_not_exist_is_told(tmp_path):
    assert "unable to open" in refusal(tmp_path / "nowhere" / "hunt.sqlite")


def test_a_store_that_another_hunt_is_writing_to_is_refused(tmp_path):
    path = tmp_path / "hunt.sqlite"
    with open_store(path, GENERATED, "1.0") as store:
        store.add(Task(0), FULL)
        code = (
            "import sys; from pathlib import Path; from exactdyn.hunts.store import open_store;"
            "from tests.hunts.asked import GENERATED;\n"
            "with open_store(Path(sys.argv[1]), GENERATED, '1.0'): pass"
        )
        other = python("-c", code, path)
        assert "is in use: another hunt is writing to it" in other.stderr
        assert "is in use: another hunt is writing to it" in refusal(path)
        store.add(Task(1), FULL)
        assert len(store.results()) == 2


def test_a_store_is_read_while_a_hunt_writes_to_it_and_stays_as_it_is(tmp_path):
    path = tmp_path / "hunt.sqlite"
    with open_store(path, GENERATED, "1.0") as store:
        for count in range(1, 4):
            store.add(Task(count), FULL)
            known = {Task(own): FULL for own in range(1, count + 1)}
            assert stored_results(path, GENERATED, "1.0") == store.results() == known
    before = path.read_bytes()
    assert stored_results(path, GENERATED, "1.0") == known
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["hunt.sqlite"]


def test_somebody_who_reads_a_store_does_not_keep_a_hunt_from_writing(tmp_path):
    path = filled(tmp_path / "hunt.sqlite")
    with open_store(path, GENERATED, "1.0") as store, closing(sqlite3.connect(path)) as reading:
        reading.execute("BEGIN")
        before = reading.execute("SELECT * FROM results").fetchall()
        store.add(Task(7), FULL)
        assert reading.execute("SELECT * FROM results").fetchall() == before
        assert Task(7) in stored_results(path, GENERATED, "1.0")
    assert len(stored_results(path, GENERATED, "1.0")) == len(before) + 1


def test_results_in_the_form_they_had_before_are_read(tmp_path):
    path = filled(tmp_path / "hunt.sqlite")
    nothing = dict.fromkeys(("counterexample", "size", "began", "piece", "reason"))
    text = json.dumps({**nothing, "below": [[1]], "programs": 6, "runs": 0})
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE results SET result = ?", (text,))
    assert set(stored_results(path, GENERATED, "1.0").values()) == {Result(below=((1,),), programs=6)}


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "got no such file"),
        (lambda path: path.write_bytes(b"precious" * 100), "a file that is no database"),
        (lambda path: filled(path, replace(GENERATED, seed=1)), "another hunt: seed is 1 there, 0 here"),
    ],
)
def test_what_cannot_be_summarised_is_told_and_nothing_is_made(tmp_path, make, words):
    path = tmp_path / "hunt.sqlite"
    make(path)
    with pytest.raises(StoreError, match=words):
        stored_results(path, GENERATED, "1.0")
    assert [file.name for file in tmp_path.iterdir()] == ["hunt.sqlite"] * path.exists()


@contextmanager
def somebody_else():
    """Act as a user who may not write everywhere, if this one may."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.mark.parametrize("protect", ["file", "folder"])
def test_a_store_that_is_read_only_is_refused(protect):
    with TemporaryDirectory() as folder:
        path = filled(Path(folder) / "hunt.sqlite")
        before = path.read_bytes()
        for protected, mode in ((path, 0o644), (Path(folder), 0o755)):
            protected.chmod(mode & 0o555 if protected.is_file() == (protect == "file") else mode | 0o222)
        with somebody_else():
            assert "cannot be" in refusal(path)
            assert stored_results(path, GENERATED, "1.0") == RESULTS
        assert path.read_bytes() == before
        assert [file.name for file in Path(folder).iterdir()] == ["hunt.sqlite"]


def be_killed(path):
    with open_store(path, GENERATED, "1.0") as store:
        for task, result in RESULTS.items():
            store.add(task, result)
        os.kill(os.getpid(), signal.SIGKILL)


def killed(path):
    """Make a store whose hunt was killed, which leaves a log beside it."""
    process = get_context("spawn").Process(target=be_killed, args=(path,))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    return path


@pytest.mark.parametrize("mode", [0o555, 0o755])
def test_what_a_killed_hunt_has_left_is_read_where_nothing_can_be_written(mode):
    with TemporaryDirectory() as folder:
        path = killed(Path(folder) / "hunt.sqlite")
        log = path.with_name("hunt.sqlite-wal")
        assert log.stat().st_size
        path.with_name("hunt.sqlite-shm").unlink()
        before = path.read_bytes(), log.read_bytes()
        path.chmod(0o444)
        log.chmod(0o444)
        Path(folder).chmod(mode)
        with somebody_else():
            assert stored_results(path, GENERATED, "1.0") == RESULTS
        assert (path.read_bytes(), log.read_bytes()) == before
        Path(folder).chmod(0o755)


def test_a_store_that_was_copied_with_its_log_goes_on_from_there(tmp_path):
    path = killed(tmp_path / "hunt.sqlite")
    (tmp_path / "copy").mkdir()
    for name in ("hunt.sqlite", "hunt.sqlite-wal"):
        copyfile(tmp_path / name, tmp_path / "copy" / name)
    for store in (path, tmp_path / "copy" / "hunt.sqlite"):
        with open_store(store, GENERATED, "1.0") as kept:
            assert kept.results() == RESULTS
        assert [file.name for file in store.parent.iterdir() if file.is_file()] == ["hunt.sqlite"]


def fill_the_disk(path, blocks):
    resource.setrlimit(resource.RLIMIT_FSIZE, (blocks * 4096, blocks * 4096))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open_store(path, GENERATED, "1.0") as store:
        for index in range(10**6):
            try:
                store.add(Task(index), FULL)
            except StoreError as error:
                os._exit(0 if str(path) in str(error) and index and len(store.results()) == index else 1)


@pytest.mark.parametrize("blocks", [8, 20])
def test_on_a_full_disk_the_store_keeps_what_it_has(tmp_path, blocks):
    path = tmp_path / "hunt.sqlite"
    process = get_context("spawn").Process(target=fill_the_disk, args=(path, blocks))
    process.start()
    process.join()
    assert process.exitcode == 0
    with open_store(path, GENERATED, "1.0") as store:
        kept = store.results()
        assert list(kept) == [Task(index) for index in range(len(kept))]
        store.add(Task(len(kept)), FULL)
