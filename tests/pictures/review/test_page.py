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
from exactdyn.sentiment.model.load import load_model, load_reviews
from exactdyn.sentiment.model.model import Model
from exactdyn.sentiment.model.review import make_review

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
