"""Labels that the font can write, and the others."""

from exactdyn.pictures import draw_limit, draw_run
from exactdyn.systems.hardmax import Hardmax
from tests.pictures.test_run import texts


def test_a_label_without_letters_is_a_number_and_the_picture_says_so():
    run = Hardmax(alpha=1).run([[1, 0], ["1/2", 0]], layers=1)
    for figure in (draw_run(run, labels=["\u732b", "dog"]), draw_limit(run, labels=["\u732b", "dog"])):
        words = texts(figure)
        assert not any("\u732b" in text for text in words)
        assert "no letters in DejaVu Sans for the label of token 0: its number" in " ".join(words)


def test_a_title_without_letters_is_said_to_lack_them():
    run = Hardmax().run([[1], [0]], layers=1)
    assert "not all letters of the title are in DejaVu Sans" in " ".join(texts(draw_run(run, title="\u732b")))
    assert "not all letters" not in " ".join(texts(draw_run(run, title="cat")))
