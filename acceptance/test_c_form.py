"""Part c: the form that a person fills in, drawn in a browser from what the image's `spec` says (acceptance/form)."""

import json
import subprocess
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from typing import Any

import pytest

from browser import browse
from connector import OUT, ROOT, Json, Run
from test_c_spec import properties, schema

VOID = {"input", "meta", "br", "hr"}
OLD_CONFIG = {"api_token": "a-token", "start_date": "2023-01-01", "region": "eu"}


class Tree(HTMLParser):
    """A page as the browser has it, to ask with XPath."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._builder = ElementTree.TreeBuilder()
        self.feed(html)
        self.root = self._builder.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._builder.start(tag, {name: value or "" for name, value in attributes})
        if tag in VOID:
            self._builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._builder.end(tag)

    def handle_data(self, data: str) -> None:
        self._builder.data(data)


def text(node: ElementTree.Element) -> str:
    return "".join(node.itertext()).strip()


def draw(spec: Run, name: str, form_data: Json | None = None, is_open: bool = False) -> ElementTree.Element:
    """Draws the form as out/acceptance/NAME.png, and returns what the browser made of it."""
    shown, page = OUT / f"{name}.json", OUT / f"{name}.html"
    filled_in = {} if form_data is None else {"formData": form_data}
    shown.write_text(json.dumps({"schema": schema(spec), "isOpen": is_open, **filled_in}))
    subprocess.run(["node", "acceptance/form/draw.mjs", shown, page], cwd=ROOT, check=True)
    height = 2000 if is_open else 700
    browse(page, f"--screenshot={OUT / name}.png", f"--window-size=780,{height}")
    html = browse(page, "--dump-dom")
    form = Tree(html).root.find(".//form")
    assert form is not None, "the page shows no form"
    return form


def names(node: ElementTree.Element, path: str = ".//div[@class='field']") -> list[str]:
    """The keys of the fields beneath a node, in order."""
    return [field.get("id", "").removeprefix("field-root_") for field in node.findall(path)]


@pytest.fixture(scope="module")
def empty(spec: Run) -> ElementTree.Element:
    return draw(spec, "form")


@pytest.fixture(scope="module")
def old(spec: Run) -> ElementTree.Element:
    return draw(spec, "form-old", OLD_CONFIG)


@pytest.fixture(scope="module")
def wrong(spec: Run) -> ElementTree.Element:
    data: dict[str, Any] = {**OLD_CONFIG, "api_token": "", "start_date": "yesterday", "base_url": "two words", "page_size": 501}
    return draw(spec, "form-open", data, is_open=True)


def field(form: ElementTree.Element, name: str) -> ElementTree.Element:
    found = form.find(f".//div[@id='field-root_{name}']")
    assert found is not None, name
    return found


def errors(form: ElementTree.Element) -> dict[str, list[str]]:
    told = {name: [text(error) for error in field(form, name).findall(".//p[@class='error']")] for name in names(form)}
    return {name: found for name, found in told.items() if found}


def test_what_must_be_filled_in_and_the_region_come_first(empty: ElementTree.Element) -> None:
    first = empty.find(".//section")
    assert first is not None
    assert names(first) == ["api_token", "start_date", "region"]
    assert first.find(".//details") is None


def test_all_else_is_folded_under_its_title(empty: ElementTree.Element, spec: Run) -> None:
    folded = empty.findall(".//section/details")
    assert [(text(node.find("summary")), node.get("open")) for node in folded] == [("What is read", None), ("Advanced", None)]
    assert sorted(names(empty)) == sorted(properties(spec))


def test_region_is_chosen_by_name(empty: ElementTree.Element, old: ElementTree.Element) -> None:
    options = field(empty, "region").findall(".//option")
    assert [text(option) for option in options if text(option)][:3] == ["United States", "Europe", "India"]
    assert [text(option) for option in options if option.get("selected") is not None] == ["United States"]
    # One that was saved with a short name shows that name, and nothing is wrong with it.
    assert [text(option) for option in field(old, "region").findall(".//option") if option.get("selected") is not None] == ["eu"]
    assert errors(old) == {}


def test_token_is_not_readable(old: ElementTree.Element) -> None:
    token = field(old, "api_token").find(".//input")
    assert token is not None and token.get("type") == "password"


def test_each_field_says_what_it_is(empty: ElementTree.Element, spec: Run) -> None:
    for name, node in properties(spec).items():
        shown = text(field(empty, name))
        assert node["title"] in shown and node["description"] in shown, name
        assert node.get("pattern_descriptor", "") in shown, name


def test_what_is_wrong_is_told_in_words(wrong: ElementTree.Element, spec: Run) -> None:
    told = errors(wrong)
    assert told.keys() == {"api_token", "start_date", "base_url", "page_size"}
    for name in ["start_date", "base_url"]:
        assert told[name] == [f"must look like {properties(spec)[name]['pattern_descriptor']}"]
    assert told["page_size"] == ["must be <= 500"]
