"""What `deploy/` says holds: settings and commands exist, files are where they lie, nginx carries a chat.

No container is built here.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import typer
import websockets
import yaml

from server.commands.root import app
from server.settings import NOT_SETTINGS, PREFIX, Settings
from tests.lacking import lacking
from tests.server.conftest import ServerProcess, demo_data, loaded_demo

__all__ = ["demo_data", "loaded_demo"]

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
UNITS = sorted((DEPLOY / "systemd").iterdir())
KNOWN = {PREFIX + name.upper() for name in Settings.model_fields} | NOT_SETTINGS


def name(path: Path) -> str:
    return path.relative_to(DEPLOY).as_posix()


def tool(command: str, package: str) -> str:
    """Return where a program is, or leave the test out."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    found = shutil.which(command, path=path)
    return found or lacking(command, f"{command} is not on this machine: apt-get install {package}")


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_setting_exists(path: Path) -> None:
    assert set(re.findall(rf"\b{PREFIX}[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8"))) <= KNOWN


def test_every_file_is_told_of() -> None:
    page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert [name(path) for path in FILES if f"deploy/{name(path)}" not in page] == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_command_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lists = re.findall(r"\[\"?okienko\"?, ([^\]]+)\]", text)
    said = [one.replace('"', "").replace(",", "") for one in lists]
    said += re.findall(r"^ExecStart=\S+/okienko (.+)$", text, re.MULTILINE)
    commands = getattr(typer.main.get_command(app), "commands", {})
    for line in said:
        word, *arguments = line.split()
        known = {option for parameter in commands[word].params for option in parameter.opts}
        assert {one for one in arguments if one.startswith("--")} <= known
    assert said or path.suffix != ".service"


def test_the_image_is_built_of_what_is_there_and_runs_as_nobody() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    _, workshop, image = text.split("\nFROM ")
    assert re.search(r"^USER okienko$", image, re.MULTILINE)
    assert "install.py" in workshop
    assert "install.py" not in image
    assert (
        len(set(re.findall(r"python:[\w.-]+", text))) == 1
    )  # the environment is copied from one to the other
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower().splitlines()
    pinned = {line.split("==")[0].replace("_", "-") for line in lines}
    removed = set(workshop.split("uninstall --yes")[1].replace("\\", "").split())
    assert {"torch", "sentence-transformers", "transformers"} <= removed <= pinned


_WITHOUT = """
import sys
from importlib.abc import MetaPathFinder
class Removed(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in sys.argv[1].split(","):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Removed())
import server.serving, server.doctor, server.asking, server.keeping, server.upkeep, server.demo.run
from server.commands.root import app
sys.argv = ["okienko", "ask", "ile mam dni na zwrot?"]
app()
"""
MODULES = {"scikit-learn": "sklearn"}


def test_the_image_answers_without_what_is_removed(demo_data: Path) -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").split("\nFROM ")[1]
    removed = text.split("uninstall --yes")[1].replace("\\", "").split()
    modules = ",".join(MODULES.get(one, one.replace("-", "_")) for one in removed)
    clean = {key: value for key, value in os.environ.items() if not key.startswith(PREFIX)}
    ran = subprocess.run(
        [sys.executable, "-c", _WITHOUT, modules],
        cwd=ROOT,
        env=clean | {"OKIENKO_DATA_DIR": str(demo_data)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "14 dni" in ran.stdout


def test_the_services_fit_together() -> None:
    made: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    services = made["services"]
    assert {"okienko-1", "okienko-2", "caddy", "postgres", "redis", "chroma"} <= set(services)
    assert (DEPLOY / services["okienko-1"]["build"]["context"] / "deploy" / "Dockerfile").exists()
    for told in services.values():
        for volume in told.get("volumes", ()):
            here = str(volume).split(":")[0]
            assert here in made["volumes"] or (DEPLOY / here).exists()
        assert set(told.get("depends_on", ())) <= set(services)
    # What is asked of whoever starts it stands in the example.
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+)", text))
    example = (DEPLOY / "env.example").read_text(encoding="utf-8")
    assert asked <= set(re.findall(r"^(\w+)=", example, re.MULTILINE))
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert set(re.findall(r"(okienko-\d):8000", caddy)) == {
        one for one in services if one.startswith("okienko-")
    }
    settings = services["okienko-1"]["environment"]
    assert all(re.search(rf"[@/]{one}:\d", str(settings)) for one in ("postgres", "redis", "chroma"))


@pytest.mark.parametrize("unit", UNITS, ids=name)
def test_systemd_takes_its_units(unit: Path, tmp_path: Path) -> None:
    analyze = tool("systemd-analyze", "systemd")
    for one in UNITS:
        # What it starts must be there to be verified.
        text = one.read_text(encoding="utf-8").replace(
            "/opt/okienko/.venv/bin/okienko", shutil.which("true") or ""
        )
        (tmp_path / one.name).write_text(
            text.replace("User=okienko", "User=root").replace("Group=okienko\n", "")
        )
    ran = subprocess.run(
        [analyze, "verify", "--man=no", str(tmp_path / unit.name)],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in ran.stderr.splitlines() if "okienko" in line]
    assert (ours, ran.returncode) == ([], 0)


def test_caddy_takes_its_file(tmp_path: Path) -> None:
    caddy = tool("caddy", "caddy")
    ran = subprocess.run(
        [caddy, "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")],
        env={**os.environ, "CHAT_DOMAIN": "chat.shop.example", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def free_port() -> int:
    with socket.socket() as kept:
        kept.bind(("127.0.0.1", 0))
        return int(kept.getsockname()[1])


@pytest.fixture
def served(demo_data: Path, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """A demo shop behind nginx with our file; the addresses are other ones, and there is no TLS."""
    nginx = tool("nginx", "nginx")
    server = ServerProcess(demo_data, OKIENKO_TRUSTED_PROXIES="127.0.0.1")
    server.start()
    port = free_port()
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    site = re.sub(r"^ *ssl_.*$|^ *listen \[.*$", "", site, flags=re.MULTILINE)
    site = site.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    site = site.replace("server 127.0.0.1:8000", f"server 127.0.0.1:{server.port}")
    paths = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = tmp_path / "nginx.conf"
    conf.write_text(
        f"daemon off; pid {tmp_path}/nginx.pid; worker_processes 1;\n"
        f"events {{}}\nhttp {{ access_log off; {paths}\n{site}\n}}\n"
    )
    process = subprocess.Popen([nginx, "-e", str(tmp_path / "error.log"), "-c", str(conf)])

    def base() -> str:
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return f"http://127.0.0.1:{port}"
            except OSError:
                assert process.poll() is None, (tmp_path / "error.log").read_text()
                assert time.monotonic() < deadline

    yield base
    process.terminate()
    process.wait(timeout=30)
    server.stop()


async def test_a_chat_goes_through_nginx(served: Callable[[], str]) -> None:
    base = await asyncio.to_thread(served)
    # What a visitor claims of itself is not passed on.
    headers = {"X-Forwarded-For": "203.0.113.9", "Origin": base}
    async with httpx.AsyncClient(base_url=base, timeout=60, headers=headers) as http:
        opened = (await http.post("/v1/session", json={"site_key": "demo", "locale": "pl"})).json()
        own, token = opened["conversation_id"], opened["token"]
        cid = str(uuid4())
        async with websockets.connect(base.replace("http", "ws") + "/v1/chat", origin=base) as chat:  # type: ignore[arg-type]
            await chat.send(
                json.dumps(
                    {
                        "type": "hello",
                        "v": 1,
                        "token": token,
                        "conversation_id": own,
                        "log_epoch": opened["log_epoch"],
                        "since": opened["head"],
                    }
                )
            )
            await chat.send(json.dumps({"type": "send", "cid": cid, "body": "ile mam dni na zwrot?"}))
            seen: list[dict[str, Any]] = []
            while not any(frame.get("cid") == f"r:{cid}" for frame in seen):
                seen.append(json.loads(await asyncio.wait_for(chat.recv(), 60)))
        assert "ack" in [frame["type"] for frame in seen]
        since = seen[-1]["seq"]
        bearer = {"Authorization": f"Bearer {token}"}
        waiting = asyncio.create_task(
            http.get(
                "/v1/events",
                params={"conversation_id": own, "since": since, "wait": 20},
                headers=bearer,
            )
        )
        sent = {"type": "send", "cid": str(uuid4()), "body": "a ile kosztuje dostawa?"}
        done = await http.post("/v1/messages", json={"conversation_id": own, "frame": sent}, headers=bearer)
        assert done.json()["frames"][0]["type"] == "ack"
        assert (await waiting).json()["frames"][0]["body"] == "a ile kosztuje dostawa?"
        asked = [await http.get(path) for path in ("/okienko.js", "/healthz", "/readyz", "/metrics")]
        assert [one.status_code for one in asked] == [200, 200, 404, 404]
