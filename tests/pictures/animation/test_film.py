"""A run as a film."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from matplotlib.animation import FFMpegWriter
from PIL import Image

from exactdyn.documents import load_example
from exactdyn.errors import InputError
from exactdyn.pictures import animate_run, animated_format
from exactdyn.systems.hardmax import Hardmax

MOVING = Hardmax(alpha=1).run([[1, 0], ["1/2", 1], [-1, 0]], layers=4)


def test_a_gif_has_a_frame_for_every_layer_and_all_are_of_one_size():
    film = Image.open(BytesIO(animate_run(MOVING, "gif")))
    sizes = set()
    for frame in range(film.n_frames):
        film.seek(frame)
        sizes.add(film.size)
    # Those that hold the last layer may be one.
    assert film.n_frames >= 5
    assert len(sizes) == 1


def test_a_page_has_all_its_frames_and_needs_nothing_from_elsewhere():
    page = animate_run(MOVING, "html", title="<a film>").decode()
    assert page.count("iVBORw0KGgo") == 5
    assert "&lt;a film&gt;" in page
    assert not re.search(r"https?://|src=\"|@[A-Z]+@", page)


@pytest.mark.parametrize("name", ["binary-digits", "three-dimensions", "period-three"])
def test_every_dimension_is_animated_and_every_frame_is_told(name):
    frames = []
    assert animate_run(load_example(name).run(1), "gif", tell=frames.append).startswith(b"GIF89a")
    assert {0, 1} <= set(frames)


def test_the_same_run_has_the_same_film():
    assert animate_run(MOVING, "gif") == animate_run(MOVING, "gif")


def test_without_ffmpeg_an_mp4_is_refused_in_one_line(monkeypatch):
    monkeypatch.setattr(FFMpegWriter, "isAvailable", classmethod(lambda cls: False))
    with pytest.raises(InputError, match=r"^run\.mp4: requires ffmpeg, which is not installed"):
        animated_format(Path("run.mp4"))


def test_another_format_is_refused():
    with pytest.raises(InputError, match=r"^format: requires one of gif, mp4, html, got 'avi'$"):
        animate_run(MOVING, "avi")
