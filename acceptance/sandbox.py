"""A Kustomer to try the connector against: starts dist/sandbox.js, and asks it what is true."""

import json
import subprocess
import time
from functools import cache
from typing import Callable
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from connector import ROOT, Json

STREAMS = ("conversations", "customers", "kobjects", "messages", "notes", "shortcuts", "tags", "teams", "users")
# With digits: Airbyte's leak check does not look for secrets that might be words (airbyte_cdk/test/standard_tests/_spec_lint.py).
TOKEN, EXPIRED_TOKEN = "sandbox-token-4f7e6456", "sandbox-token-89f9e218"


class Sandbox:
    """A server of its own, with a world of its own. Ends with `stop()`."""

    def __init__(self, **options: object) -> None:
        """Makes up `size` records by `seed`; `now` ends their history, and the resources of `load` (JSON Lines) are served as well."""
        command = ["node", "dist/sandbox.js", *(text for name, value in options.items() for text in (f"--{name}", str(value)))]
        # The limits are not what these tests are about. They differ, since a client may take two equal ones for one.
        command += ["--requests-per-minute", "1000000", "--searches-per-minute", "900000"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.url = json.loads(self._process.stdout.readline())["url"]
        tokens = [{"token": TOKEN, "roles": ["org"]}, {"token": EXPIRED_TOKEN, "roles": ["org"], "expired": True}]
        self.adjust(tokens=tokens)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)

    def adjust(self, **settings: object) -> None:
        """Changes settings of sandbox/settings.ts."""
        self._ask("POST", "/sandbox/settings", settings)

    def config(self) -> Json:
        """A configuration that reads everything."""
        return {"api_token": TOKEN, "start_date": "2015-01-01T00:00:00Z", "base_url": self.url}

    def truth(self, stream: str) -> dict[str, Json]:
        """All rows of a stream, by id; times are in epoch ms."""
        rows = self._ask("GET", f"/sandbox/truth?{urlencode({'object': stream})}")
        return {row["id"]: row for row in rows}

    def change(self, updates: int, deletes: int, inserts: int) -> dict[str, set[str]]:
        """Changes rows here and there, some in every stream. Returns their ids by stream."""
        changed: dict[str, set[str]] = {stream: set() for stream in STREAMS}
        for row in self._ask("POST", "/sandbox/change", {"updates": updates, "deletes": deletes, "inserts": inserts}):
            changed[row["object"]].add(row["id"])
        return changed

    @cache
    def resource(self, stream: str) -> list[Json]:
        """Some resources of a listed stream, as the API sends them."""
        headers = {"authorization": f"Bearer {TOKEN}"}
        return self._ask("GET", f"/v1/{stream}?pageSize=100", headers=headers)["data"]

    @cache
    def found(self, context: str) -> list[Json]:
        """Some resources of a searched stream, as the API sends them."""
        headers = {"authorization": f"Bearer {TOKEN}"}
        body = {"and": [], "sort": [{f"{context}_updated_at": "desc"}], "queryContext": context}
        return self._ask("POST", "/v1/customers/search?pageSize=100", body, headers)["data"]

    @cache
    def all_listed(self, path: str) -> list[Json]:
        """All resources of a list, such as `routing/queues`, as the API sends them."""
        headers = {"authorization": f"Bearer {TOKEN}"}
        return self._pages(lambda page: self._ask("GET", f"/v1/{path}?pageSize=100&page={page}", headers=headers))

    @cache
    def all_found(self, context: str) -> list[Json]:
        """All resources of a searched stream, deleted ones too, as the API sends them."""
        headers = {"authorization": f"Bearer {TOKEN}"}
        body = {"and": [], "sort": [{f"{context}_created_at": "asc"}], "includeDeleted": True, "queryContext": context}
        return self._pages(lambda page: self._ask("POST", f"/v1/customers/search?pageSize=500&page={page}", body, headers))

    def _pages(self, ask: Callable[[int], Json]) -> list[Json]:
        resources, page = [], 1
        while data := ask(page)["data"]:
            resources += data
            page += 1
        return resources

    def _ask(self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None):
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.url + path, data, {"content-type": "application/json", **(headers or {})}, method=method)
        with urlopen(request, timeout=30) as response:
            return json.load(response)


def seeded() -> Sandbox:
    """The one whose records integration_tests/expected_records.jsonl holds (scripts/expected.mjs)."""
    given = json.loads((ROOT / "integration_tests" / "sandbox.json").read_text())
    sandbox = Sandbox(**given["options"])
    sandbox.adjust(**given["settings"])
    return sandbox
