"""A web page of one file: a template, a title, the style that all pages share, and the data that it shows."""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files


def web_page(template: str, title: str, data: object) -> str:
    """Return the page that a template becomes; it opens from disk in any browser.

    ``template``: the folder of :mod:`exactdyn.pictures` whose ``page.html`` is filled. Its script reads
    ``data``, which has to be fit for JSON, without numbers that are not finite.

    >>> page = web_page("animation", "a < b", ["</script>"])
    >>> "a &lt; b" in page, "</script>" in page.split("</script>")[0], "@" in page.replace("@media", "")
    (True, False, False)
    """
    pictures = files("exactdyn.pictures")
    style = (pictures / "web" / "style.css").read_text(encoding="utf-8")
    page = (pictures / template / "page.html").read_text(encoding="utf-8")
    # "<" would let a text end the script; in JSON its escape means the same.
    text = json.dumps(data, allow_nan=False).replace("<", "\\u003c")
    return page.replace("@STYLE@", style).replace("@TITLE@", escape(title)).replace('"@DATA@"', text)
