"""Part c: the rules of the acceptance suite for the spec, at strictness high."""

from typing import Any, Iterator

import jsonschema

from connector import METADATA, Json, Run

DATE_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2}))?$"
SECRET_WORDS = ("token", "secret", "password", "api_key")


def nodes(value: Any, path: str = "") -> Iterator[tuple[str, Json]]:
    """Every object in a JSON value, with its path."""
    if isinstance(value, dict):
        yield path, value
        for name, member in value.items():
            yield from nodes(member, f"{path}/{name}")
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from nodes(member, f"{path}/{index}")


def schema(spec: Run) -> Json:
    return spec.of("SPEC")[0]["connectionSpecification"]


def properties(spec: Run) -> dict[str, Json]:
    found = schema(spec)["properties"]
    assert found
    return found


def test_one_message_and_success(spec: Run) -> None:
    assert spec.exit_code == 0
    assert [message["type"] for message in spec.messages if message["type"] != "LOG"] == ["SPEC"]


def test_is_json_schema(spec: Run) -> None:
    jsonschema.Draft7Validator.check_schema(schema(spec))


def test_good_config_is_valid(spec: Run, config: Json) -> None:
    jsonschema.validate(config, schema(spec))


def test_documentation_url(spec: Run) -> None:
    assert spec.of("SPEC")[0]["documentationUrl"] == METADATA["documentationUrl"]


def test_additional_properties_are_allowed(spec: Run) -> None:
    assert [path for path, node in nodes(schema(spec)) if node.get("additionalProperties", True) is not True] == []


def test_no_keyword_that_the_form_cannot_show(spec: Run) -> None:
    forbidden = {"$ref", "anyOf", "allOf", "not", "if", "then", "else"}
    assert [path for path, node in nodes(schema(spec)) if forbidden & node.keys()] == []


def test_secrets_are_marked(spec: Run) -> None:
    marked = {name for name, node in properties(spec).items() if node.get("airbyte_secret") is True}
    named = {name for name in properties(spec) if any(word in name for word in SECRET_WORDS)}
    assert marked == named == {"api_token"}


def test_dates_have_format_and_pattern(spec: Run) -> None:
    dates = {name: node for name, node in properties(spec).items() if name.endswith("_date")}
    assert dates.keys() == {"start_date", "end_date"}
    for name, node in dates.items():
        assert (name, node.get("format"), node.get("pattern")) == (name, "date-time", DATE_PATTERN)


def test_each_property_has_one_type(spec: Run) -> None:
    for name, node in properties(spec).items():
        declared = node["type"] if isinstance(node["type"], list) else [node["type"]]
        assert len([one for one in declared if one != "null"]) == 1, name


def test_each_property_is_explained_and_in_order(spec: Run) -> None:
    groups = {group["id"] for group in schema(spec)["groups"]}
    for name, node in properties(spec).items():
        assert node["title"] and node["description"], name
        assert node["group"] in groups, name
        assert ("pattern" in node) == ("pattern_descriptor" in node), name
    orders = [node["order"] for node in properties(spec).values()]
    assert len(set(orders)) == len(orders)


def test_required_lists_only_what_is_required(spec: Run) -> None:
    assert set(schema(spec)["required"]) == {"api_token", "start_date"}
    assert [name for name in schema(spec)["required"] if "default" in properties(spec)[name]] == []


def test_defaults_and_examples_are_valid(spec: Run) -> None:
    for node in properties(spec).values():
        for value in [node[key] for key in ["default"] if key in node] + node.get("examples", []):
            jsonschema.validate(value, node)
