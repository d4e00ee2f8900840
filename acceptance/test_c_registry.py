"""Part c: the rules for what Airbyte's registry and documentation are made of."""

import re
import xml.etree.ElementTree as ElementTree

import pytest
import yaml
from airbyte_connector_models.metadata.v0.connector_metadata_definition_v0 import ConnectorMetadataDefinitionV0

from connector import METADATA, ROOT, Run
from test_c_spec import properties, schema

# The order of connectors_qa's check "Connectors documentation headers structure, naming and order follow our guidelines"
# (airbytehq/airbyte, docs/contributing-to-airbyte/resources/qa-checks.md).
HEADINGS = [
    "# Kustomer",
    "## Prerequisites",
    "## Setup guide",
    "## Set up Kustomer",
    "## Set up the Kustomer connector in Airbyte",
    "### For Airbyte Open Source:",
    "## Supported sync modes",
    "## Supported Streams",
    "### Performance considerations",
    "## Data type map",
    "## Limitations & Troubleshooting",
    "## Changelog",
]
# What connectors_qa's check "Connectors must use HTTPS only" looks for in a line that it is to pass over.
HTTPS_MARK = "# ignore-https-check"
DOCUMENTATION = (ROOT / "docs/kustomer.md").read_text()


def section(heading: str) -> str:
    """What stands under a heading of the documentation, up to the next one of the same rank."""
    mark = heading.split(" ")[0]
    return re.split(rf"^{mark} ", DOCUMENTATION.split(f"\n{heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def test_metadata_is_valid_for_airbytes_model() -> None:
    ConnectorMetadataDefinitionV0.model_validate(yaml.safe_load((ROOT / "metadata.yaml").read_text()))


def test_metadata_says_what_high_strictness_asks_for(discover: Run) -> None:
    assert METADATA["connectorType"] == "source" and METADATA["connectorSubtype"] == "api"
    assert {"api.kustomerapp.com", "api.prod2.kustomerapp.com", "api.prod4.kustomerapp.com", "${base_url}"} <= set(METADATA["allowedHosts"]["hosts"])
    streams = {stream["name"] for stream in discover.of("CATALOG")[0]["streams"]}
    assert METADATA["suggestedStreams"]["streams"] and set(METADATA["suggestedStreams"]["streams"]) <= streams
    assert METADATA["maxSecondsBetweenMessages"] > 600
    assert re.fullmatch(r"\d+\.\d+\.\d+", METADATA["dockerImageTag"])


def test_icon_is_a_square_of_its_own() -> None:
    assert METADATA["icon"] == "icon.svg"
    icon = ElementTree.parse(ROOT / METADATA["icon"]).getroot()
    assert icon.tag == "{http://www.w3.org/2000/svg}svg"
    assert icon.get("width") == icon.get("height") and icon.get("viewBox")


def test_documentation_has_the_headings_in_order() -> None:
    found = [line for line in DOCUMENTATION.splitlines() if line in HEADINGS]
    assert found == HEADINGS


def test_documentation_explains_every_setting(spec: Run) -> None:
    prerequisites = section("## Prerequisites").lower()
    for name in schema(spec)["required"]:
        assert properties(spec)[name]["title"].lower() in prerequisites, name
    fields = section("## Set up the Kustomer connector in Airbyte").lower()
    missing = [node["title"] for node in properties(spec).values() if node["title"].lower() not in fields]
    assert missing == []


def test_documentation_names_every_stream(discover: Run) -> None:
    """The streams of klasses are the organization's own: the page tells of them as `kobject_…`."""
    streams = {stream["name"] for stream in discover.of("CATALOG")[0]["streams"]}
    cells = re.findall(r"^\| (`[^|]*)\|", section("## Supported Streams"), re.MULTILINE)
    named = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert named - {"kobject_"} == {name for name in streams if not name.startswith("kobject_")}


def test_every_version_is_in_both_changelogs() -> None:
    told = re.findall(r"^\| (\d+\.\d+\.\d+) +\| \d{4}-\d\d-\d\d \|", section("## Changelog"), re.MULTILINE)
    assert told[0] == METADATA["dockerImageTag"]
    assert told == re.findall(r"^## (\d+\.\d+\.\d+) \(", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)


def test_promises_nothing_to_those_whose_airbyte_does_not_list_it() -> None:
    """A page of Airbyte Cloud's own steps would lead nowhere."""
    assert METADATA["registryOverrides"]["cloud"]["enabled"] is False
    assert "cloud.airbyte.com" not in DOCUMENTATION


def test_licence_is_one_that_is_allowed() -> None:
    assert METADATA["license"].upper() in {"MIT", "ELV2"}
    assert (ROOT / "LICENSE").read_text().startswith(f"{METADATA['license']} License")


@pytest.mark.parametrize("part", ["src", "bin", "resources", "metadata.yaml", "Dockerfile", "docs/kustomer.md"])
def test_what_is_shipped_names_https_only(part: str) -> None:
    """Lines of another kind say so: they are about loopback addresses or proxies."""
    path = ROOT / part
    files = [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else [path]
    assert files
    for file in files:
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if HTTPS_MARK not in line:
                assert "http://" not in re.sub("http://(json-schema.org|localhost)", "", line), f"{file.relative_to(ROOT)}:{number}"
