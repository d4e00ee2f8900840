"""Part f: the statements of docs/analysis.md, each in DuckDB and in PostgreSQL over what PyAirbyte has loaded, beside what the sandbox says."""

import re
from dataclasses import dataclass
from decimal import Decimal

import pytest
from sqlalchemy import URL, Engine

from answers import ANSWERS, Row
from connector import OUT, ROOT
from pyairbyte import HOME, DuckDBCache, PostgresCache, source
from sandbox import Sandbox

PAGE = (ROOT / "docs/analysis.md").read_text()
STATEMENTS = dict(re.findall(r"^## (.+?)$.*?^```sql\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
STREAMS = re.findall(r"`(\w+)`", re.search(r"^- Streams to select: (.+?)\.", PAGE, re.MULTILINE)[1])
# What PyAirbyte loads, and the same with the types of Airbyte's own PostgreSQL destination.
SCHEMA, TYPED_SCHEMA = "analysis", "analysis_typed"
OTHER_TYPES = {"json": "jsonb", "timestamp without time zone": "timestamp with time zone"}
# Digits after the point; all others have one.
DIGITS = {"mean_rating": 2}
FOUND = {"conversations": "conversation", "customers": "customer", "messages": "message"}
FOUND |= {"conversation_times": "conversation_time", "work_items": "work_item", "work_sessions": "work_session"}
BESIDE = OUT / "answers.txt"


@pytest.fixture(scope="module")
def sandbox():
    """Two months of a small organization."""
    sandbox = Sandbox(size=2000, seed=5, **{"history-days": 60})
    yield sandbox
    sandbox.stop()


@dataclass(frozen=True)
class Database:
    engine: Engine
    schema: str

    def answer(self, statement: str) -> list[Row]:
        with self.engine.connect() as connection:
            connection.exec_driver_sql(f"set search_path = '{self.schema}'")
            connection.exec_driver_sql("set timezone = 'UTC'")
            # Not text(): a statement is run as it stands in the page.
            return [dict(row) for row in connection.exec_driver_sql(statement).mappings()]


@pytest.fixture(scope="module")
def databases(sandbox: Sandbox, postgres: URL) -> dict[str, Database]:
    """Both databases, loaded with the page's streams."""
    path = HOME / "analysis.duckdb"
    path.unlink(missing_ok=True)
    duckdb = DuckDBCache(db_path=path, schema_name="main")
    login = {"host": postgres.host, "port": postgres.port, "username": postgres.username, "password": postgres.password}
    server = PostgresCache(**login, database=postgres.database, schema_name=SCHEMA)
    kustomer = source(sandbox, STREAMS)
    for cache in (duckdb, server):
        kustomer.read(cache)
    make_typed(server.get_sql_engine())
    BESIDE.write_text("# The answers of docs/analysis.md: the sandbox's truth, and what the databases say\n")
    return {
        "DuckDB": Database(duckdb.get_sql_engine(), "main"),
        "PostgreSQL": Database(server.get_sql_engine(), SCHEMA),
        "PostgreSQL with jsonb and time zones": Database(server.get_sql_engine(), TYPED_SCHEMA),
    }


def make_typed(engine: Engine) -> None:
    """Makes a view of each table, in which JSON is jsonb, and times have a zone."""
    with engine.begin() as connection:
        connection.exec_driver_sql(f"create schema {TYPED_SCHEMA}")
        connection.exec_driver_sql("set timezone = 'UTC'")
        for stream in STREAMS:
            asked = f"select column_name, data_type from information_schema.columns where table_schema = '{SCHEMA}' and table_name = '{stream}'"
            columns = [f'cast("{name}" as {OTHER_TYPES.get(kind, kind)}) as "{name}"' for name, kind in connection.exec_driver_sql(asked)]
            connection.exec_driver_sql(f"create view {TYPED_SCHEMA}.{stream} as select {', '.join(columns)} from {SCHEMA}.{stream}")


def in_order(rows: list[Row]) -> list[Row]:
    """By all that is not rounded; where two agents of one name agree in that, by the rest."""

    def place(row: Row) -> tuple[list, list]:
        known, rounded = ([value for value in row.values() if is_rounded(value) is wanted] for wanted in (False, True))
        return [str(value) for value in known], rounded

    return sorted(rows, key=place)


def is_rounded(value: object) -> bool:
    return isinstance(value, float | Decimal)


def assert_same(rows: list[Row], truth: list[Row]) -> None:
    assert len(rows) == len(truth)
    for row, true in zip(in_order(rows), in_order(truth)):
        assert list(row) == list(true)
        for column, value in row.items():
            if isinstance(true[column], float):
                assert abs(float(value) - true[column]) <= 0.5 * 10 ** -DIGITS.get(column, 1) + 1e-9, (column, row, true)
            else:
                assert value == true[column], (column, row, true)


def assert_telling(rows: list[Row]) -> None:
    """Whoever confuses rows, columns or units in an answer gets another one: there are several groups, and they differ."""
    assert len(rows) > 4
    for column in rows[0]:
        assert len({row[column] for row in rows}) > 2, column


def table_of(rows: list[Row], most: int = 12) -> str:
    lines = ["| " + " | ".join(str(value) for value in row.values()) + " |" for row in in_order(rows)[:most]]
    head = "| " + " | ".join(rows[0]) + " |"
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *lines, *([f"\n… {len(rows)} rows"] if len(rows) > most else [])])


def test_page_asks_what_is_answered_here() -> None:
    assert list(STATEMENTS) == list(ANSWERS)
    assert len(STATEMENTS) == 10


def test_truth_has_all_there_is(sandbox: Sandbox) -> None:
    for stream, context in FOUND.items():
        ids = [resource["id"] for resource in sandbox.all_found(context)]
        assert sorted(ids) == sorted(sandbox.truth(stream)), stream
    assert {resource["id"] for resource in sandbox.all_listed("routing/queues")} == set(sandbox.truth("queues"))


@pytest.mark.parametrize("question", ANSWERS)
def test_both_databases_answer_as_the_sandbox(question: str, sandbox: Sandbox, databases: dict[str, Database], tell) -> None:
    truth = ANSWERS[question](sandbox)
    assert_telling(truth)
    answers = {name: database.answer(STATEMENTS[question]) for name, database in databases.items()}
    with BESIDE.open("a") as file:
        for name, rows in {"truth": truth, **answers}.items():
            file.write(f"\n## {question}: {name}\n\n{table_of(rows)}\n")
    for rows in answers.values():
        assert_same(rows, truth)
    tell(f"{question}: {len(truth)} rows, as in truth in {', '.join(answers)}")


def test_no_agent_is_busier_than_possible(databases: dict[str, Database]) -> None:
    [row] = databases["DuckDB"].answer("select max(occupancy_percent) as most from (" + STATEMENTS["Occupancy"].rstrip("\n;") + ") as answer")
    assert 50 < row["most"] <= 100
