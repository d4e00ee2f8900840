"""What the tests share: the docker that records, the sandboxes, the configurations for them, and what was ran only once."""

import json
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Callable

import pytest
from sqlalchemy import URL

from connector import OUT, Json, Run, configured, run
from postgres import Postgres
from sandbox import STREAMS, Sandbox, seeded

PARTS = {
    "a": "Airbyte's standard tests",
    "b": "PyAirbyte",
    "c": "the rules of Airbyte's acceptance suite",
    "d": "all that was written",
    "e": "the examples",
    "f": "analysts' questions",
    "g": "pictures, in a browser",
}
# Compares with what is published in Airbyte's registry: there is nothing yet, and it cannot be reached from everywhere.
NEEDS_THE_REGISTRY = {"test_docker_image_spec_backward_compatibility"}
FACTS: list[tuple[str, str]] = []
TRANSCRIPTS = OUT / "transcripts"
# Enough for several states per stream, and for a second page of the archive; small enough for some seconds per read.
SIZE = 20_000


def pytest_configure() -> None:
    """Puts acceptance/shim/docker before the real one, for Airbyte's tools and for ours."""
    shutil.rmtree(TRANSCRIPTS, ignore_errors=True)
    TRANSCRIPTS.mkdir(parents=True)
    os.environ["REAL_DOCKER"] = shutil.which("docker") or pytest.exit("no docker", 1)
    os.environ["TRANSCRIPTS"] = str(TRANSCRIPTS)
    os.environ["PATH"] = f"{Path(__file__).parent / 'shim'}:{os.environ['PATH']}"


@pytest.fixture(scope="session")
def still():
    """A sandbox in which nothing changes."""
    sandbox = Sandbox(size=SIZE, seed=1)
    yield sandbox
    sandbox.stop()


@pytest.fixture(scope="module")
def moving():
    """A sandbox whose data a test may change."""
    sandbox = Sandbox(size=SIZE, seed=2)
    yield sandbox
    sandbox.stop()


@pytest.fixture(scope="session")
def postgres() -> URL:
    """A PostgreSQL server, for SQLAlchemy's `create_engine`. Who loads into it takes a schema of their own."""
    server = Postgres()
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def config(still: Sandbox) -> Json:
    return still.config()


@pytest.fixture(scope="session")
def seeded_config() -> Json:
    """Reads everything of a small sandbox, the one of integration_tests."""
    sandbox = seeded()
    yield sandbox.config()
    sandbox.stop()


@pytest.fixture(scope="session", autouse=True)
def config_files(seeded_config: Json) -> None:
    """The configurations that acceptance-test-config.yml names."""
    (OUT / "config.json").write_text(json.dumps(seeded_config))
    (OUT / "wrong_token.json").write_text(json.dumps({**seeded_config, "api_token": "wrong-token-0815"}))


@pytest.fixture(scope="session")
def spec() -> Run:
    return run("spec")


@pytest.fixture(scope="session")
def discover(config: Json) -> Run:
    return run("discover", config=config)


@pytest.fixture(scope="session")
def discovered(discover: Run) -> list[Json]:
    """All discovered streams."""
    return discover.of("CATALOG")[0]["streams"]


@pytest.fixture(scope="session")
def streams(discovered: list[Json]) -> list[Json]:
    """The nine of them that every read here is of."""
    return [stream for stream in discovered if stream["name"] in STREAMS]


@pytest.fixture(scope="session")
def first_read(config: Json, streams: list[Json]) -> Run:
    """An incremental read of the nine streams that starts from nothing."""
    return run("read", config=config, catalog=configured(streams, "incremental"))


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Adds a line to what the run prints in the end."""
    return lambda fact: FACTS.append((_part(request.node.nodeid), fact))


def pytest_terminal_summary(terminalreporter) -> None:
    """Says what each part ran and counted."""
    for part, title in PARTS.items():
        counts = Counter()
        for outcome in ("passed", "failed", "error", "skipped"):
            reports = terminalreporter.stats.get(outcome, [])
            counts[outcome] = sum(_part(report.nodeid) == part for report in reports)
        terminalreporter.write_line(f"{part}. {title}: " + ", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
        for fact in [fact for of, fact in FACTS if of == part]:
            terminalreporter.write_line(f"   {fact}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Airbyte's tests skip themselves for configurations they do not apply to; one that ran for none at all is a failure here."""
    passed = {_function(report.nodeid) for report in session.config.pluginmanager.get_plugin("terminalreporter").stats.get("passed", [])}
    idle = {_function(item.nodeid) for item in session.items} - passed - NEEDS_THE_REGISTRY
    if idle and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        FACTS.append(("a", f"FAILED: never ran: {sorted(idle)}"))


def _function(nodeid: str) -> str:
    """A test without its parameters."""
    return nodeid.split("[")[0].split("::")[-1]


def _part(nodeid: str) -> str:
    return Path(nodeid).name.removeprefix("test_")[0]
