"""Runs the connector's image the way Airbyte does, and sorts what it writes."""

import json
import os
import subprocess
import tempfile
import threading
import uuid
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from protocol import parse

ROOT = Path(__file__).parent.parent
OUT = ROOT / "out" / "acceptance"
METADATA = yaml.safe_load((ROOT / "metadata.yaml").read_text())["data"]
IMAGE = os.environ["CONNECTOR_IMAGE"]
TIMEOUT_SECONDS = 300

Json = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """One command that has ended."""

    exit_code: int
    stdout: str
    stderr: str

    @cached_property
    def messages(self) -> list[Json]:
        # Not splitlines(), which also splits at characters that may stand inside a JSON string.
        return [parse(line) for line in self.stdout.split("\n") if line]

    def of(self, kind: str) -> list[Json]:
        """The payloads of the messages of a type, in order: `of("RECORD")`, `of("TRACE")`."""
        return [message[_MEMBER[kind]] for message in self.messages if message["type"] == kind]

    def traces(self, kind: str) -> list[Json]:
        return [trace[kind.lower()] for trace in self.of("TRACE") if trace["type"] == kind]

    @cached_property
    def records(self) -> dict[str, list[Json]]:
        """The data of the records, by stream."""
        by_stream = defaultdict(list)
        for record in self.of("RECORD"):
            by_stream[record["stream"]].append(record["data"])
        return by_stream

    @cached_property
    def last_states(self) -> dict[str, Json]:
        """The last state of each stream, as the platform would hand it to the next sync."""
        return {state["stream"]["stream_descriptor"]["name"]: state for state in self.of("STATE")}


_MEMBER = {
    "RECORD": "record",
    "STATE": "state",
    "TRACE": "trace",
    "LOG": "log",
    "SPEC": "spec",
    "CATALOG": "catalog",
    "CONNECTION_STATUS": "connectionStatus",
    "CONTROL": "control",
}


def run(command: str, stop_after_records: int | None = None, **files: Any) -> Run:
    """Runs a command of the image with `config`, `catalog` and `state` as files. Text is written as it is, all else as JSON.

    Args:
        stop_after_records: Stop the container, as Airbyte does when a sync is cancelled, once so many records have come.
    """
    name = f"acceptance-{uuid.uuid4()}"
    with tempfile.TemporaryDirectory(prefix="acceptance-") as directory, tempfile.TemporaryFile("w+") as stderr:
        Path(directory).chmod(0o755)  # The image does not run as the user who makes these files.
        arguments = []
        for option, content in files.items():
            path = Path(directory) / f"{option}.json"
            path.write_text(content if isinstance(content, str) else json.dumps(content))
            arguments += [f"--{option}", f"/in/{path.name}"]
        docker = ["docker", "run", "--rm", "--name", name, "-v", f"{directory}:/in:ro", IMAGE, command, *arguments]
        with subprocess.Popen(docker, stdout=subprocess.PIPE, stderr=stderr, text=True) as process:
            timeout = threading.Timer(TIMEOUT_SECONDS, _stop, [name])
            timeout.start()
            lines, records = [], 0
            for line in process.stdout:
                lines.append(line)
                records += line.startswith('{"type":"RECORD"')
                if records == stop_after_records:
                    threading.Thread(target=_stop, args=[name]).start()
            timeout.cancel()
        stderr.seek(0)
        return Run(process.returncode, "".join(lines), stderr.read())


def _stop(container: str) -> None:
    subprocess.run(["docker", "stop", container], check=True, capture_output=True)


def configured(streams: list[Json], sync_mode: str) -> Json:
    """A configured catalog of discovered streams."""
    return {
        "streams": [
            {
                "stream": stream,
                "sync_mode": sync_mode,
                "cursor_field": stream.get("default_cursor_field", []),
                "primary_key": stream["source_defined_primary_key"],
                "destination_sync_mode": "append_dedup" if sync_mode == "incremental" else "overwrite",
            }
            for stream in streams
        ]
    }
