"""Part c: the rules for check, and for input that is wrong."""

import pytest

from connector import Json, Run, configured, run
from sandbox import EXPIRED_TOKEN


def status(done: Run) -> Json:
    """The one status of a check, which the command itself has to end well."""
    assert done.exit_code == 0, done.stdout
    assert done.traces("ERROR") == []
    statuses = done.of("CONNECTION_STATUS")
    assert len(statuses) == 1
    return statuses[0]


def test_good_config_succeeds(config: Json) -> None:
    assert status(run("check", config=config))["status"] == "SUCCEEDED"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"api_token": "not-a-token-4711"}, "token"),
        ({"api_token": EXPIRED_TOKEN}, "expired"),
        ({"start_date": "yesterday"}, "start_date"),
        ({"region": "mars"}, "region"),
        ({"page_size": 0, "concurrency": 101}, "page_size"),
        ({"base_url": "http://127.0.0.1:9"}, "127.0.0.1:9"),
        ({"base_url": "http://api.kustomerapp.com"}, "base_url"),
    ],
)
def test_bad_config_fails_and_says_why(config: Json, change: Json, named: str) -> None:
    found = status(run("check", config={**config, **change}))
    assert found["status"] == "FAILED"
    assert named in found["message"].lower()
    assert config["api_token"] not in found["message"] and change.get("api_token", "\0") not in found["message"]


def failed(done: Run) -> Json:
    """The error trace of a command that could not do its job."""
    assert done.exit_code != 0
    errors = done.traces("ERROR")
    assert errors, done.stdout
    assert errors[0]["message"] and errors[0]["failure_type"] == "config_error"
    assert done.records == {}
    return errors[0]


def test_discover_with_a_bad_config_is_a_config_error(config: Json) -> None:
    failed(run("discover", config={**config, "start_date": "yesterday"}))


def test_unknown_stream_is_a_config_error(config: Json, streams: list[Json]) -> None:
    unknown = {**streams[0], "name": "conversation"}
    error = failed(run("read", config=config, catalog=configured([unknown], "incremental")))
    assert "conversation" in error["message"]


@pytest.mark.parametrize("name", ["config", "catalog", "state"])
@pytest.mark.parametrize("content", ["", "{", "[1, 2", "\x00"])
def test_unreadable_file_is_a_config_error(config: Json, streams: list[Json], name: str, content: str) -> None:
    files = {"config": config, "catalog": configured(streams[:1], "incremental"), "state": []}
    failed(run("read", **{**files, name: content}))


def test_invalid_catalog_is_a_config_error(config: Json) -> None:
    """As Airbyte's test_fail_read_with_bad_catalog, which runs only for connectors in Python."""
    stream = {"name": "__AIRBYTE__stream_that_does_not_exist", "json_schema": {}, "supported_sync_modes": ["full_refresh"]}
    catalog = {"streams": [{"stream": stream, "sync_mode": "INVALID", "destination_sync_mode": "INVALID"}]}
    failed(run("read", config=config, catalog=catalog))
