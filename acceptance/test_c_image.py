"""Part c: the rules for the image, which are asked of the engine that built it."""

import json
import os
import subprocess

import pytest

from connector import IMAGE, METADATA, Json

BASE = os.environ["BASE_IMAGE"]
MEGABYTE = 1_000_000


def docker(*arguments: str) -> str:
    return subprocess.run(["docker", *arguments], check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def image() -> Json:
    return json.loads(docker("image", "inspect", IMAGE))[0]


def in_image(script: str, *options: str) -> str:
    """What a script of Node prints inside the image, under the options of acceptance/shim/docker."""
    return docker("run", "--rm", *options, "--entrypoint", "node", IMAGE, "-e", script).strip()


def test_labels_are_those_of_the_metadata(image: Json) -> None:
    labels = image["Config"]["Labels"]
    assert labels["io.airbyte.name"] == METADATA["dockerRepository"]
    assert labels["io.airbyte.version"] == METADATA["dockerImageTag"]
    assert labels["org.opencontainers.image.version"] == METADATA["dockerImageTag"]
    assert labels["org.opencontainers.image.licenses"] == METADATA["license"]


def test_entrypoint_is_the_one_that_airbyte_starts(image: Json) -> None:
    environment = dict(pair.split("=", 1) for pair in image["Config"]["Env"])
    assert environment["AIRBYTE_ENTRYPOINT"] == " ".join(image["Config"]["Entrypoint"])
    assert not image["Config"]["Cmd"]


def test_runs_as_a_user_without_rights(image: Json) -> None:
    assert image["Config"]["User"] == "1000:1000"
    assert in_image("console.log(process.getuid(), process.getgid())") == "1000 1000"


def test_our_layers_are_small(image: Json, tell) -> None:
    base = json.loads(docker("image", "inspect", BASE))[0]
    assert image["RootFS"]["Layers"][: len(base["RootFS"]["Layers"])] == base["RootFS"]["Layers"]
    ours = image["Size"] - base["Size"]
    tell(f"layers of our own: {ours / MEGABYTE:.1f} MB")
    assert 0 < ours < 15 * MEGABYTE


def test_holds_the_program_and_nothing_to_build_with() -> None:
    listing = """
      const {readdirSync, existsSync} = require('fs');
      const files = readdirSync('/airbyte', {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile());
      const tools = process.env.PATH.split(':').flatMap((path) => ['npm', 'npx', 'yarn', 'corepack', 'gcc', 'make', 'python3', 'git', 'curl']
        .map((tool) => path + '/' + tool)).filter(existsSync);
      const modules = ['/usr/local/lib/node_modules', '/usr/local/include/node'].filter(existsSync);
      console.log(JSON.stringify({files: files.map((file) => file.name).sort(), tools, modules}));
    """
    assert json.loads(in_image(listing)) == {
        "files": ["LICENSE", "NOTICES.txt", "metadata.yaml", "source-kustomer", "source-kustomer.js"],
        "tools": [],
        "modules": [],
    }


@pytest.mark.parametrize("limit", [256, 1024])
def test_heap_respects_the_memory_limit(limit: int) -> None:
    heap = int(in_image("console.log(require('v8').getHeapStatistics().heap_size_limit >> 20)", "--memory", f"{limit}m"))
    assert limit / 2 < heap < limit * 0.75

