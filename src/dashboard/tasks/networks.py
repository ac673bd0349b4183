"""At which addresses do phones on a local network reach this machine? Private ones, the likeliest first.

No name server is asked: on a poor network it answers late or never, and the page would wait for it.
"""

import os
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address

from dashboard.tasks.serving import own_address

ADDRESS_OF = {"linux": 0x8915, "darwin": 0xC0206921}
"""Requests an interface's address (SIOCGIFADDR in `man 7 netdevice`, and in `sys/sockio.h` of macOS)."""


def local_addresses() -> tuple[str, ...]:
    """Private IPv4 addresses of this machine; none if it is on no network.

    The one it would use to reach others comes first. If the operator has set an address for rooms, only that one.
    """
    named = os.environ.get("DASHBOARD_ROOM_HOST", "")
    if named:
        return (named,)
    found = dict.fromkeys((own_address(), *_of_interfaces(), *_of_name()))
    return tuple(address for address in found if is_of_network(address))


def is_of_network(address: str) -> bool:
    """Whether an address belongs to a local network (RFC 1918 and similar), and not to this machine alone."""
    try:
        read = ip_address(address)
    except ValueError:
        return False
    return read.version == 4 and read.is_private and not read.is_loopback and not read.is_unspecified


def _of_interfaces() -> Iterator[str]:
    """The address of each interface, if the system can be asked for it."""
    asks = ADDRESS_OF.get(sys.platform)
    if sys.platform == "win32" or asks is None:
        return
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _, name in socket.if_nameindex():
            # An interface that is down has no address.
            with suppress(OSError):
                told = fcntl.ioctl(asked.fileno(), asks, struct.pack("256s", name.encode()[:15]))
                yield socket.inet_ntoa(told[20:24])


def _of_name() -> tuple[str, ...]:
    """What Windows says about its own name, which it answers from its interfaces; other systems ask a name server."""
    if sys.platform != "win32":
        return ()
    try:
        return tuple(socket.gethostbyname_ex(socket.gethostname())[2])
    except OSError:
        return ()
