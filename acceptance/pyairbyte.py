"""PyAirbyte, Airbyte's own Python library, which reads the image into databases. It looks at the environment when it is first imported:
have its caches from here.
"""

import os

from connector import IMAGE, OUT, Json
from sandbox import Sandbox

HOME = OUT / "pyairbyte"
HOME.mkdir(parents=True, exist_ok=True)
# No look-up in Airbyte's registry (nothing is published there yet), no usage statistics, no files elsewhere.
os.environ.update(AIRBYTE_OFFLINE_MODE="1", DO_NOT_TRACK="1", AIRBYTE_PROJECT_DIR=str(HOME), NO_LIVE_PROGRESS="1")
os.environ["AIRBYTE_LOGGING_ROOT"] = str(HOME / "logs")

import airbyte as ab  # noqa: E402
from airbyte.caches import DuckDBCache, PostgresCache  # noqa: E402

__all__ = ["HOME", "DuckDBCache", "PostgresCache", "source"]


def source(sandbox: Sandbox, streams: list[str]) -> ab.Source:
    """The image as a source that has been checked, and reads these streams."""
    found = ab.get_source("source-kustomer", config=sandbox.config(), docker_image=IMAGE, use_host_network=True)
    found.check()
    found.select_streams(streams)
    return found
