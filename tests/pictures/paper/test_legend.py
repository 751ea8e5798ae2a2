"""What the signs mean."""

from exactdyn.pictures import draw_run
from exactdyn.systems.hardmax import Hardmax
from tests.pictures.test_run import square_run, texts


def test_signs_that_do_not_occur_are_not_explained():
    words = " ".join(texts(draw_run(square_run())))
    assert "attends several points" in words
    assert "leading point" not in words
    assert "leading point" in " ".join(texts(draw_run(Hardmax().run([[1, 1]] * 2, layers=1))))
