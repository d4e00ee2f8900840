"""Kustomer to a DuckDB file with PyAirbyte: a table per stream. Started again, it reads what has changed since.

Needs: `pip install airbyte`, `npm run setup`, and a Kustomer: `npm run sandbox -- --port 4010` in another terminal, or your own in the configuration.
Run:   python examples/pyairbyte_duckdb.py examples/config.json

With the image instead of bin/source-kustomer: docker_image="source-kustomer:dev", use_host_network=True.
"""

import json
import sys
from pathlib import Path

import airbyte as ab
from airbyte.caches import DuckDBCache

source = ab.get_source("source-kustomer", config=json.loads(Path(sys.argv[1]).read_text()), local_executable="bin/source-kustomer")
source.check()
source.select_streams(["conversations", "customers", "users"])
result = source.read(DuckDBCache(db_path="out/kustomer.duckdb"))
for name, dataset in result.streams.items():
    print(name, len(dataset))
