"""Kustomer to PostgreSQL with PyAirbyte: a table per stream in the schema `kustomer`. Started again, it reads what has changed since.

Needs: what pyairbyte_duckdb.py does, and a PostgreSQL that PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE name, such as that of
       `docker run --rm -d -p 5432:5432 -e POSTGRES_PASSWORD=$PGPASSWORD postgres`.
Run:   python examples/pyairbyte_postgres.py examples/config.json
"""

import json
import os
import sys
from pathlib import Path

import airbyte as ab
from airbyte.caches import PostgresCache

server = {"host": os.environ["PGHOST"], "port": int(os.environ["PGPORT"]), "database": os.environ["PGDATABASE"]}
login = {"username": os.environ["PGUSER"], "password": os.environ["PGPASSWORD"]}
source = ab.get_source("source-kustomer", config=json.loads(Path(sys.argv[1]).read_text()), local_executable="bin/source-kustomer")
source.check()
source.select_streams(["conversations", "customers", "users"])
result = source.read(PostgresCache(**server, **login, schema_name="kustomer"))
for name, dataset in result.streams.items():
    print(name, len(dataset))
