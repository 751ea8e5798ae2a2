"""How a command reads its EXAMPLE: what plays no part is said on stderr."""

import pytest

from exactdyn import InputError
from exactdyn.cli.reading import read_example
from tests.example_files import saved


def test_a_row_that_is_taken_for_a_header_is_said(tmp_path, capsys):
    table = saved(tmp_path, "t.csv", "x,y\n1,2\n")
    assert read_example("check", str(table), "1").shape == (1, 2)
    line = capsys.readouterr().err
    assert line.startswith("exactdyn: ")
    assert line.count("\n") == 1
    assert "names the columns" in line


def test_fields_that_play_no_part_are_said_in_one_line(tmp_path, capsys):
    document = saved(tmp_path, "d.toml", 'alpha = 1\ntokens = [[1]]\nform = "unnormalised"\n')
    read_example("check", str(document))
    assert capsys.readouterr().err.endswith("d.toml: form plays no part in check\n")


@pytest.mark.parametrize("header", ["Yes", "true", ""])
def test_a_header_is_there_or_not(header):
    with pytest.raises(InputError, match=r"^--header: requires yes or no, got "):
        read_example("check", "cyclic", header=header)
