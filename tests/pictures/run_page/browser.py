"""A page in a real browser, opened from disk, and the data that stands in it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def data_of(page: str) -> Any:
    """The data of a page."""
    found = re.search(r"^const data = (.*);$", page, re.MULTILINE)
    assert found
    return json.loads(found[1])


def seen(page: str, script: str, folder: Path) -> Any:
    """What a script finds on a page, which calls ``report`` with it."""
    report = """const report = found => {
      document.body.innerHTML = "<pre id=seen></pre>";
      document.getElementById("seen").textContent = JSON.stringify(found);
    };
    const failures = [];
    window.onerror = message => failures.push(message);"""
    file = folder / "page.html"
    driven = page.replace("</body>", f"<script>{report}\n{{{script}}}</script></body>")
    file.write_text(driven, encoding="utf-8")
    options = ("headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-sync")
    quiet = ("disable-background-networking", "disable-component-update", "virtual-time-budget=4000")
    command = [str(BROWSER), *(f"--{option}" for option in options + quiet)]
    command += [f"--user-data-dir={folder / 'profile'}", "--dump-dom", file.as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    found = re.search(r'<pre id="seen">(.*?)</pre>', shown, re.DOTALL)
    assert found
    return json.loads(unescape(found[1]))
