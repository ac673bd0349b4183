"""Loaded by every Python started with this folder on its path: outside connections are recorded and refused."""

import os
import socket
from ipaddress import ip_address
from typing import Any

HERE = {None, "", "localhost", b"localhost"}


def _outside(host: Any) -> bool:
    if host in HERE:
        return False
    try:
        address = ip_address(host.decode() if isinstance(host, bytes) else str(host).partition("%")[0])
    except ValueError:
        return True
    return not (address.is_loopback or address.is_unspecified)


def _refuse(what: str, host: Any) -> None:
    with open(os.environ["ASKED_OUTSIDE"], "a", encoding="utf-8") as noted:  # noqa: PTH123 - as little as can be
        noted.write(f"{what} {host}\n")
    raise OSError(f"refused: {what} {host}")


def _named(name: str) -> None:
    real = getattr(socket, name)

    def guarded(host: Any, *rest: Any, **more: Any) -> Any:
        if _outside(host):
            _refuse(name, host)
        return real(host, *rest, **more)

    setattr(socket, name, guarded)


def _sent(name: str, position: int) -> None:
    real = getattr(socket.socket, name)

    def guarded(self: socket.socket, *given: Any) -> Any:
        to = given[position] if len(given) > position else None
        host = to[0] if isinstance(to, tuple) else None
        # Connecting a datagram socket to a private address sends nothing: it asks this machine for its own address.
        asks_itself = self.type == socket.SOCK_DGRAM and name == "connect" and ip_address(host or "::1").is_private
        if _outside(host) and not asks_itself:
            _refuse(name, host)
        return real(self, *given)

    setattr(socket.socket, name, guarded)


for _name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getnameinfo"):
    _named(_name)
_sent("connect", 0)
_sent("connect_ex", 0)
_sent("sendto", -1)
