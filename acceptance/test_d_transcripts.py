"""Last: what every command of all parts wrote, those that Airbyte's own tools ran as well, from the records of acceptance/shim/docker."""

from collections import Counter
from pathlib import Path

from connector import IMAGE, OUT
from protocol import parse
from sandbox import EXPIRED_TOKEN, TOKEN

COMMANDS = {"spec", "check", "discover", "read"}
TOKENS = (TOKEN, EXPIRED_TOKEN, "not-a-token-4711", "wrong-token-0815")


def transcripts() -> list[Path]:
    """The commands of the connector that were run, without their suffixes."""
    found = []
    for path in sorted((OUT / "transcripts").glob("*.command")):
        arguments = path.read_text().splitlines()
        if "--entrypoint" not in arguments and IMAGE in arguments and COMMANDS & set(arguments):
            found.append(path.with_suffix(""))
    return found


def text(transcript: Path, suffix: str) -> str:
    return transcript.with_suffix(suffix).read_text()


def test_every_line_of_every_command_is_a_known_message(tell) -> None:
    ran, types = Counter(), Counter()
    for transcript in transcripts():
        ran[(set(text(transcript, ".command").splitlines()) & COMMANDS).pop()] += 1
        for line in text(transcript, ".stdout").split("\n"):
            if line:
                types[parse(line)["type"]] += 1
    tell(f"commands: {dict(ran)}; messages: {dict(types)}")
    assert ran.keys() == COMMANDS
    assert types.keys() >= {"SPEC", "CONNECTION_STATUS", "CATALOG", "RECORD", "STATE", "TRACE"}


def test_no_secret_in_any_output() -> None:
    looked_at = 0
    for transcript in transcripts():
        output = text(transcript, ".stdout") + text(transcript, ".stderr")
        assert [token for token in TOKENS if token in output] == [], transcript
        assert "authorization" not in text(transcript, ".stderr").lower()
        looked_at += len(output)
    assert looked_at > 1_000_000
