"""Files as one ZIP file whose bytes depend on nothing but their names and contents."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest day that a ZIP file can hold."""
UNIX = 3
READABLE = 0o100644 << 16


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return the file: its members in the order of their names, without the time and the machine it was made at."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            member = ZipInfo(name, FIRST_DAY)
            member.create_system, member.external_attr, member.compress_type = UNIX, READABLE, ZIP_DEFLATED
            archive.writestr(member, content)
    return stream.getvalue()
