"""The site as it is built: complete in itself, and whole in a browser without a network."""

import json
import re
import shutil
import subprocess
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from tests.site.conftest import ROOT

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
VISIT = """<!doctype html><meta charset="utf-8"><script>
const pages = PAGES, seen = {};
function look(frame) {
  const page = frame.contentDocument;
  const flat = element => element.getBoundingClientRect().height === 0;
  return {
    title: page.querySelector("h1")?.textContent ?? "",
    broken: [...page.images].filter(own => !own.naturalWidth).map(own => own.getAttribute("src")),
    formulas: page.querySelectorAll("math").length,
    empty: [...page.querySelectorAll("math")].filter(own => flat(own) && own.offsetParent).length,
    wide: page.documentElement.scrollWidth > frame.clientWidth,
  };
}
function visit(place) {
  if (place === pages.length) {
    document.body.innerHTML = "<pre id=seen></pre>";
    document.getElementById("seen").textContent = JSON.stringify(seen);
    return;
  }
  const frame = document.createElement("iframe");
  frame.style = "width: 1200px; height: 900px";
  frame.onload = () => { seen[pages[place]] = look(frame); frame.remove(); visit(place + 1); };
  frame.src = pages[place];
  document.body.append(frame);
}
window.onload = () => visit(0);
</script><body></body>"""


class Addresses(HTMLParser):
    """Where a page's links and parts are, and the places within it that links may lead to."""

    def __init__(self, page):
        super().__init__()
        self.links, self.parts, self.places = [], [], {""}
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.places |= {found[name] for name in ("id", "name") if found.get(name)}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        own = {"img": "src", "script": "src", "iframe": "src", "link": "href", "source": "src"}.get(tag)
        if own in found:
            self.parts.append(found[own])


@pytest.fixture(scope="session")
def pages(site):
    return {page: Addresses(page) for page in sorted(site.rglob("*.html"))}


@pytest.mark.slow
def test_every_internal_link_leads_to_a_place_that_is_there(pages):
    lost = []
    for page, own in pages.items():
        for link in [*own.links, *own.parts]:
            parts = urlsplit(link)
            if parts.scheme or link == "#":
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            there = pages[target].places if target in pages else {""}
            if not target.is_file() or unquote(parts.fragment) not in there:
                lost.append((page.name, link))
    assert lost == []


@pytest.mark.slow
def test_no_page_loads_anything_from_a_network(pages):
    assert [
        (page.name, part) for page, own in pages.items() for part in own.parts if urlsplit(part).scheme
    ] == []


@pytest.mark.slow
def test_every_page_of_the_repository_is_a_page_of_the_site(site, pages):
    written = [*(ROOT / "docs").rglob("*.md"), *(ROOT / "proofs_checks").rglob("FORMAT.md")]
    names = [page.relative_to(ROOT).with_suffix(".html") for page in [*written, ROOT / "CONTRIBUTING.md"]]
    assert [name for name in names if site / name not in pages] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "pictures", "words"),
    [
        ("figure-two", 4, ["['proved', 'proved', 'proved', 'proved']"]),
        ("sentiment", 1, ["leaders: great, time", "limits proved: 4"]),
        ("leaders", 1, ["100 of 100 configurations", "none accepted"]),
        ("cylinder", 4, ["0.300", "accepted", "(60, 130, 41)"]),
        ("polygons", 2, ["float64 is first wrong at layer 0", "closed by lock-in"]),
        ("counterexample", 1, ["AskedHunt(leader-vertex: found)", "certificate: accepted"]),
    ],
)
def test_a_notebook_of_the_gallery_shows_its_pictures_and_what_it_found(site, pages, page, pictures, words):
    file = site / "docs" / "gallery" / f"{page}.html"
    assert len([part for part in pages[file].parts if part.endswith(".png")]) == pictures
    text = unescape(re.sub(r"<[^>]*>", "", file.read_text(encoding="utf-8")))
    assert [word for word in words if word not in text] == []


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="needs a browser: apt-get install chromium")
def test_a_browser_without_a_network_shows_every_page_whole(site, pages, tmp_path):
    names = [page.relative_to(site).as_posix() for page in pages if page != site / "index.html"]
    visitor = site / "visitor.html"
    visitor.write_text(VISIT.replace("PAGES", json.dumps(names)), encoding="utf-8")
    options = ("headless", "no-sandbox", "disable-gpu", "no-first-run", "disable-background-networking")
    command = [BROWSER, *(f"--{option}" for option in options), f"--user-data-dir={tmp_path / 'profile'}"]
    # Pages of one folder may look into each other, and no name leads anywhere.
    alone = ["--allow-file-access-from-files", "--host-resolver-rules=MAP * ~NOTFOUND"]
    command += [*alone, "--virtual-time-budget=300000", "--dump-dom", visitor.as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout
    visitor.unlink()
    seen = json.loads(unescape(re.search(r'<pre id="seen">(.*?)</pre>', shown, re.DOTALL)[1]))
    assert sorted(seen) == sorted(names)
    assert {
        name: page for name, page in seen.items() if page["broken"] or page["empty"] or page["wide"]
    } == {}
    assert [name for name, page in seen.items() if not page["title"]] == ["search.html"]
    assert seen["docs/index.html"]["formulas"] > 0
