"""Pages as Chromium or Chrome lays them out, without a network."""

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

from connector import OUT, ROOT, Json

BROWSER = next(filter(None, map(shutil.which, ["chromium", "google-chrome", "chromium-browser"])), None)
TIMEOUT_SECONDS = 60
# Put into a copy of the page: writes what can be seen of its pictures into the page, where --dump-dom shows it.
PROBE = """
<pre id="seen"></pre>
<script>
addEventListener('load', () => {
  const boxOf = (element) => {
    const {left, top, right, bottom} = element.getBoundingClientRect();
    return {left, top, right, bottom};
  };
  const pictures = [...document.querySelectorAll('svg')].map((svg) => ({
    box: boxOf(svg),
    texts: [...svg.querySelectorAll('text')].map((text) => ({text: text.textContent, box: boxOf(text)})),
    shapes: svg.querySelectorAll('path, circle, rect, line').length,
  }));
  const rows = [...document.querySelectorAll('table tr')].map((row) => [...row.cells].map((cell) => cell.innerText));
  const loaded = performance.getEntriesByType('resource').map(({name}) => name);
  const seen = {pictures, rows, loaded, text: document.body.innerText, width: document.documentElement.scrollWidth};
  document.getElementById('seen').textContent = JSON.stringify(seen);
});
</script>
"""


def browse(page: Path, *options: str) -> str:
    """What the headless browser prints. In a sandbox of its own it does not start as root, which CI is."""
    assert BROWSER, "this needs Chromium or Chrome: install one of them"
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={OUT / 'browser'}", "--virtual-time-budget=5000"]
    offline = "--host-resolver-rules=MAP * ~NOTFOUND"
    return subprocess.run(
        [*command, offline, *options, page.as_uri()], check=True, capture_output=True, text=True, timeout=TIMEOUT_SECONDS
    ).stdout


def look_at(html: str, name: str, width: int = 1100) -> Json:
    """What is seen of a page in a window so wide: pictures and their texts with their boxes (px), rows of tables, what was loaded.

    Leaves the page as out/acceptance/NAME.html, and how it looks as NAME.png.
    """
    page = OUT / f"{name}.html"
    page.write_text(html + PROBE)
    size = f"--window-size={width},4000"
    browse(page, f"--screenshot={OUT / name}.png", "--hide-scrollbars", size)
    dom = browse(page, "--dump-dom", size)
    return json.loads(unescape(re.search(r'<pre id="seen">(.*?)</pre>', dom, re.DOTALL)[1]))


def run_demo() -> str:
    """The report of a demo that has just run."""
    demo = subprocess.run(["node", str(ROOT / "dist" / "demo.js")], capture_output=True, text=True, timeout=300)
    assert demo.returncode == 0, demo.stdout + demo.stderr
    return (ROOT / "out" / "report.html").read_text()
