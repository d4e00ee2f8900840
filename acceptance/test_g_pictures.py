"""Part g: the demo's report and the pictures of docs/performance.md, as a browser shows them."""

from itertools import combinations
from pathlib import Path

import pytest

from browser import look_at, run_demo
from connector import ROOT, Json
from sandbox import STREAMS

PICTURES = sorted((ROOT / "docs/performance").glob("*.svg"))
# Letters may touch: px.
TOLERANCE = 3


@pytest.fixture(scope="module")
def report() -> Json:
    """The demo's report, as it is seen."""
    return look_at(run_demo(), "report")


def test_report_needs_nothing_else(report: Json) -> None:
    assert report["loaded"] == []


def test_report_says_that_all_is_well(report: Json) -> None:
    assert "All is well" in report["text"]
    for headline in ("First read", "Second read", "Rows over time", "Windows read side by side", "Requests against the limit"):
        assert headline in report["text"]


def test_report_has_a_row_per_stream_and_nothing_is_missing(report: Json) -> None:
    first, second = report["rows"][: len(STREAMS) + 2], report["rows"][len(STREAMS) + 2 :]
    for head, *rows in (first, second):
        assert head[:2] == ["stream", "rows read"]
        assert [name for name, *_ in rows] == [*STREAMS, "all"]
        for _, read, true, missing, twice, untrue, *_ in rows:
            assert (read, missing, twice, untrue) == (true, "0", "0", "0")


def test_report_fits_the_window(report: Json) -> None:
    assert report["width"] <= 1100


def test_report_has_three_pictures_of_each_read(report: Json) -> None:
    assert len(report["pictures"]) == 6
    for picture in report["pictures"]:
        _check(picture)


@pytest.mark.parametrize("file", PICTURES, ids=lambda file: file.name)
def test_picture_of_the_page_can_be_read(file: Path) -> None:
    (picture,) = look_at(f"<!doctype html><body>{file.read_text()}</body>", file.stem)["pictures"]
    _check(picture)


def _check(picture: Json) -> None:
    """A picture must have something in it, and texts that are within it and do not cover each other."""
    assert picture["shapes"] > 10 and len(picture["texts"]) > 5
    assert [text["text"] for text in picture["texts"] if not _is_within(text["box"], picture["box"])] == []
    pairs = combinations(picture["texts"], 2)
    assert [(one["text"], other["text"]) for one, other in pairs if _overlap(one["box"], other["box"])] == []


def _is_within(inner: Json, outer: Json) -> bool:
    begins = inner["left"] >= outer["left"] - TOLERANCE and inner["top"] >= outer["top"] - TOLERANCE
    return begins and inner["right"] <= outer["right"] + TOLERANCE and inner["bottom"] <= outer["bottom"] + TOLERANCE


def _overlap(one: Json, other: Json) -> bool:
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return across > TOLERANCE and down > TOLERANCE
