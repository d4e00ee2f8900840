"""Part e: the examples, each started by the command that its own head comment gives, against the sandbox."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from sqlalchemy import URL, Engine, create_engine, text

from connector import IMAGE, METADATA, OUT, ROOT, Json
from protocol import parse
from sandbox import Sandbox

EXAMPLES = ROOT / "examples"
STREAMS = ("conversations", "customers", "users")
HOME = OUT / "examples"
TIMEOUT_SECONDS = 300
# What the oldest Kubernetes that is still maintained understands.
KUBERNETES = "1.33"


@pytest.fixture(scope="module")
def config_path(config: Json) -> Path:
    HOME.mkdir(exist_ok=True)
    path = HOME / "config.json"
    path.write_text(json.dumps(config))
    return path


def command_of(example: str) -> str:
    """What stands behind "Run:" in its head comment."""
    return re.search(r"^(?:# )?Run: +(.+)$", (EXAMPLES / example).read_text(), re.MULTILINE)[1]


def start(command: str, **environment: str) -> subprocess.CompletedProcess:
    """Runs it in the repository's folder, with the Python that runs this. Returns what it wrote."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    # No look-up in Airbyte's registry, no usage statistics, no files elsewhere.
    own = {"AIRBYTE_OFFLINE_MODE": "1", "DO_NOT_TRACK": "1", "AIRBYTE_PROJECT_DIR": str(HOME), "AIRBYTE_LOGGING_ROOT": str(HOME / "logs")}
    # Dagster's; without a home it keeps what it knows in a temporary folder.
    own |= {"DAGSTER_DISABLE_TELEMETRY": "yes", "TMPDIR": str(HOME)}
    given = {**os.environ, **own, "PATH": path, **environment}
    done = subprocess.run(command, shell=True, cwd=ROOT, env=given, capture_output=True, text=True, timeout=TIMEOUT_SECONDS)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


def fresh(file: str) -> Engine:
    """The DuckDB file that an example writes, which is not there yet."""
    path = ROOT / file
    path.unlink(missing_ok=True)
    return create_engine(f"duckdb:///{path}")


def assert_true(engine: Engine, schema: str, sandbox: Sandbox) -> int:
    """Every row of the three streams is in its table in its latest version. Returns how many they are."""
    count = 0
    with engine.connect() as connection:
        for stream in STREAMS:
            rows = [tuple(row) for row in connection.execute(text(f"select id, updated_at from {schema}.{stream}"))]
            truth = sandbox.truth(stream)
            assert len(rows) == len(truth)
            assert {key: epoch_ms(moment) for key, moment in rows} == {key: row["updatedAt"] for key, row in truth.items()}, stream
            count += len(rows)
    engine.dispose()
    return count


def epoch_ms(moment: datetime) -> int:
    return round((moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp() * 1000)


def messages_of(stdout: str, kind: str) -> list[Json]:
    # Not splitlines(), which also splits at characters that may stand inside a JSON string.
    return [message for message in map(parse, stdout.rstrip("\n").split("\n")) if message["type"] == kind]


def statuses(stdout: str) -> dict[str, str]:
    """The last status of each stream that a read was of."""
    traces = [message["trace"] for message in messages_of(stdout, "TRACE")]
    found = [trace["stream_status"] for trace in traces if trace["type"] == "STREAM_STATUS"]
    return {status["stream_descriptor"]["name"]: status["status"] for status in found}


def test_pyairbyte_loads_into_duckdb(still: Sandbox, config_path: Path, tell) -> None:
    engine = fresh("out/kustomer.duckdb")
    command = command_of("pyairbyte_duckdb.py").replace("examples/config.json", str(config_path))
    first = start(command)
    rows = assert_true(engine, "main", still)
    start(command)
    assert assert_true(engine, "main", still) == rows
    tell(f"PyAirbyte to DuckDB, twice: {rows} rows, all true; it prints {first.stdout.split(chr(10))[-4:-1]}")


def test_pyairbyte_loads_into_postgres(still: Sandbox, config_path: Path, postgres: URL, tell) -> None:
    server = {"PGHOST": postgres.host, "PGPORT": str(postgres.port), "PGDATABASE": postgres.database}
    login = {"PGUSER": postgres.username, "PGPASSWORD": postgres.password}
    command = command_of("pyairbyte_postgres.py").replace("examples/config.json", str(config_path))
    start(command, **server, **login)
    engine = create_engine(postgres)
    rows = assert_true(engine, "kustomer", still)
    with engine.connect() as connection:
        version = connection.execute(text("show server_version")).scalar()
    tell(f"PyAirbyte to PostgreSQL {version}: {rows} rows, all true")


def test_dagster_materializes_the_assets(still: Sandbox, config_path: Path, tell) -> None:
    engine = fresh("out/dagster.duckdb")
    done = start(command_of("dagster_assets.py").replace("examples/config.json", str(config_path)))
    rows = assert_true(engine, "main", still)
    for stream in STREAMS:
        assert f"Materialized value {stream}." in done.stderr + done.stdout
    tell(f"Dagster: {len(STREAMS)} assets materialized, {rows} rows, all true")


def test_compose_reads_the_sandbox_beside_it(tell) -> None:
    """By Docker's plugin where there is one, else by Debian's docker-compose, which is version 1."""
    has_plugin = subprocess.run(["docker", "compose", "version"], capture_output=True).returncode == 0
    assert has_plugin or shutil.which("docker-compose"), "no docker compose, and no docker-compose"
    compose = "docker compose" if has_plugin else "docker-compose"
    command = command_of("compose.yaml").replace("docker compose", compose)
    try:
        read = start(command, SOURCE_IMAGE=IMAGE).stdout
        check = start(f"{command} check --config /examples/config.json", SOURCE_IMAGE=IMAGE).stdout
    finally:
        start(command.split(" run ")[0] + " down")
    assert statuses(read) == {"customers": "COMPLETE", "users": "COMPLETE"}
    records = len(messages_of(read, "RECORD"))
    assert records > 0
    [message] = messages_of(check, "CONNECTION_STATUS")
    assert message["connectionStatus"]["status"] == "SUCCEEDED"
    tell(f"{compose}: check, and a read of {records} records")


def test_kubernetes_job_is_valid_and_may_run_where_security_is_restricted() -> None:
    secret, config_map, job = yaml.safe_load_all((EXAMPLES / "kubernetes-job.yaml").read_text())
    for resource in (secret, config_map, job):
        kubernetes_validate.validate(resource, KUBERNETES, strict=True)
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate({**job, "spec": {**job["spec"], "retries": 1}}, KUBERNETES, strict=True)
    pod = job["spec"]["template"]["spec"]
    [container] = pod["containers"]
    assert container["image"] == f"{METADATA['dockerRepository']}:{METADATA['dockerImageTag']}"
    # Kubernetes' Pod Security Standards, level "restricted".
    assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["seccompProfile"]["type"] == "RuntimeDefault"
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert container["securityContext"]["allowPrivilegeEscalation"] is False


def test_kubernetes_job_reads_when_docker_runs_its_container(still: Sandbox, config: Json, tmp_path: Path, tell) -> None:
    """No cluster is at hand: its files, arguments, user and limits are handed to Docker as a kubelet would."""
    secret, config_map, job = yaml.safe_load_all((EXAMPLES / "kubernetes-job.yaml").read_text())
    given = json.loads(secret["stringData"]["connectorConfig.json"])
    files = {**config_map["data"], "connectorConfig.json": json.dumps({**given, **config, "start_date": given["start_date"]})}
    tmp_path.chmod(0o755)
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    pod = job["spec"]["template"]["spec"]
    [container] = pod["containers"]
    [mount] = container["volumeMounts"]
    context = {**pod["securityContext"], **container["securityContext"]}
    assert context["readOnlyRootFilesystem"]
    docker = ["docker", "run", "--rm", "--read-only", "--cap-drop", *context["capabilities"]["drop"], "--security-opt", "no-new-privileges"]
    docker += ["--user", f"{context['runAsUser']}:{context['runAsGroup']}", "--memory", container["resources"]["limits"]["memory"].replace("Mi", "m")]
    docker += ["--volume", f"{tmp_path}:{mount['mountPath']}:ro", IMAGE, *container["args"]]
    read = start(shlex.join(docker)).stdout
    assert statuses(read) == {"users": "COMPLETE"}
    since = datetime.fromisoformat(given["start_date"]).replace(tzinfo=timezone.utc).timestamp() * 1000
    ids = [message["record"]["data"]["id"] for message in messages_of(read, "RECORD")]
    assert sorted(ids) == sorted(key for key, row in still.truth("users").items() if row["updatedAt"] >= since)
    tell(f"Kubernetes job: valid for {KUBERNETES}; its container, run by Docker: {len(ids)} records, all true")


def test_the_view_over_the_parts_of_a_history_keeps_the_newest_row_of_each_record(postgres: URL) -> None:
    """docs/splitting.md's SQL, in both databases."""
    sql = re.search(r"```sql\n(.+?)```", (ROOT / "docs/splitting.md").read_text(), re.DOTALL)[1]
    # b has changed since it was read as part of the first, c was last updated at a cut.
    parts = {"part_1": {"a": 1, "b": 2}, "part_2": {"c": 3}, "part_3": {"c": 3, "b": 4}}
    for url in (postgres, "duckdb:///:memory:"):
        with create_engine(url).begin() as connection:
            for schema, rows in parts.items():
                connection.execute(text(f"create schema {schema}"))
                connection.execute(text(f"create table {schema}.conversations (id text, updated_at timestamp, status text)"))
                for key, day in rows.items():
                    connection.execute(text(f"insert into {schema}.conversations values ('{key}', '2025-01-0{day}', '{schema}')"))
            connection.execute(text(sql))
            kept = connection.execute(text("select id, extract(day from updated_at), status from conversations order by id")).all()
        assert [row[:2] for row in kept] == [("a", 1), ("b", 4), ("c", 3)]
        assert kept[0][2] == "part_1" and kept[1][2] == "part_3"


def test_every_example_is_listed_and_says_how_to_run_it() -> None:
    listed = set(re.findall(r"\]\(([a-z_.-]+)\)", (EXAMPLES / "README.md").read_text()))
    there = {path.name for path in EXAMPLES.iterdir()} - {"README.md"}
    assert there <= listed
    for path in EXAMPLES.iterdir():
        if path.suffix in (".py", ".yaml"):
            assert command_of(path.name)
