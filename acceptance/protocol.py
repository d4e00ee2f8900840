"""Reads the connector's output with Airbyte's own protocol models, more strictly than Airbyte's tools do.

Those tools take a line that is not a message for a log line, and ignore members they do not know. Here both are errors.
"""

from typing import Any

import orjson
from airbyte_cdk.models import AirbyteMessageSerializer
from airbyte_protocol.models import AirbyteMessage, AirbyteStateBlob
from pydantic import BaseModel


def parse(line: str) -> dict[str, Any]:
    """The message in a line, as plain JSON.

    Raises:
        ValueError: If either of Airbyte's two sets of models (that of the CDK, and that of PyAirbyte) cannot read the line, or does not
            know a member of it.
    """
    try:
        message = orjson.loads(line)
        AirbyteMessageSerializer.load(message)
        unknown = list(_unknown_members(AirbyteMessage.model_validate_json(line)))
    except Exception as error:
        raise ValueError(f"{type(error).__name__} in {line[:300]}: {error}") from error
    if unknown:
        raise ValueError(f"the protocol does not know {unknown} in {line[:300]}")
    return message


def _unknown_members(value: Any, path: str = ""):
    """The protocol's models keep what they do not declare as extra members. Only a state is free to hold anything."""
    if isinstance(value, list):
        for item in value:
            yield from _unknown_members(item, path)
    elif isinstance(value, BaseModel) and not isinstance(value, AirbyteStateBlob):
        yield from (f"{path}.{name}" for name in value.model_extra or {})
        for name in type(value).model_fields:
            yield from _unknown_members(getattr(value, name), f"{path}.{name}")
