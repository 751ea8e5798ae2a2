"""What the signs mean."""

from exactdyn.pictures import draw_run
from exactdyn.systems.hardmax import Hardmax
from tests.pictures.test_run import square_run, texts


def test_signs_that_do_not_occur_are_not_explained():
    words = " ".join(texts(draw_run(square_run())))
    assert "attends several points" in words
    assert "leading point" not in words
    assert "leading point" in " ".join(texts(draw_run(Hardmax().run([[1, 1]] * 2, layers=1))))


def test_nothing_is_explained_that_is_not_drawn():
    still = " ".join(texts(draw_run(Hardmax().run([[1, 0]], layers=1))))
    assert "hull" not in still
    assert "trail" not in still
    together = " ".join(texts(draw_run(Hardmax().run([[1], [1]], layers=3))))
    assert "hull" not in together


def test_hatched_strips_are_explained_where_there_are_any():
    tied = " ".join(texts(draw_run(Hardmax(alpha=1).run([[1], [-1], [0]], layers=3))))
    assert "in the strips: several points" in tied
    single = " ".join(texts(draw_run(Hardmax(alpha=1).run([[1], ["1/2"]], layers=3))))
    assert "strips" not in single
