"""Answers as tables, for notebooks and for pandas."""

import pytest

from exactdyn import (
    Hardmax,
    InputError,
    load_example,
    run,
)

SYSTEM = Hardmax(alpha=1)


def test_a_run_is_a_table_of_pandas_or_says_what_it_takes():
    found = run(SYSTEM, 1, tokens=[[1], ["1/2"]])
    try:
        import pandas  # noqa: F401
    except ImportError:
        with pytest.raises(InputError, match="requires pandas"):
            found.dataframe()
        return
    frame = found.dataframe()
    assert list(frame.columns) == ["layer", "token", "z0", "attends", "leader"]
    assert frame.values.tolist()[2:] == [[1, 0, 1.0, (0,), True], [1, 1, 0.75, (0,), False]]


def test_the_table_of_a_long_run_has_rounded_numbers_at_its_last_layer():
    table = run(load_example("emerging-leader"), 20000)._repr_html_()
    assert "at layer 20000, rounded" in table
    assert len(table) < 2000
