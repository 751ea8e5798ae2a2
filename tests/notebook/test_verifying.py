"""Certificates are checked again, whatever they come as."""

import json

import pytest

from exactdyn import (
    Hardmax,
    InputError,
    check,
    load_example,
    verify,
)

EXAMPLE = load_example("collision-on-a-line")


def test_verify_takes_data_texts_files_and_answers_and_is_no_truth_value(tmp_path):
    answer = check(EXAMPLE)
    file = tmp_path / "certificate.json"
    file.write_text(json.dumps(answer.certificate))
    for given in (answer, answer.certificate, file.read_text(), file, str(file)):
        assert verify(given).verdict == "accepted"
    assert verify(answer, EXAMPLE).verdict == "accepted"
    assert verify(answer, load_example("cyclic")).verdict == "rejected"
    assert verify(tmp_path / "none.json").verdict == "malformed"
    with pytest.raises(TypeError, match="no truth value"):
        bool(verify(answer))
    for given, kernel in [(3, "handwritten"), (answer, "coq")]:
        with pytest.raises(InputError):
            verify(given, kernel=kernel)


def test_data_nested_without_end_are_refused():
    endless = ["1"]
    for _ in range(100_000):
        endless = [endless]
    with pytest.raises(InputError, match="requires its data as JSON has them"):
        verify({"format": endless})
    with pytest.raises(InputError, match=r"mask\[0\]\[0\]: requires an exact number"):
        Hardmax(mask=endless)
