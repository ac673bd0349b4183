"""The process that draws: on each line of its input what to draw, on each line of its output the picture.

It is a process of its own so that it can be given fonts, time zone and language from its beginning, and because neither
a server of many threads nor a process that forks should hold an engine for JavaScript.
"""

import base64
import json
import logging
import sys
from typing import Any

import vl_convert

VERSION = "6.4"
"""Of Vega-Lite: that of Altair."""


def main(fonts: str) -> None:
    """Draw in the fonts of a folder until there is no more input. What cannot be drawn is answered by why."""
    # It warns of charts without rows, and of heights that follow the rows.
    logging.getLogger("vl_convert").setLevel(logging.ERROR)
    vl_convert.configure(allowed_base_urls=[], auto_google_fonts=False)
    vl_convert.register_font_directory(fonts)
    for line in sys.stdin:
        try:
            answer = {"drawn": _drawn(**json.loads(line))}
        except ValueError as problem:
            answer = {"wrong": str(problem)}
        print(json.dumps(answer), flush=True)


def _drawn(spec: dict[str, Any] | None = None, svg: str = "", scale: float = 1) -> str:
    """The SVG of a specification; or a PNG of an SVG, in base64."""
    if spec is None:
        return base64.b64encode(vl_convert.svg_to_png(svg, scale=scale)).decode()
    drawn: str = vl_convert.vegalite_to_svg(spec, vl_version=VERSION, format_locale="en-US", time_format_locale="en-US")
    return drawn


if __name__ == "__main__":
    main(*sys.argv[1:])
