"""Files that commands write."""

import os
from pathlib import Path

import pytest

from exactdyn.cli.terminal.output import OutputError, require_writable, write_file


def test_a_file_keeps_its_permissions_and_a_link_stays_a_link(tmp_path):
    (tmp_path / "file").write_text("old")
    (tmp_path / "file").chmod(0o640)
    (tmp_path / "link").symlink_to("file")
    write_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o640
    write_file(tmp_path / "fresh", b"new")
    (tmp_path / "usual").write_text("")
    assert (tmp_path / "fresh").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_device_is_written_to_and_stays_a_device():
    device = Path(os.devnull)
    require_writable(device)
    write_file(device, b"gone")
    assert device.is_char_device()


def test_a_link_in_a_circle_is_no_output(tmp_path):
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    with pytest.raises(OutputError, match="one/file: cannot be written"):
        write_file(tmp_path / "one" / "file", b"")
