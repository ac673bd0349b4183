"""The process that draws: on each line of its input a specification of Vega-Lite, on each line of its output the SVG.

It is a process of its own so that it can be given fonts, time zone and language from its beginning, and because the
tests fork, which an engine for JavaScript beside them would not bear.
"""

import json
import logging
import sys

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
            svg = vl_convert.vegalite_to_svg(
                line, vl_version=VERSION, format_locale="en-US", time_format_locale="en-US"
            )
            answer = {"svg": svg}
        except ValueError as problem:
            answer = {"wrong": str(problem)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
