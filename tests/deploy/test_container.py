"""The image and what runs beside it, as far as can be read without building them."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.tools import DEPLOY, ROOT

DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
PACKAGES = ("bot", "intents", "knowledge", "storage")
LEFT_OUT = re.compile(r"\.py[ci]$|\.example$|\.md$|/__pycache__/")


def instructions() -> list[tuple[str, str]]:
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"(?m)^#.*\n", "", DOCKERFILE))
    lines = [line for line in joined.splitlines() if line.strip()]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def last_stage() -> list[tuple[str, str]]:
    found = instructions()
    last = max(place for place, (word, _) in enumerate(found) if word == "FROM")
    return found[last:]


def argument(word: str) -> str:
    [rest] = [rest for found, rest in last_stage() if found == word]
    return rest


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return read


def test_every_instruction_is_one_that_docker_knows() -> None:
    known = "FROM RUN COPY ENV WORKDIR VOLUME USER EXPOSE STOPSIGNAL HEALTHCHECK ENTRYPOINT CMD"
    assert {word for word, _ in instructions()} <= set(known.split())


def test_what_is_installed_is_locked_by_hash_and_built_apart() -> None:
    installs = [rest for word, rest in instructions() if "pip install" in rest]
    assert len([line for line in installs if "--require-hashes" in line]) == 1
    assert all("--no-deps" in line for line in installs)
    assert not [rest for word, rest in last_stage() if "pip" in rest]


def test_it_runs_as_somebody_who_is_not_root_and_says_how_it_is() -> None:
    assert argument("USER") == "zhixing"
    assert "/healthz" in argument("HEALTHCHECK")
    assert argument("ENTRYPOINT") == '["zhixing"]'
    assert argument("CMD") == '["serve"]'


def test_what_is_copied_is_there_and_nothing_else_is_sent_along() -> None:
    copied = [
        source
        for word, rest in instructions()
        if word == "COPY" and "--from" not in rest
        for source in shlex.split(rest)[:-1]
    ]
    ignore = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignore
    allowed = {line[1:] for line in ignore if line.startswith("!")}
    assert set(copied) == allowed
    assert all((ROOT / name).exists() for name in allowed)


def test_the_installed_program_has_every_file_that_the_source_has(tmp_path: Path) -> None:
    """An image holds the built package alone: a file that it lacks is missed by users first."""
    tracked = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", *PACKAGES, "pyproject.toml"]
    listed = subprocess.run(tracked, capture_output=True, check=True).stdout.decode().split("\0")
    source = tmp_path / "source"
    for name in [*filter(None, listed), "README.md"]:
        if (ROOT / name).exists():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    build += ["--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(source)]
    subprocess.run(build, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {name for name in listed if name.startswith(tuple(f"{p}/" for p in PACKAGES))}
    missing = {name for name in wanted - held if not LEFT_OUT.search(name)}
    assert not {name for name in missing if (ROOT / name).exists()}


@pytest.mark.parametrize("name", ["zhixing", "nginx"])
def test_a_service_that_faces_the_world_can_write_nowhere_but_where_it_must(
    compose: dict[str, Any], name: str
) -> None:
    service = compose["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["mem_limit"]


def test_nothing_is_reached_from_outside_but_http(compose: dict[str, Any]) -> None:
    ports = [port for one in compose["services"].values() for port in one.get("ports", [])]
    assert ports == ["80:80", "443:443"]


def test_no_secret_is_written_down_and_each_must_be_given(compose: dict[str, Any]) -> None:
    given = [
        value
        for one in compose["services"].values()
        for name, value in one.get("environment", {}).items()
        if re.search("PASSWORD|KEY|DATABASE", name)
    ]
    assert given
    assert all(re.search(r"\$\{[A-Z_]+:\?", value) for value in given)


def test_every_volume_and_file_that_is_named_is_there(compose: dict[str, Any]) -> None:
    mounts = [m for one in compose["services"].values() for m in one.get("volumes", [])]
    sources = {mount.split(":")[0] for mount in mounts}
    named = {source for source in sources if not source.startswith(".")}
    assert named == set(compose["volumes"])
    made = {"./zhixing.toml", "./tls"}  # by the admin, as the first lines of the file say
    for source in sources - named - made:
        assert (DEPLOY / source).exists()
    for source in made:
        assert (
            source.removeprefix("./") in (DEPLOY / "compose.yaml").read_text().partition("name")[0]
        )
