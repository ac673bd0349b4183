"""Draws charts in a process of its own: each input line is something to draw, each output line the picture.

It is a separate process so that fonts, time zone and language can be set from the start, and because neither a server
with many threads nor a process that forks should hold a JavaScript engine.
"""

import base64
import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import vl_convert

VERSION = "6.4"
"""The Vega-Lite version, that of Altair."""


def main(fonts: str) -> None:
    """Draw with the fonts of a folder until the input ends. The answer for what cannot be drawn is the reason."""
    # The libraries warn about charts without rows, about heights that depend on the rows, and about parts of size 0.
    logging.disable(logging.WARNING)
    vl_convert.configure(allowed_base_urls=[], auto_google_fonts=False)
    vl_convert.register_font_directory(fonts)
    for line in sys.stdin:
        try:
            answer = {"drawn": _drawn(**json.loads(line))}
        except ValueError as problem:
            answer = {"wrong": str(problem)}
        print(json.dumps(answer), flush=True)


def _drawn(spec: dict[str, Any] | None = None, svg: str = "", scale: float = 1, script: bool = False) -> str:
    """Return the SVG of a specification; the PNG of an SVG, in base64; or the script that draws in a browser."""
    if script:
        with _silence():
            bundle: str = vl_convert.javascript_bundle(vl_version=VERSION)
        return bundle
    if spec is None:
        return base64.b64encode(vl_convert.svg_to_png(svg, scale=scale)).decode()
    drawn: str = vl_convert.vegalite_to_svg(spec, vl_version=VERSION, format_locale="en-US", time_format_locale="en-US")
    return drawn


@contextmanager
def _silence() -> Iterator[None]:
    """Keep away what the bundler prints about its progress, which is no error."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


if __name__ == "__main__":
    main(*sys.argv[1:])
