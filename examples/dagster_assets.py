"""Kustomer as assets of Dagster: a table per stream in a DuckDB file, loaded by PyAirbyte, by hand or every hour.

Needs: `pip install airbyte dagster`, `npm run setup`, and a Kustomer: `npm run sandbox -- --port 4010` in another terminal, or your own in the
       configuration that KUSTOMER_CONFIG names.
Run:   KUSTOMER_CONFIG=examples/config.json dagster asset materialize --select "*" -f examples/dagster_assets.py

`dagster dev -f examples/dagster_assets.py` (with `pip install dagster-webserver`) shows the assets, and runs the schedule once it is switched on.
"""

import json
import os
from pathlib import Path

import airbyte as ab
import dagster as dg
from airbyte.caches import DuckDBCache

STREAMS = ["conversations", "customers", "users"]


# One sync at a time: two would write to the same file, and share one quota.
@dg.multi_asset(specs=[dg.AssetSpec(stream, group_name="kustomer") for stream in STREAMS], pool="kustomer")
def kustomer():
    """All streams in one sync, since they share a quota: what has changed since the last one."""
    config = json.loads(Path(os.environ["KUSTOMER_CONFIG"]).read_text())
    source = ab.get_source("source-kustomer", config=config, local_executable="bin/source-kustomer")
    source.check()
    source.select_streams(STREAMS)
    result = source.read(DuckDBCache(db_path="out/dagster.duckdb"))
    for stream in STREAMS:
        yield dg.MaterializeResult(asset_key=stream, metadata={"rows": len(result[stream])})


hourly = dg.ScheduleDefinition(name="kustomer_hourly", target=[kustomer], cron_schedule="0 * * * *")
defs = dg.Definitions(assets=[kustomer], schedules=[hourly])
