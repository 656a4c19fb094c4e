"""The nginx site: valid, and a running nginx with it in front of a stand-in for the assistant."""

from __future__ import annotations

import asyncio
import datetime
import io
import os
import re
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, TCPConnector, web
from aiohttp.test_utils import TestServer, unused_port
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.deploy.tools import DEPLOY, program

GUIDE = (DEPLOY.parent / "docs" / "部署.md").read_text(encoding="utf-8")
SITE = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
AROUND = """
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass
class Front:
    """nginx at `url`; what reached the assistant behind it; nginx's own log."""

    url: str
    plain: str
    session: ClientSession
    folder: Path
    process: asyncio.subprocess.Process
    reached: list[web.Request] = field(default_factory=list)

    async def call(self, method: str, path: str, **given: Any) -> int:
        async with self.session.request(method, self.url + path, **given) as answered:
            return answered.status


def certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(made.public_bytes(pem))
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)


def laid(folder: Path, backend: int, plain: int, secure: int) -> Path:
    """The site as it is, on other ports and with its files in `folder`; nginx's own settings."""
    certificate(folder)
    site = re.sub(r"(?m)^\s*listen \[::\].*\n", "", SITE)
    site = site.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    site = site.replace("listen 443", f"listen 127.0.0.1:{secure}")
    site = site.replace("127.0.0.1:8080", f"127.0.0.1:{backend}")
    site = site.replace("/etc/zhixing/tls", str(folder)).replace("/var/log/nginx", str(folder))
    (folder / "site.conf").write_text(site, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""  # else its worker may not enter the folder
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user), encoding="utf-8")
    return folder / "nginx.conf"


async def nginx(*arguments: str | Path) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        program("nginx"),
        *map(str, arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


@pytest.fixture
async def front(tmp_path: Path) -> AsyncIterator[Front]:
    reached: list[web.Request] = []

    async def behind(request: web.Request) -> web.Response:
        await request.read()
        reached.append(request)
        return web.Response(text="ok")

    app = web.Application(client_max_size=2**26)
    app.router.add_route("*", "/{path:.*}", behind)
    async with TestServer(app) as server:
        assert server.port
        plain, secure = unused_port(), unused_port()
        process = await nginx("-c", laid(tmp_path, server.port, plain, secure), "-e", "stderr")
        trusted = ssl.create_default_context()
        trusted.check_hostname, trusted.verify_mode = False, ssl.CERT_NONE
        async with ClientSession(connector=TCPConnector(ssl=trusted)) as session:
            urls = f"https://127.0.0.1:{secure}", f"http://127.0.0.1:{plain}"
            front = Front(*urls, session, tmp_path, process, reached)
            await _listening(secure, process)
            yield front
        process.terminate()
        await process.wait()


async def _listening(port: int, process: asyncio.subprocess.Process) -> None:
    while process.returncode is None:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionRefusedError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return
    assert process.stdout
    raise AssertionError((await process.stdout.read()).decode())


async def test_nginx_takes_every_line_of_it(tmp_path: Path) -> None:
    process = await nginx("-t", "-q", "-c", laid(tmp_path, 8080, 80, 443))
    said, _ = await process.communicate()
    assert (process.returncode, said.decode()) == (0, "")


async def test_plain_http_is_sent_to_https(front: Front) -> None:
    async with front.session.get(f"{front.plain}/wecom?a=1", allow_redirects=False) as answered:
        assert answered.status == 301
        assert answered.headers["Location"] == "https://bot.example.gov.cn/wecom?a=1"
    assert not front.reached


async def test_the_address_behind_is_told_the_truth_whatever_the_caller_claims(
    front: Front,
) -> None:
    claimed = {
        "X-Forwarded-For": "1.2.3.4",
        "X-Forwarded-Proto": "http",
        "Forwarded": "for=1.2.3.4",
    }
    for path in ("/", "/wecom", "/console/demands"):
        await front.call("GET", path, headers={"Host": "bot.example.gov.cn:8443", **claimed})
    for request in front.reached:
        assert request.headers["X-Forwarded-For"] == "127.0.0.1"
        assert request.headers["X-Forwarded-Proto"] == "https"
        assert request.headers["Host"] == "bot.example.gov.cn:8443"
        assert "Forwarded" not in request.headers
    assert len(front.reached) == 3


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/wecom", 60_000, 200),
        ("/wecom", 70_000, 413),
        ("/chat", 70_000, 413),
        ("/console/notices", 10_000_000, 200),
        ("/console/notices", 30_000_000, 413),
    ],
)
async def test_bodies_are_as_large_as_what_they_are_for(
    front: Front, path: str, size: int, status: int
) -> None:
    assert await front.call("POST", path, data=io.BytesIO(b"a" * size)) == status
    assert len(front.reached) == (status == 200)


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
async def test_what_watches_the_assistant_is_not_for_the_world(front: Front, path: str) -> None:
    assert await front.call("GET", path) == 404
    assert not front.reached


async def test_signatures_are_not_written_into_the_log(front: Front) -> None:
    await front.call("GET", "/wecom?msg_signature=geheim&echostr=geheim")
    log = (front.folder / "access.log").read_text()
    assert "GET /wecom 200" in log
    assert "geheim" not in log


async def test_browsers_are_told_to_stay_with_https(front: Front) -> None:
    async with front.session.get(f"{front.url}/") as answered:
        assert "max-age=" in answered.headers["Strict-Transport-Security"]
        assert answered.headers["Server"] == "nginx"


async def test_the_guides_port_for_monitoring_reaches_what_the_site_hides(front: Front) -> None:
    [written] = re.findall(r"(?s)```nginx\n(.*?)```", GUIDE)
    port = unused_port()
    here = written.replace("10.1.2.10:9180", f"127.0.0.1:{port}").replace("10.1.2.3", "127.0.0.1")
    backend = re.search(r"server (127\.0\.0\.1:\d+);", (front.folder / "site.conf").read_text())
    assert backend
    with (front.folder / "site.conf").open("a", encoding="utf-8") as site:
        site.write(here.replace("127.0.0.1:8080", backend[1]))
    reload = await nginx("-s", "reload", "-c", front.folder / "nginx.conf", "-e", "stderr")
    assert await reload.wait() == 0
    await _listening(port, front.process)
    async with front.session.get(f"http://127.0.0.1:{port}/metrics") as answered:
        assert answered.status == 200
    [seen] = front.reached
    assert not [name for name in seen.headers if "Forwarded" in name or name == "X-Real-IP"]
    async with front.session.get(f"http://127.0.0.1:{port}/console") as answered:
        assert answered.status == 404
