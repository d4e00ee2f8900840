"""Part c: the configuration of Airbyte's acceptance suite as committed, what it names, and what the suite asks of the reads it starts."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from airbyte_protocol.models import AirbyteRecordMessage
from pydantic import ValidationError

from connector import METADATA, ROOT, Json, Run, configured, run
from suite import BasicRead, SuiteConfig

CONFIG = yaml.safe_load((ROOT / "acceptance-test-config.yml").read_text())
PARTS = SuiteConfig.model_validate(CONFIG).acceptance_tests


def basic_read() -> BasicRead:
    (test,) = PARTS.basic_read.tests or []
    return test


def expected_records() -> list[Json]:
    """The lines of the file, read as the suite reads them."""
    assert basic_read().expect_records
    lines = (ROOT / str(basic_read().expect_records.path)).read_text().splitlines()
    return [AirbyteRecordMessage.model_validate_json(line).model_dump() for line in lines]


def excused() -> set[str]:
    return {stream.name for stream in basic_read().empty_streams}


@pytest.fixture(scope="module")
def incremental(discovered: list[Json]) -> list[Json]:
    return [stream for stream in discovered if "incremental" in stream["supported_sync_modes"]]


@pytest.fixture(scope="module")
def full_read(seeded_config: Json, discovered: list[Json]) -> Run:
    """What basic_read starts: all that is discovered, in full."""
    return run("read", config=seeded_config, catalog=configured(discovered, "full_refresh"))


@pytest.fixture(scope="module")
def first(seeded_config: Json, incremental: list[Json]) -> Run:
    return run("read", config=seeded_config, catalog=configured(incremental, "incremental"))


def test_names_this_image() -> None:
    assert CONFIG["connector_image"] == f"{METADATA['dockerRepository'].rsplit('/', 1)[-1]}:dev"


@pytest.mark.parametrize(
    "part, change, problem",
    [
        ("incremental", {"threshold_days": 1}, "threshold_days"),
        ("basic_read", {"configured_catalog_path": "integration_tests/configured_catalog.json"}, "may not have a catalog"),
        ("basic_read", {"expect_records": None}, "has expect_records"),
        ("basic_read", {"empty_streams": [{"name": "notes"}]}, "notes has no bypass_reason"),
        ("incremental", {"future_state": None}, "has a future_state"),
        ("connection", {"status": "fails"}, "status"),
    ],
)
def test_what_the_suite_would_refuse_is_refused(part: str, change: Json, problem: str) -> None:
    spoilt: Any = copy.deepcopy(CONFIG)
    spoilt["acceptance_tests"][part]["tests"][0] |= change
    with pytest.raises(ValidationError, match=problem):
        SuiteConfig.model_validate(spoilt)


def test_every_file_it_names_is_there(seeded_config: Json) -> None:
    def paths(value: Any) -> list[Path]:
        if isinstance(value, dict):
            mine = [Path(member) for name, member in value.items() if name == "path" or name.endswith("_path")]
            return mine + [path for member in value.values() for path in paths(member)]
        return [path for member in value for path in paths(member)] if isinstance(value, list) else []

    named = paths(CONFIG)
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_spec_file_is_what_spec_says(spec: Run) -> None:
    (test,) = PARTS.spec.tests or []
    assert json.loads((ROOT / test.spec_path).read_text()) == spec.of("SPEC")[0]


def test_every_discovered_stream_is_seeded_or_excused(discovered: list[Json]) -> None:
    """Where a stream is new: npm run expected, and give it data in the sandbox."""
    names = {stream["name"] for stream in discovered}
    seeded = {record["stream"] for record in expected_records()}
    assert names - seeded - excused() == set(), "neither seeded nor excused"
    assert (seeded | excused()) - names == set(), "not discovered"
    assert seeded & excused() == set()


def test_expected_records_are_read(full_read: Run) -> None:
    """To the letter, as integration_tests/records.jsonl and the sandbox have them."""
    assert full_read.exit_code == 0
    for record in expected_records():
        assert record["data"] in full_read.records[record["stream"]], record["data"]["id"]


def test_every_stream_that_is_not_excused_has_records(full_read: Run, discovered: list[Json], tell) -> None:
    names = {stream["name"] for stream in discovered}
    assert names - excused() == full_read.records.keys()
    tell(f"acceptance-test-config.yml: {len(names)} streams, {len(expected_records())} expected records, {len(excused())} streams excused")


def test_every_stream_has_a_primary_key_that_no_record_lacks(full_read: Run, discovered: list[Json]) -> None:
    for stream in discovered:
        (key,) = stream["source_defined_primary_key"]
        assert len(key) == 1, stream["name"]
        assert [row for row in full_read.records[stream["name"]] if row.get(key[0]) is None] == [], stream["name"]


def test_catalog_file_holds_every_incremental_stream(incremental: list[Json]) -> None:
    (test,) = PARTS.incremental.tests or []
    catalog = json.loads((ROOT / str(test.configured_catalog_path)).read_text())
    assert sorted(one["stream"]["name"] for one in catalog["streams"]) == sorted(stream["name"] for stream in incremental)


def test_second_read_is_another(first: Run, seeded_config: Json, incremental: list[Json]) -> None:
    states = list(first.last_states.values())
    second = run("read", config=seeded_config, catalog=configured(incremental, "incremental"), state=states)
    assert second.exit_code == 0
    for stream in [stream["name"] for stream in incremental]:
        assert len(second.records.get(stream, [])) < len(first.records[stream]), stream


def test_every_stream_has_a_state_to_start_from(first: Run, incremental: list[Json]) -> None:
    """The suite starts from states that count records before them, and wants one of each stream that has records."""
    counted = {state["stream"]["stream_descriptor"]["name"] for state in first.of("STATE") if state["sourceStats"]["recordCount"]}
    assert counted == {stream["name"] for stream in incremental}


def test_future_state_is_of_every_incremental_stream_and_returns_nothing(seeded_config: Json, incremental: list[Json]) -> None:
    (test,) = PARTS.incremental.tests or []
    assert test.future_state
    states = json.loads((ROOT / str(test.future_state.future_state_path)).read_text())
    given = {state["stream"]["stream_descriptor"]["name"]: state["stream"]["stream_state"] for state in states}
    excuses = {stream.name for stream in test.future_state.missing_streams}
    assert given.keys() | excuses == {stream["name"] for stream in incremental}
    for stream in incremental:
        assert stream["default_cursor_field"][0] in given.get(stream["name"], stream["default_cursor_field"]), stream["name"]
    done = run("read", config=seeded_config, catalog=configured(incremental, "incremental"), state=states)
    assert done.exit_code == 0 and done.records == {}
    for name, state in done.last_states.items():
        assert state["stream"]["stream_state"]["updated_at"] == given[name]["updated_at"], name
    assert done.last_states.keys() == {stream["name"] for stream in incremental}
