"""How does the same pack become the same bytes? Office files are archives, which hold the time of writing."""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an archive can hold."""


def without_times(archive: bytes) -> bytes:
    """Return the archive with the same parts in the same order, all of one fixed time."""
    stream = BytesIO()
    with ZipFile(BytesIO(archive)) as given, ZipFile(stream, "w", ZIP_DEFLATED) as fixed:
        for name in given.namelist():
            part = ZipInfo(name, EPOCH)
            part.compress_type = ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            fixed.writestr(part, given.read(name))
    return stream.getvalue()


def describe(properties: Any, title: str, made_on: date) -> None:
    """Set the properties of an Office document: its title and day, and nobody's name."""
    moment = datetime.combine(made_on, time())
    properties.title = title
    properties.created = properties.modified = moment
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.subject = properties.category = ""
    properties.revision = 1
