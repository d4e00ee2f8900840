"""Part c: the rules for read, full refresh and incremental alike."""

import pytest

from connector import Json, Run, configured, run
from sandbox import Sandbox


@pytest.fixture(scope="module")
def full_reads(config: Json, streams: list[Json]) -> list[Run]:
    return [run("read", config=config, catalog=configured(streams, "full_refresh")) for _ in range(2)]


def test_reads_succeed(first_read: Run, full_reads: list[Run]) -> None:
    for done in [first_read, *full_reads]:
        assert done.exit_code == 0, done.stdout[-2000:]
        assert done.traces("ERROR") == []


def test_every_true_row_comes_once(first_read: Run, full_reads: list[Run], streams: list[Json], still: Sandbox) -> None:
    for done in [first_read, *full_reads]:
        for stream in [stream["name"] for stream in streams]:
            ids = [record["id"] for record in done.records[stream]]
            assert len(ids) == len(set(ids)), stream
            assert set(ids) == still.truth(stream).keys(), stream


def test_two_full_reads_return_the_same(full_reads: list[Run]) -> None:
    first, second = ({stream: sorted(rows, key=lambda row: row["id"]) for stream, rows in done.records.items()} for done in full_reads)
    assert first == second


def test_no_column_is_missing_from_the_schema(first_read: Run, streams: list[Json]) -> None:
    for stream in streams:
        emitted = {column for record in first_read.records[stream["name"]] for column in record}
        assert emitted - stream["json_schema"]["properties"].keys() == set(), stream["name"]


def test_statuses_frame_the_records(first_read: Run, full_reads: list[Run], streams: list[Json]) -> None:
    """STARTED, RUNNING, then records, then COMPLETE, and nothing of the stream outside of them."""
    for done in [first_read, *full_reads]:
        for stream in [stream["name"] for stream in streams]:
            story = list(_story(done, stream))
            assert story[0] == "STARTED" and story[-1] == "COMPLETE", stream
            assert story.count("STARTED") == story.count("COMPLETE") == 1, stream
            assert "INCOMPLETE" not in story
            assert story.index("STARTED") < story.index("RUNNING") < story.index("RECORD"), stream


def _story(done: Run, stream: str):
    """What happened to a stream, in order: the statuses, and a word for each other message."""
    for message in done.messages:
        if message["type"] == "RECORD" and message["record"]["stream"] == stream:
            yield "RECORD"
        elif message["type"] == "STATE" and message["state"]["stream"]["stream_descriptor"]["name"] == stream:
            yield "STATE"
        elif message["type"] == "TRACE" and message["trace"]["type"] == "STREAM_STATUS":
            status = message["trace"]["stream_status"]
            if status["stream_descriptor"]["name"] == stream:
                yield status["status"]


def test_states_count_the_records_before_them(first_read: Run, full_reads: list[Run], streams: list[Json]) -> None:
    for done in [first_read, *full_reads]:
        since: dict[str, int] = {}
        for message in done.messages:
            if message["type"] == "RECORD":
                stream = message["record"]["stream"]
                since[stream] = since.get(stream, 0) + 1
            elif message["type"] == "STATE":
                stream = message["state"]["stream"]["stream_descriptor"]["name"]
                assert message["state"]["type"] == "STREAM"
                assert message["state"]["sourceStats"]["recordCount"] == since.pop(stream, 0), stream
        assert since == {}, "records after the last state"
        assert done.last_states.keys() == {stream["name"] for stream in streams}


def test_estimates_are_given_and_close(first_read: Run) -> None:
    """The last estimate of a stream may count some rows twice, those that both search and archive hold."""
    estimates = {estimate["name"]: estimate for estimate in first_read.traces("ESTIMATE")}
    assert estimates.keys() >= {"conversations", "customers", "kobjects", "messages", "notes"}
    for name, estimate in estimates.items():
        assert estimate["type"] == "STREAM"
        assert estimate["row_estimate"] == pytest.approx(len(first_read.records[name]), rel=0.01), name


def test_full_refresh_says_that_it_is_complete(full_reads: list[Run], config: Json, streams: list[Json]) -> None:
    """A retry that is handed the last states has nothing left to do."""
    again = run(
        "read", config=config, catalog=configured(streams, "full_refresh"), state=list(full_reads[0].last_states.values())
    )
    assert again.exit_code == 0
    assert again.records == {}
    assert again.last_states.keys() == full_reads[0].last_states.keys()
