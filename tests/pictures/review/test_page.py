"""The page of an explanation in a real browser."""

import json
import re
import shutil
import subprocess
from html import unescape

import pytest

from exactdyn.pictures.review.colouring import colour_meanings, word_colours
from exactdyn.pictures.review.page import explanation_page
from exactdyn.sentiment.explain.explanation import explain
from exactdyn.sentiment.explain.plane import plane
from exactdyn.sentiment.model.load import choose_review, load_model, load_reviews
from exactdyn.sentiment.model.model import Model
from exactdyn.sentiment.model.review import make_review
from tests.pictures.run_page.browser import seen as seen_on

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = """<script>
window.onerror = message => seen.push(message);
const seen = [], slider_under_test = document.getElementById("layer");
const look = () => seen.push({
  layer: document.getElementById("shown").textContent,
  score: document.getElementById("score").textContent,
  leaders: [...document.querySelectorAll("#picture .leader")].map(own =>
    own.dataset.word),
  colours: [...document.querySelectorAll("#picture [data-word]")].map(mark =>
    [mark.dataset.word, mark.getAttribute("fill")]),
  legend: document.getElementById("legend").textContent.replace(/\\s+/g, " "),
  places: [...document.querySelectorAll("#picture [data-word]")].map(mark => mark.outerHTML),
  film: [...document.querySelectorAll("#words tr")].map(row => row.innerText).find(text =>
    text.startsWith("film")),
});
look();
for (const layer of [2, 3, 1]) {
  slider_under_test.value = layer;
  slider_under_test.dispatchEvent(new Event("input"));
  look();
}
document.querySelectorAll("#words tr")[2].dispatchEvent(new Event("mouseenter"));
seen.push({chosen: document.querySelector("tr.chosen").cells[0].textContent});
document.body.innerHTML = "<pre id=seen></pre>";
document.getElementById("seen").textContent = JSON.stringify(seen);
</script></body>"""


def review_page(number):
    model = load_model("handmade")
    explanation = explain(model, load_reviews("handmade", model)[number])
    return explanation, explanation_page(explanation)


def browsed(page, tmp_path):
    """What a browser shows of a page opened from disk, after the scripts have run."""
    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")
    options = ("headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-sync")
    quiet = ("disable-background-networking", "disable-component-update")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = [
        BROWSER,
        *[f"--{option}" for option in options + quiet],
        profile,
        "--virtual-time-budget=4000",
        "--dump-dom",
        file.as_uri(),
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="needs a browser: apt-get install chromium")
def test_the_slider_moves_the_words_through_the_layers(tmp_path):
    explanation, page = review_page(0)
    shown = browsed(page.replace("</body>", DRIVER), tmp_path)
    found = re.search(r'<pre id="seen">(.*?)</pre>', shown, re.DOTALL)
    seen = json.loads(unescape(found[1]))
    assert [state["layer"] for state in seen[:4]] == ["0", "2", "3", "1"]
    scores = [f"+{float(explanation.scores[layer]):#.3g}" for layer in (0, 2, 3, 1)]
    assert [state["score"] for state in seen[:4]] == scores
    assert all(state["leaders"] == ["great", "time"] for state in seen[:4])
    assert len({str(state["places"]) for state in seen[:4]}) == 4
    assert [state["film"].split()[-1] for state in seen[:4]] == ["great"] * 4
    assert seen[4] == {"chosen": "film"}
    colours = word_colours(explanation, plane(explanation))
    words = [explanation.run.word(point) for point in explanation.points]
    for state in seen[:4]:
        assert sorted(state["colours"]) == sorted(
            map(list, zip(words, colours[int(state["layer"])], strict=True))
        )
    coloured, black = colour_meanings(explanation)
    assert f"Stars lead. Coloured: {coloured}. Black: {black}." in seen[0]["legend"]


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="needs a browser: apt-get install chromium")
def test_the_play_button_runs_to_the_last_layer(tmp_path):
    page = review_page(1)[1].replace("</body>", "<script>byId('play').click();</script></body>")
    shown = browsed(page, tmp_path)
    assert '<output id="shown">3</output>' in shown
    assert 'type="button">Play</button>' in shown
    assert "Class negative, labelled negative: score −1.92 after 3 layers." in shown


def test_the_page_needs_nothing_from_elsewhere():
    page = review_page(0)[1]
    assert not re.search(r"<link|@import|url\(|src=|href=|fetch\(", page)


def test_a_word_cannot_break_out_of_the_page():
    model = load_model("handmade")
    evil = "</script><script>alert(1)</script>"
    hostile = Model(
        model.rows, model.vectors, model.alpha, model.decoder, {**model.words, 1: evil}, model.depth
    )
    page = explanation_page(explain(hostile, make_review(evil, None, [1, 3])))
    assert page.count("<script>") == page.count("</script>") == 1
    assert "alert(1)</" not in page


TEXT = "Great film, great plot and a boring ending"
TEXT_DRIVER = """
const spans = () => [...document.querySelectorAll("#text span")].map(own =>
  [own.textContent, own.className, own.style.color]);
report({
  spans: spans(),
  order: document.getElementById("text").firstChild.textContent,
  ticks: document.querySelectorAll("#picture .tick").length,
  score_ticks: [...document.querySelectorAll("#scores .tick")].map(own => own.textContent),
  without: document.getElementById("without").getAttribute("points").split(" ").length,
  verdict: document.getElementById("verdict").textContent,
  failures,
});
"""


def page_of_text(text):
    model = load_model("handmade")
    review, words = choose_review("handmade", model, None, text)
    explanation = explain(model, review)
    return explanation, explanation_page(explanation, words)


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="needs a browser: apt-get install chromium")
def test_a_browser_shows_the_text_the_padding_and_the_score_without_it(tmp_path):
    explanation, page = page_of_text(TEXT)
    found = seen_on(page, TEXT_DRIVER, tmp_path)
    assert [text for text, *_ in found["spans"]] == [
        *("Great", "film", "great", "plot", "boring", "ending"),
        "<PAD> ×6",
    ]
    assert [kind for _, kind, _ in found["spans"]][-2:] == ["", "padding"]
    assert {text.lower() for text, kind, _ in found["spans"] if kind == "leader"} == {
        "great",
        "plot",
        "boring",
    }
    colours = {text.lower(): shade for text, _, shade in found["spans"]}
    assert colours["film"] == colours["great"] != colours["plot"]
    assert found["failures"] == []
    assert found["ticks"] >= 5
    assert "0" in found["score_ticks"]
    assert found["without"] == len(explanation.scores)
    assert found["verdict"].endswith(
        "6 of its 12 tokens are padding, <PAD>, which fills it up and takes part as a word does. "
        "Without padding the score is +0.999 after 3 layers: the same class."
    )


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="needs a browser: apt-get install chromium")
def test_a_bag_of_words_is_shown_with_a_word_on_its_order(tmp_path):
    explanation, page = review_page(0)
    found = seen_on(page, TEXT_DRIVER, tmp_path)
    assert found["order"].startswith("Its words, in the order of the vocabulary")
    words = [
        explanation.model.word(row) for row, _ in explanation.review.bag if row != explanation.model.padding
    ]
    assert [text.split(" ×")[0] for text, *_ in found["spans"]] == [*words, "<PAD>"]


def test_the_score_without_padding_is_that_of_the_review_that_has_none():
    model = load_model("handmade")
    for review in load_reviews("handmade", model):
        explanation = explain(model, review)
        rows = [row for row in review.rows() if row != model.padding]
        alone = explain(model, make_review("alone", None, rows))
        assert alone.scores_without_padding is None
        expected = alone.scores if explanation.padding else None
        assert explanation.scores_without_padding == expected
    assert explain(model, make_review("empty", None, [model.padding])).scores_without_padding is None
