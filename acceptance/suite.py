"""The configuration of Airbyte's acceptance suite (CAT) 3.7.0, as that reads `acceptance-test-config.yml`.

The suite is in no package registry, and wants an engine of its own from one that is not reached from everywhere. Its members and rules are
facts of airbytehq/airbyte, airbyte-integrations/bases/connector-acceptance-test: config.py, conftest.py and plugin.py.
"""

from pathlib import Path
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

Tests = TypeVar("Tests")
Version = Annotated[str, Field(pattern=r"^\d+(\.\d+)*|latest$")]


class Model(BaseModel):
    """A member that is not known is an error."""

    model_config = ConfigDict(extra="forbid")


class Excused(Model):
    """A stream or field that a test leaves out, and why."""

    name: str
    bypass_reason: str | None = None


class Bypass(Model):
    bypass_reason: str | None = None


class Command(Model):
    """What all tests have."""

    config_path: Path = Path("secrets/config.json")
    timeout_seconds: int | None = Field(default=None, ge=0)
    deployment_mode: Literal["cloud", "oss"] | None = None


class BackwardCompatibility(Model):
    previous_connector_version: Version = "latest"
    disable_for_version: Version | None = None


class Spec(Command):
    spec_path: Path = Path("secrets/spec.json")
    backward_compatibility_tests_config: BackwardCompatibility = BackwardCompatibility()


class Connection(Command):
    status: Literal["succeed", "failed", "exception"] = "succeed"


class Discovery(Command):
    backward_compatibility_tests_config: BackwardCompatibility = BackwardCompatibility()
    validate_primary_keys_data_type: bool = True


class ExpectedRecords(Bypass):
    path: Path | None = None
    exact_order: bool = False

    @model_validator(mode="after")
    def path_or_reason(self) -> "ExpectedRecords":
        assert (self.path is None) != (self.bypass_reason is None), "expect_records has either a path or a bypass_reason"
        return self


class BasicRead(Command):
    configured_catalog_path: Path | None = None
    empty_streams: list[Excused] = []
    expect_records: ExpectedRecords | None = None
    validate_schema: bool = True
    validate_stream_statuses: bool | None = None
    validate_state_messages: bool = True
    validate_primary_keys_data_type: bool = True
    fail_on_extra_columns: bool = True
    validate_data_points: bool = False
    expect_trace_message_on_failure: bool = True


class FullRefresh(Command):
    configured_catalog_path: Path | None = None
    ignored_fields: dict[str, list[Excused]] = {}


class FutureState(Bypass):
    future_state_path: Path | None = None
    missing_streams: list[Excused] = []


class Incremental(Command):
    configured_catalog_path: Path | None = None
    future_state: FutureState | None = None
    skip_comprehensive_incremental_tests: bool = False


class Attributes(Command):
    streams_without_primary_key: list[Excused] = []
    allowed_hosts: Bypass | None = None
    suggested_streams: Bypass | None = None


class Part(Bypass, Generic[Tests]):
    tests: list[Tests] | None = None

    @model_validator(mode="after")
    def tests_or_reason(self) -> "Part[Tests]":
        assert bool(self.tests) != bool(self.bypass_reason), "a part has either tests or a bypass_reason"
        return self


class Parts(Model):
    """At strictness high, none of the first six may be missing."""

    spec: Part[Spec]
    connection: Part[Connection]
    discovery: Part[Discovery]
    basic_read: Part[BasicRead]
    full_refresh: Part[FullRefresh]
    incremental: Part[Incremental]
    connector_attributes: Part[Attributes] | None = None


class SuiteConfig(Model):
    connector_image: str
    base_path: Path | None = None
    test_strictness_level: Literal["high"]
    custom_environment_variables: dict[str, str] = {}
    acceptance_tests: Parts

    @model_validator(mode="after")
    def rules_of_strictness_high(self) -> "SuiteConfig":
        parts = self.acceptance_tests
        for test in parts.basic_read.tests or []:
            assert test.configured_catalog_path is None, "basic_read reads what is discovered: it may not have a catalog"
            assert test.validate_schema, "basic_read validates the schema"
            assert test.expect_records, "basic_read has expect_records"
            _all_have_reasons(test.empty_streams)
        for test in parts.full_refresh.tests or []:
            _all_have_reasons([field for fields in test.ignored_fields.values() for field in fields])
        for test in parts.incremental.tests or []:
            assert test.future_state, "incremental has a future_state"
            assert test.future_state.future_state_path or test.future_state.bypass_reason, "future_state has a path or a bypass_reason"
            _all_have_reasons(test.future_state.missing_streams)
        return self


def _all_have_reasons(excused: list[Excused]) -> None:
    for one in excused:
        assert one.bypass_reason, f"{one.name} has no bypass_reason"
