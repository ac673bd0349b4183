"""What does a chart look like? Its specification and rows as sent to the browser, drawn to the same SVG anywhere.

Vega measures text to lay out a chart, so the typeface is part of the picture. Only those in `fonts/` are used: Source
Sans 3, which Streamlit provides to the pages as Source Sans.
"""

import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import pyarrow as pa

FITTED = {"type": "fit", "contains": "padding"}
"""What Streamlit adds to a specification."""
AGAIN = {"resize": True}
"""Vega lays out a chart once; Streamlit's script makes it repeat that, as a legend depends on the width left."""
BELOW = 20
"""Pixels that Streamlit's script leaves free below a chart."""
DRAWING = Path(__file__).with_name("process.py")
FONTS = Path(__file__).parent / "fonts"
SURROUNDINGS = {"FONTCONFIG_FILE": str(FONTS / "fonts.conf"), "TZ": "UTC", "LC_ALL": "C.UTF-8"}


class Drawer:
    """Draws while it is open, up to a number of seconds. Raises ValueError for anything that cannot be drawn."""

    def __init__(self, seconds: float | None = None) -> None:
        self._seconds = seconds

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, DRAWING, FONTS],
            env=os.environ | SURROUNDINGS,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        if self._seconds is not None:
            self._end = threading.Timer(self._seconds, self._process.kill)
            self._end.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()
        if self._seconds is not None:
            self._end.cancel()

    def svg(self, spec: Mapping[str, Any]) -> str:
        """Return the SVG of a complete specification, including rows."""
        return self._asked(spec=spec)

    def png(self, svg: str, scale: float) -> bytes:
        """Return the SVG as PNG, enlarged `scale` times."""
        return base64.b64decode(self._asked(svg=svg, scale=scale))

    def script(self) -> str:
        """Return the script that draws specifications in a browser, without fetching anything."""
        return self._asked(script=True)

    def _asked(self, **task: object) -> str:
        asks, answers = _pipes(self._process)
        with suppress(BrokenPipeError):  # Then there is no answer either.
            asks.write(f"{json.dumps(task)}\n")
            asks.flush()
        answer: dict[str, str] = json.loads(answers.readline() or '{"wrong": "the process that draws has ended"}')
        if "wrong" in answer:
            raise ValueError(answer["wrong"])
        return answer["drawn"]


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process that draws was not begun")
    return process.stdin, process.stdout


def as_sent(spec: Mapping[str, Any], table: pa.Table, width: int, shapes: Path) -> dict[str, Any]:
    """Return the specification as the browser draws it: with Streamlit's additions, the rows and the width.

    The only thing it would fetch, the country shapes in a TopoJSON file, is embedded.
    """
    sent = {"autosize": FITTED | AGAIN, **spec}
    sent["padding"] = {"bottom": BELOW, **spec.get("padding", {})}
    sent["config"] = spec["config"] | {"font": spec["config"]["font"].replace("Source Sans,", "'Source Sans 3',")}
    sent["data"] = {"values": [{name: _value(found) for name, found in row.items()} for row in table.to_pylist()]}
    sent["width"] = width
    settled: dict[str, Any] = _settled(sent, width)
    if '"url":' in json.dumps(spec):
        settled["datasets"] = {"shapes": json.loads(shapes.read_text("utf-8"))}
    return settled


def _settled(part: Any, width: int) -> Any:
    """Return part of a specification with its width, and with shapes by name instead of by address."""
    if isinstance(part, str):
        return part.replace("containerSize()[0]", str(width))
    if isinstance(part, list):
        return [_settled(one, width) for one in part]
    if isinstance(part, dict):
        named = {"name" if name == "url" else name: "shapes" if name == "url" else one for name, one in part.items()}
        return {name: _settled(one, width) for name, one in named.items()}
    return part


def _value(found: Any) -> Any:
    """Return a value of a row as JSON: a date as the milliseconds at which it starts."""
    if isinstance(found, date):
        return int(datetime.combine(found, time(), UTC).timestamp() * 1000)
    return found
