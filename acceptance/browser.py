"""Looks at a page as Chromium lays it out, without a network."""

import json
import os
import re
import subprocess
from html import unescape
from pathlib import Path

from connector import ROOT, Json

TIMEOUT_SECONDS = 120
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


def look_at(page: str, folder: Path, width: int = 1100) -> Json:
    """What Chromium shows of an HTML page in a window so wide: pictures and their texts with their boxes (px), rows of tables, what was loaded."""
    file = folder / "page.html"
    file.write_text(page + PROBE)
    flags = ["--headless", "--disable-gpu", "--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder / 'profile'}"]
    command = [os.environ["CHROMIUM"], *flags, f"--window-size={width},2000", "--dump-dom", file.as_uri()]
    dom = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=True).stdout
    return json.loads(unescape(re.search(r'<pre id="seen">(.*?)</pre>', dom, re.DOTALL)[1]))


def run_demo() -> str:
    """The report of a demo that has just run."""
    demo = subprocess.run(["node", str(ROOT / "dist" / "demo.js")], capture_output=True, text=True, timeout=300)
    assert demo.returncode == 0, demo.stdout + demo.stderr
    return (ROOT / "out" / "report.html").read_text()
