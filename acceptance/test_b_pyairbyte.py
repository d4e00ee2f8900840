"""Part b: PyAirbyte, Airbyte's own Python library, loads all streams from the image into DuckDB, and once more after data has changed.

What is in its tables is compared by SQL with what the sandbox says is true.
"""

import json
import re
from collections import defaultdict
from datetime import datetime, timezone
from decimal import Decimal

import pytest
from sqlalchemy import text

from connector import Json
from pyairbyte import HOME, DuckDBCache, source
from sandbox import STREAMS, Sandbox

CONTEXTS = {"conversations": "conversation", "customers": "customer", "kobjects": "kobject", "messages": "message", "notes": "note"}
# What the API sends for the types of DuckDB's columns, by how the names of those begin.
OWN_TYPES = {
    "VARCHAR": [str],
    "TIMESTAMP": [str],
    "BOOLEAN": [bool],
    "BIGINT": [int],
    "DECIMAL": [int, float],
    "DOUBLE": [int, float],
    "JSON": [list, dict],
}


class Loaded:
    """A cache that a source was read into."""

    def __init__(self, sandbox: Sandbox) -> None:
        path = HOME / "kustomer.duckdb"
        path.unlink(missing_ok=True)
        self.sandbox = sandbox
        self.cache = DuckDBCache(db_path=path, schema_name="main")

    def sync(self) -> int:
        """Reads into the cache with the state it holds. Returns how many records came."""
        return source(self.sandbox, list(STREAMS)).read(self.cache).processed_records

    def sql(self, query: str) -> list[tuple]:
        with self.cache.get_sql_engine().connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]


@pytest.fixture(scope="module")
def loaded(moving: Sandbox) -> Loaded:
    loaded = Loaded(moving)
    loaded.sync()
    return loaded


def assert_tables_are_true(loaded: Loaded) -> None:
    for stream in STREAMS:
        truth = loaded.sandbox.truth(stream)
        assert loaded.sql(f"select count(*), count(distinct id) from {stream}") == [(len(truth), len(truth))], stream
        rows = loaded.sql(f"select id, epoch_ms(updated_at), epoch_ms(created_at) from {stream}")
        assert {key: (updated, created) for key, updated, created in rows} == {
            key: (row["updatedAt"], row["createdAt"]) for key, row in truth.items()
        }, stream


def test_first_sync_loads_every_row(loaded: Loaded, tell) -> None:
    assert_tables_are_true(loaded)
    counts = {stream: loaded.sql(f"select count(*) from {stream}")[0][0] for stream in STREAMS}
    tell(f"rows, all true: {sum(counts.values())}: {counts}")


def test_second_sync_loads_what_has_changed_and_no_more(loaded: Loaded, tell) -> None:
    changed = loaded.sandbox.change(updates=120, deletes=40, inserts=40)
    count, total = loaded.sync(), sum(len(loaded.sandbox.truth(stream)) for stream in STREAMS)
    tell(f"records in the second sync: {count} of {total}, {sum(map(len, changed.values()))} had changed")
    assert sum(len(ids) for ids in changed.values()) <= count < total / 10
    assert_tables_are_true(loaded)


def test_values_of_every_type_arrive(loaded: Loaded, tell) -> None:
    """In every table, for each type of column it has, one value that the API sent is found again by SQL."""
    compared = defaultdict(list)
    for stream in STREAMS:
        columns = loaded.sql(f"select column_name, data_type from information_schema.columns where table_name = '{stream}'")
        context = CONTEXTS.get(stream)
        resources = loaded.sandbox.found(context) if context else loaded.sandbox.resource(stream)
        for column, data_type in columns:
            example = None if data_type in compared[stream] else _example(resources, column, data_type)
            if example is None:
                continue
            key, value = example
            [(stored,)] = loaded.sql(f"select {column} from {stream} where id = '{key}'")
            assert _same(stored, value), (stream, column, data_type, stored, value)
            compared[stream].append(data_type)
    tell(f"types compared: {dict(compared)}")
    assert compared.keys() == set(STREAMS)
    for stream, types in compared.items():
        assert {"VARCHAR", "TIMESTAMP", "JSON"} <= set(types), f"{stream}: only {types}"


def _example(resources: list[Json], column: str, data_type: str) -> tuple[str, object] | None:
    """The first value of the column's own type that the API sent for it, with the id of its resource."""
    own = next(types for prefix, types in OWN_TYPES.items() if data_type.startswith(prefix))
    for resource in resources:
        related = {name: one["data"] for name, one in resource["relationships"].items() if one and "data" in one}
        for name, value in {**related, **resource["attributes"]}.items():
            if re.sub("(?<=[a-z0-9])([A-Z])", r"_\1", name).lower() == column and type(value) in own and value not in ([], {}):
                return resource["id"], value
    return None


def _same(stored: object, sent: object) -> bool:
    if isinstance(stored, datetime):
        moment = stored if stored.tzinfo else stored.replace(tzinfo=timezone.utc)
        return moment == datetime.fromisoformat(str(sent).replace("Z", "+00:00"))
    if isinstance(stored, Decimal):
        return float(stored) == float(sent)
    return _shape(stored) == _shape(sent)


def _shape(value: object) -> object:
    """A JSON value without the names of its members, which the connector puts in snake_case."""
    if isinstance(value, dict):
        return sorted(json.dumps(_shape(member), sort_keys=True) for member in value.values())
    if isinstance(value, list):
        return [_shape(item) for item in value]
    return value
