"""A PostgreSQL to load into: starts a server of its own from what Debian's package `postgresql` installs."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import URL

USER, PASSWORD, DATABASE = "postgres", "acceptance", "postgres"


class Postgres:
    """A server with an empty database, on a free port of 127.0.0.1. Ends with `stop()`.

    `url` is for SQLAlchemy's `create_engine`; its parts (`url.host`, `url.port`, …) are what PyAirbyte's PostgresCache wants.
    """

    def __init__(self) -> None:
        self._programs = _programs()
        self._home = Path(tempfile.mkdtemp(prefix="acceptance-postgres-"))
        # The server refuses to run as root.
        self._user = USER if os.geteuid() == 0 else None
        if self._user:
            os.chown(self._home, pwd.getpwnam(self._user).pw_uid, -1)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = URL.create("postgresql+psycopg2", USER, PASSWORD, "127.0.0.1", port, DATABASE)
        password = self._home / "password"
        password.write_text(PASSWORD)
        self._run("initdb", "--username", USER, "--auth", "scram-sha-256", "--pwfile", str(password), "--encoding", "UTF8", "--no-sync")
        # Nothing has to outlive a power cut here.
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._home} -c fsync=off"
        self._run("pg_ctl", "--wait", "--log", str(self._home / "log"), "--options", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "--mode", "immediate", "stop")
        shutil.rmtree(self._home)

    def _run(self, program: str, *arguments: str) -> None:
        command = [self._programs / program, "--pgdata", self._home / "data", *arguments]
        # Not a pipe: the server would hold it open.
        with tempfile.TemporaryFile("w+") as output:
            status = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, user=self._user, cwd="/").returncode
            output.seek(0)
            assert status == 0, f"{program} failed:\n{output.read()}"


def _programs() -> Path:
    """The folder of the newest installed server's programs, which Debian does not put on PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not versions and not on_path:
        pytest.fail("no PostgreSQL server: install Debian's package `postgresql`, which acceptance/run.sh does where it may", pytrace=False)
    return versions[-1].parent if versions else Path(on_path).parent
