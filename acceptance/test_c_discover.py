"""Part c: the rules for discover."""

from connector import METADATA, Json, Run
from sandbox import STREAMS
from test_c_spec import nodes

# https://docs.airbyte.com/understanding-airbyte/supported-data-types, as (type, format, airbyte_type) without null.
DATA_TYPES = {
    ("string", None, None),
    ("boolean", None, None),
    ("string", "date", None),
    ("string", "date-time", None),
    ("string", "date-time", "timestamp_with_timezone"),
    ("string", "date-time", "timestamp_without_timezone"),
    ("integer", None, None),
    ("number", None, "integer"),
    ("number", None, None),
    ("array", None, None),
    ("object", None, None),
}
# What has no cursor in Kustomer can only be read whole; what has another cursor than updated_at.
WHOLE = {
    *("custom_attributes", "sla_versions", "slas"),
    *("holidays", "outbound_accounts", "routing_statuses", "shortcut_categories", "snoozes"),
}
CURSORS = {
    **dict.fromkeys(("attachments", "conversation_events", "satisfaction_responses"), "conversation_updated_at"),
    "customer_merges": "customer_updated_at",
    "audit_logs": "created_at",
    "conversation_times": "created_at",
}
OTHERS = {
    *("brands", "klasses", "role_groups", "schedules", "queues", "ai_automations", "satisfaction_surveys"),
    *("spam_senders", "cards", "kb_articles", "kb_categories", "companies", "work_items", "work_sessions"),
}
NAMES = {*STREAMS, *WHOLE, *CURSORS, *OTHERS}


def columns(discovered: list[Json]):
    """Every column, at every depth, with the path to it."""
    for stream in discovered:
        for path, node in nodes(stream["json_schema"], stream["name"]):
            parent = path.rsplit("/", 2)
            if parent[-1] == "items" or (len(parent) > 1 and parent[-2] == "properties"):
                yield path, node


def test_one_catalog_with_all_streams(discover: Run, discovered: list[Json]) -> None:
    assert discover.exit_code == 0
    assert [message["type"] for message in discover.messages if message["type"] != "LOG"] == ["CATALOG"]
    names = [stream["name"] for stream in discovered]
    assert len(names) == len(set(names))
    # And one for each klass of the sandbox.
    assert {name for name in names if not name.startswith("kobject_")} == NAMES


def test_streams_are_declared_alike(discovered: list[Json]) -> None:
    for stream in discovered:
        name = stream["name"]
        assert stream["is_resumable"] is True and stream["source_defined_primary_key"] == [["id"]], name
        if name in WHOLE:
            assert stream["supported_sync_modes"] == ["full_refresh"] and "default_cursor_field" not in stream, name
            continue
        assert stream["supported_sync_modes"] == ["full_refresh", "incremental"], name
        assert stream["source_defined_cursor"] is True
        cursor = CURSORS.get(name, "updated_at")
        assert stream["default_cursor_field"] == [cursor], name


def test_keys_and_cursors_exist_and_are_scalar(discovered: list[Json]) -> None:
    for stream in discovered:
        properties = stream["json_schema"]["properties"]
        for path in [stream.get("default_cursor_field", ["id"]), *stream["source_defined_primary_key"]]:
            assert not {"object", "array"} & set(properties[path[0]]["type"]), stream["name"]


def test_no_keyword_that_destinations_cannot_show(discovered: list[Json]) -> None:
    for stream in discovered:
        found = [path for path, node in nodes(stream["json_schema"]) if {"$ref", "allOf", "not"} & node.keys()]
        assert found == [], stream["name"]


def test_additional_properties_are_allowed(discovered: list[Json]) -> None:
    for stream in discovered:
        found = [path for path, node in nodes(stream["json_schema"]) if node.get("additionalProperties", True) is not True]
        assert found == [], stream["name"]


def test_only_airbytes_data_types(discovered: list[Json], tell) -> None:
    checked = 0
    for path, node in columns(discovered):
        declared = node["type"] if isinstance(node["type"], list) else [node["type"]]
        types = [one for one in declared if one != "null"]
        assert len(types) == 1, path
        assert (types[0], node.get("format"), node.get("airbyte_type")) in DATA_TYPES, path
        checked += 1
    tell(f"columns in the catalog: {checked}")
    assert checked > 200


def test_suggested_streams_are_there(discovered: list[Json]) -> None:
    assert set(METADATA["suggestedStreams"]["streams"]) <= {stream["name"] for stream in discovered}
