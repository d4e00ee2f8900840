"""Part c: the rules for incremental reads, as the retired Connector Acceptance Tests had them (test_incremental.py), and stricter."""

import json
from datetime import datetime, timedelta

import pytest

from connector import ROOT, Json, Run, configured, run
from sandbox import Sandbox

LOOKBACK = timedelta(minutes=10)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def cursor(state: Json) -> datetime:
    return instant(state["stream"]["stream_state"]["updated_at"])


@pytest.fixture(scope="module")
def abnormal_states(streams: list[Json]) -> list[Json]:
    """Those of the nine."""
    states = json.loads((ROOT / "integration_tests" / "abnormal_state.json").read_text())
    names = {stream["name"] for stream in streams}
    found = [state for state in states if state["stream"]["stream_descriptor"]["name"] in names]
    assert len(found) == len(names)
    return found


def test_no_record_is_newer_than_the_last_state(first_read: Run) -> None:
    assert first_read.last_states
    for stream, state in first_read.last_states.items():
        assert max(instant(record["updated_at"]) for record in first_read.records[stream]) <= cursor(state), stream


def test_second_read_returns_nothing_that_is_older(config: Json, streams: list[Json], first_read: Run) -> None:
    second = run(
        "read", config=config, catalog=configured(streams, "incremental"), state=list(first_read.last_states.values())
    )
    assert second.exit_code == 0
    assert second.last_states.keys() == first_read.last_states.keys()
    for stream, records in second.records.items():
        known = {record["id"]: record for record in first_read.records[stream]}
        for record in records:
            assert instant(record["updated_at"]) >= cursor(first_read.last_states[stream]) - LOOKBACK, stream
            assert record == known[record["id"]], stream


def test_second_read_returns_what_has_changed(moving: Sandbox, streams: list[Json]) -> None:
    catalog = configured(streams, "incremental")
    first = run("read", config=moving.config(), catalog=catalog)
    changed = moving.change(updates=120, deletes=40, inserts=40)
    second = run("read", config=moving.config(), catalog=catalog, state=list(first.last_states.values()))
    assert second.exit_code == 0
    for stream, ids in changed.items():
        assert ids and ids <= {record["id"] for record in second.records[stream]}, stream
        versions = {record["id"]: record for record in first.records[stream] + second.records[stream]}
        assert {key: instant(record["updated_at"]).timestamp() * 1000 for key, record in versions.items()} == {
            key: row["updatedAt"] for key, row in moving.truth(stream).items()
        }, stream


def test_every_checkpoint_can_be_resumed(config: Json, streams: list[Json], first_read: Run, still: Sandbox, tell) -> None:
    """What came before a state, and what a new process reads from it, is all there is; whichever state it is."""
    resumed = 0
    for stream in streams:
        name, seen = stream["name"], set()
        truth = still.truth(name).keys()
        last = first_read.last_states[name]
        for message in first_read.messages:
            if message["type"] == "RECORD" and message["record"]["stream"] == name:
                seen.add(message["record"]["data"]["id"])
            elif message["type"] == "STATE" and message["state"]["stream"]["stream_descriptor"]["name"] == name:
                again = run("read", config=config, catalog=configured([stream], "incremental"), state=[message["state"]])
                assert again.exit_code == 0
                assert seen | {record["id"] for record in again.records[name]} == truth, (name, message["state"])
                assert cursor(again.last_states[name]) >= cursor(last), name
                resumed += 1
    tell(f"checkpoints resumed: {resumed}")
    assert resumed > len(streams), "no checkpoint but the last of each stream: the sandbox is too small"


def test_read_that_is_stopped_is_resumed(config: Json, streams: list[Json], still: Sandbox, tell) -> None:
    """The program is process 1, which signals do not end by themselves: it must listen, save its states and go."""
    catalog = configured(streams, "incremental")
    stopped = run("read", stop_after_records=3000, config=config, catalog=catalog)
    # 137 is what is left of a process that did not listen and was killed.
    assert stopped.exit_code not in (0, 137)
    assert "INCOMPLETE" in {status["status"] for status in stopped.traces("STREAM_STATUS")}
    resumed = run("read", config=config, catalog=catalog, state=list(stopped.last_states.values()))
    assert resumed.exit_code == 0
    for stream in [stream["name"] for stream in streams]:
        ids = {record["id"] for record in stopped.records[stream] + resumed.records[stream]}
        assert ids == still.truth(stream).keys(), stream
    before, after = (sum(map(len, done.records.values())) for done in (stopped, resumed))
    tell(f"stopped after {before} records, {after} came when resumed")
    assert after < sum(len(still.truth(stream["name"])) for stream in streams)


def test_future_state_returns_nothing_and_stays(config: Json, streams: list[Json], abnormal_states: list[Json]) -> None:
    done = run("read", config=config, catalog=configured(streams, "incremental"), state=abnormal_states)
    assert done.exit_code == 0
    assert done.records == {}
    assert {name: cursor(state) for name, state in done.last_states.items()} == {
        state["stream"]["stream_descriptor"]["name"]: cursor(state) for state in abnormal_states
    }


def test_state_of_the_archived_connector_is_taken(config: Json, streams: list[Json], first_read: Run) -> None:
    """Singer's bookmarks, with the newest tenth of the rows still to come."""
    stream = next(stream for stream in streams if stream["name"] == "conversations")
    times = sorted(record["updated_at"] for record in first_read.records["conversations"])
    bookmark = times[len(times) * 9 // 10]
    done = run(
        "read", config=config, catalog=configured([stream], "incremental"), state={"bookmarks": {"conversations": bookmark}}
    )
    assert done.exit_code == 0
    ids = {record["id"] for record in done.records["conversations"]}
    newer = {record["id"] for record in first_read.records["conversations"] if record["updated_at"] >= bookmark}
    assert newer <= ids and len(ids) < len(times) / 2
