"""What comes to a callback and is refused: the same empty answer to all of it, and not for ever.

Platforms call from few addresses, and an office may stand behind one. So only what was refused
counts, and only callbacks close: who proves their origin is never counted. Of an address that was
refused too often nothing is looked at, until its allowance is there again.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.http import LOGGED
from bot.limits.allowance import Allowance

log = logging.getLogger(__name__)

CALLBACKS = web.AppKey("callbacks", frozenset[str])
"""The paths at which platforms call."""

_FORWARDED = ("Forwarded", "X-Forwarded-For")
_SITE = 64
"""Bits of an IPv6 address that are one customer's."""

_Address = IPv4Address | IPv6Address
_Networks = Collection[IPv4Network | IPv6Network]


class Addresses:
    """`proxies` are believed when they say who called, as is a proxy on this machine."""

    def __init__(self, refusals: Allowance, proxies: _Networks = ()) -> None:
        self._refusals = refusals
        self._proxies = proxies

    @web.middleware
    async def alike(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """To stand outside all that refuses, and inside what catches our own faults."""
        if request.path not in request.app[CALLBACKS]:
            return await handler(request)
        caller = caller_of(request, self._proxies)
        if caller and not self._refusals.left(caller):
            request[LOGGED] = True
            return refusal()
        try:
            response = await handler(request)
        except web.HTTPClientError as error:
            response = error
        if response.status < 400 or response.status >= 500:
            return response
        if caller:
            self._refusals.spend(caller)
            if not self._refusals.left(caller):
                log.warning("an address is refused unheard: too many refusals within a minute")
        return refusal()


def refusal() -> web.Response:
    """Empty; the connection ends, since what is left of the request cannot be trusted."""
    response = web.Response(status=403)
    response.force_close()
    return response


def caller_of(request: web.Request, proxies: _Networks = ()) -> str | None:
    """The address that counts; None where an unknown proxy of a private network may speak for
    many, platforms among them."""
    peer = _read(request.remote)
    if peer is None:
        return None
    forwarded = any(name in request.headers for name in _FORWARDED)
    if not forwarded:
        return _counted(peer)
    if peer.is_loopback or any(peer in network for network in proxies):
        said = _read(request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip())
        return _counted(said) if said else None
    return None if peer.is_private else _counted(peer)


def _read(text: str | None) -> _Address | None:
    try:
        address = ip_address((text or "").partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _counted(address: _Address) -> str:
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, _SITE), strict=False))
    return str(address)
