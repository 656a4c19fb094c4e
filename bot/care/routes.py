"""`/healthz`, `/readyz` and `/metrics`: for what watches the assistant, not for users.

Alive: the process answers and its database takes transactions. Ready: it can do all of its work.
`/metrics` is for this machine and the networks in the settings alone, and never for what came
through a proxy, which stands on this machine too and speaks for everybody.
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.care.counts import Counts
from bot.care.state import Gauges, Looking
from bot.current import Current
from storage.database import Database

Networks = Collection[IPv4Network | IPv6Network]

_BY_PROXIES = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")


class Care:
    def __init__(
        self, db: Database, current: Current, looking: Looking, counts: Counts, allow: Networks
    ) -> None:
        self._db = db
        self._current = current
        self._looking = looking
        self._counts = counts
        self._allow = allow

    async def health(self, _request: web.Request) -> web.Response:
        """200 if a transaction can be opened, with what is being served; else 503."""
        try:
            async with self._db.transaction():
                pass
        except Exception as error:  # border: whatever ails the database, this is no fault of ours
            return web.json_response({"status": type(error).__name__}, status=503)
        kb = self._current.kb
        told = {"knowledge": kb.version, "revision": self._current.revision}
        return web.json_response({"status": "ok", **told, "notices": len(kb.notices)})

    async def ready(self, _request: web.Request) -> web.Response:
        """200, or 503 with what is lacking."""
        lacks = (await self._looking.look()).lacks
        if lacks:
            return web.json_response({"status": "not ready", "lacks": lacks}, status=503)
        return web.json_response({"status": "ready"})

    async def metrics(self, request: web.Request) -> web.Response:
        if not self._may_see(request):
            raise web.HTTPNotFound
        now = CollectorRegistry()
        now.register(Gauges(await self._looking.look()))
        body = generate_latest(now) + generate_latest(self._counts.told())
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    def _may_see(self, request: web.Request) -> bool:
        if request.remote is None or any(name in request.headers for name in _BY_PROXIES):
            return False
        address = ip_address(request.remote.partition("%")[0])
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        return address.is_loopback or any(address in network for network in self._allow)


def add_care(app: web.Application, care: Care) -> None:
    app.router.add_get("/healthz", care.health)
    app.router.add_get("/readyz", care.ready)
    app.router.add_get("/metrics", care.metrics)
