"""Part f: the statements of docs/analysis.md, each in DuckDB and in PostgreSQL over what PyAirbyte has loaded, beside what the sandbox says."""

import re
from decimal import Decimal

import pytest
from sqlalchemy import URL, Engine

from answers import ANSWERS, Row
from connector import OUT, ROOT
from pyairbyte import HOME, DuckDBCache, PostgresCache, source
from sandbox import Sandbox

PAGE = (ROOT / "docs" / "analysis.md").read_text()
STATEMENTS = dict(re.findall(r"^## (.+?)$.*?^```sql\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
STREAMS = re.findall(r"`(\w+)`", re.search(r"^- Streams to select: (.+?)\.", PAGE, re.MULTILINE)[1])
SCHEMA = "analysis"
# Digits after the point; all others have one.
DIGITS = {"mean_rating": 2}
FOUND = {"conversations": "conversation", "customers": "customer", "messages": "message"}
FOUND |= {"conversation_times": "conversation_time", "work_items": "work_item", "work_sessions": "work_session"}
BESIDE = OUT / "analysis.md"


@pytest.fixture(scope="module")
def sandbox():
    """Two months of a small organization."""
    sandbox = Sandbox(size=2000, seed=5, **{"history-days": 60})
    yield sandbox
    sandbox.stop()


@pytest.fixture(scope="module")
def databases(sandbox: Sandbox, postgres: URL) -> dict[str, Engine]:
    """Both databases, loaded with the page's streams."""
    path = HOME / "analysis.duckdb"
    path.unlink(missing_ok=True)
    login = {"host": postgres.host, "port": postgres.port, "username": postgres.username, "password": postgres.password}
    caches = {
        "DuckDB": DuckDBCache(db_path=path, schema_name="main"),
        "PostgreSQL": PostgresCache(**login, database=postgres.database, schema_name=SCHEMA),
    }
    kustomer = source(sandbox, STREAMS)
    for cache in caches.values():
        kustomer.read(cache)
    BESIDE.write_text("# The answers of docs/analysis.md: the sandbox's truth, and what both databases say\n")
    return {name: cache.get_sql_engine() for name, cache in caches.items()}


def asked(engine: Engine, statement: str) -> list[Row]:
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"set search_path to {SCHEMA}")
        # Not text(): a statement is run as it stands in the page.
        return [dict(row) for row in connection.exec_driver_sql(statement).mappings()]


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
def test_both_databases_answer_as_the_sandbox(question: str, sandbox: Sandbox, databases: dict[str, Engine], tell) -> None:
    truth = ANSWERS[question](sandbox)
    assert_telling(truth)
    answers = {name: asked(engine, STATEMENTS[question]) for name, engine in databases.items()}
    with BESIDE.open("a") as file:
        for name, rows in {"truth": truth, **answers}.items():
            file.write(f"\n## {question}: {name}\n\n{table_of(rows)}\n")
    for rows in answers.values():
        assert_same(rows, truth)
    tell(f"{question}: {len(truth)} rows, the same in {' and '.join(answers)} as in truth")


def test_no_agent_is_busier_than_possible(databases: dict[str, Engine]) -> None:
    [row] = asked(databases["DuckDB"], "select max(occupancy_percent) as most from (" + STATEMENTS["Occupancy"].rstrip("\n;") + ") as answer")
    assert 50 < row["most"] <= 100
