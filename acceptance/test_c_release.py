"""Part c: the image goes through a registry unharmed, and a plain build gives the same labels: what a release does, as far as one machine can."""

import contextlib
import json
import shutil
import socket
import subprocess
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from connector import IMAGE, METADATA, ROOT, Json

REPOSITORY, VERSION = METADATA["dockerRepository"], METADATA["dockerImageTag"]
PATIENCE_SECONDS = 30
CONFIG = """
version: 0.1
storage: {{filesystem: {{rootdirectory: {root}}}, delete: {{enabled: true}}}}
http: {{addr: "127.0.0.1:{port}"}}
"""


def docker(*arguments: str) -> str:
    return subprocess.run(["docker", *arguments], check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory):
    """The address of an empty registry on this machine: Debian's docker-registry, or the image of the same program where that is not installed."""
    program = shutil.which("docker-registry")
    if program is None:
        container = docker("run", "--detach", "--rm", "--publish", "127.0.0.1:0:5000", "registry:2")
        yield docker("port", container, "5000").splitlines()[0]
        docker("stop", container)
        return
    folder: Path = tmp_path_factory.mktemp("registry")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    (folder / "config.yml").write_text(CONFIG.format(root=folder, port=address.split(":")[1]))
    with subprocess.Popen([program, "serve", folder / "config.yml"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _wait_for(address)
        yield address
        process.terminate()


def _wait_for(address: str) -> None:
    for _ in range(PATIENCE_SECONDS * 10):
        with contextlib.suppress(URLError):
            urlopen(f"http://{address}/v2/", timeout=1).close()
            return
        time.sleep(0.1)
    raise TimeoutError(f"no registry answers at {address}")


def labels(image: str) -> Json:
    return json.loads(docker("image", "inspect", image))[0]["Config"]["Labels"]


def test_image_is_pushed_and_pulled_as_it_is(registry: str, tell) -> None:
    name = f"{registry}/owner/{REPOSITORY}:{VERSION}"
    docker("tag", IMAGE, name)
    try:
        docker("push", "--quiet", name)
        (pushed,) = [digest for digest in json.loads(docker("image", "inspect", name))[0]["RepoDigests"] if digest.startswith(registry)]
        docker("rmi", name)
        docker("pull", "--quiet", pushed)
        docker("pull", "--quiet", name)
        assert docker("image", "inspect", "--format", "{{.Id}}", name) == docker("image", "inspect", "--format", "{{.Id}}", IMAGE)
        said = json.loads(docker("run", "--rm", name, "spec").splitlines()[-1])
        assert said["spec"] == json.loads((ROOT / "resources" / "spec.json").read_text())
        tell(f"pushed to and pulled from a registry: {pushed.split('/', 1)[1]}")
    finally:
        subprocess.run(["docker", "rmi", "--no-prune", name, f"{name.rsplit(':', 1)[0]}@{pushed.split('@')[1]}"], capture_output=True)


def test_plain_build_gives_the_same_image() -> None:
    """Without arguments: only the revision is not known."""
    image = docker("build", "--quiet", str(ROOT))
    plain, ours = labels(image), labels(IMAGE)
    assert plain | {"org.opencontainers.image.revision": ours["org.opencontainers.image.revision"]} == ours
    assert plain["io.airbyte.name"] == REPOSITORY and plain["io.airbyte.version"] == VERSION
