"""Part a: Airbyte's standard tests, as they are, run against the image, and the checks that those run only for connectors in Python.

`acceptance-test-config.yml` says which configuration runs which command. One of the tests compares the spec with the one published in
Airbyte's registry: it skips itself where that cannot be reached, and as long as nothing is published.
"""

from typing import Any

import yaml
from airbyte_cdk.models import (
    AirbyteCatalog,
    AirbyteMessageSerializer,
    ConfiguredAirbyteCatalog,
    ConfiguredAirbyteStream,
    ConnectorSpecification,
    DestinationSyncMode,
    SyncMode,
)
from airbyte_cdk.test.entrypoint_wrapper import EntrypointOutput
from airbyte_cdk.test.standard_tests._catalog_checks import CATALOG_CHECKS, find_catalog_problems
from airbyte_cdk.test.standard_tests._read_assertions import assert_read_records
from airbyte_cdk.test.standard_tests._spec_lint import assert_no_secrets_in_output
from airbyte_cdk.test.standard_tests.docker_base import DockerConnectorTestSuite
from boltons.typeutils import classproperty

from connector import ROOT, Run
from sandbox import STREAMS


# Its predecessor, whose configuration the file is (acceptance/suite.py), must have these; this suite refuses them, since it does not read them.
ONLY_OF_THE_PREDECESSOR = {"expect_records", "spec_path", "future_state"}


class TestStandard(DockerConnectorTestSuite):
    """All tests of Airbyte's suite for images."""

    @classproperty
    def acceptance_test_config(cls) -> Any:
        config = yaml.safe_load((ROOT / "acceptance-test-config.yml").read_text())
        for part in config["acceptance_tests"].values():
            for test in part["tests"]:
                for name in ONLY_OF_THE_PREDECESSOR & test.keys():
                    del test[name]
        return config


def test_catalog_passes_airbytes_checks(discover: Run) -> None:
    """All of them, those too that Airbyte only warns about."""
    assert len(CATALOG_CHECKS) >= 11
    assert find_catalog_problems(_catalog(discover)) == {}


def test_records_pass_airbytes_checks(discover: Run, first_read: Run) -> None:
    """Every stream that was read returns records, and each is valid against the schema that discover reported."""
    streams = [
        ConfiguredAirbyteStream(stream, SyncMode.incremental, DestinationSyncMode.append_dedup)
        for stream in _catalog(discover).streams
        if stream.name in STREAMS
    ]
    assert len(streams) == len(STREAMS)
    assert_read_records(
        records=_output(first_read).records_iterator,
        configured_catalog=ConfiguredAirbyteCatalog(streams),
        require_records_per_stream=True,
        validate_schema=True,
    )


def test_read_passes_airbytes_leak_check(spec: Run, first_read: Run, config: dict) -> None:
    assert_no_secrets_in_output(
        _output(first_read),
        spec=ConnectorSpecification(**spec.of("SPEC")[0]),
        config=config,
        verb="read",
        connector_name="source-kustomer",
    )


def _catalog(discover: Run) -> AirbyteCatalog:
    return AirbyteMessageSerializer.load({"type": "CATALOG", "catalog": discover.of("CATALOG")[0]}).catalog


def _output(run: Run) -> EntrypointOutput:
    return EntrypointOutput(messages=run.stdout.rstrip("\n").split("\n"), stderr=run.stderr)
