"""How do measurements become sections of RESULTS.md? One table per figure, with its targets, met or missed."""

from collections.abc import Callable, Iterable, Sequence
from math import inf, isfinite
from statistics import median
from typing import Any

from benchmarks.packs import LISTED
from benchmarks.queries import FLOOR as ON_FLOOR
from benchmarks.queries import PAGES, SCENARIO
from benchmarks.readers import SESSIONS
from benchmarks.sections import table

NAMES = {"sample": "the sample", "1m": "1 million", "10m": "10 million", "100m": "100 million"}
HEAT_MAP, OVERVIEW, RISKS, FLOOR, DASH, USUAL = (
    "our Heat map", "our Overview", "our Risks", "floor", "Dash page", "usual Streamlit page",
)  # fmt: skip


def section(part: str, found: Any, around: dict[str, str]) -> str:
    """Return the text of one part's section, with the machine it was measured on."""
    write: dict[str, Callable[[Any], str]] = {
        "browser": _browser,
        "parts": _parts,
        "queries": _queries,
        "sessions": _sessions,
        "memory": _memory,
        "load": _load,
        "preview": _preview,
        "cold": _cold,
        "wire": _wire,
        "slow": _slow,
        "room": _room,
        "savers": _savers,
        "readers": _readers,
        "packs": _packs,
        "scale": _scale,
    }
    return f"{write[part](found).strip()}\n\n{_measured_on(around)}"


TITLES = {
    "browser": "From the click on a filter to the last chart redrawn",
    "parts": "What the parts of a page cost the browser",
    "queries": "A run on the server",
    "sessions": "Sessions that click without pause",
    "memory": "Memory of the server",
    "load": "Loading a CSV file",
    "preview": "Importing 250 answers",
    "cold": "Cold start",
    "wire": "What travels when a filter changes",
    "slow": "Over a slow link",
    "room": "A room votes by phone",
    "savers": "Fifty people save",
    "readers": "Several processes behind nginx",
    "packs": "Packs to carry away",
    "scale": "Folding in engines elsewhere",
}
SEARCHED = """
Searching everything there is, without a page: one to four words, every second time with a letter missing. {searches}
searches, median {median:.1f} ms, p95 {p95:.1f} ms.
"""


def _measured_on(found: dict[str, str]) -> str:
    return (
        f"Measured {found['date']}: {found['cores']} cores, {found['memory']}, {found['system']}, "
        f"Python {found['python']}, "
        f"Streamlit {found['streamlit']}, DuckDB {found['duckdb']}, Altair {found['altair']}, Dash {found['dash']}, "
        f"Chromium {found['chromium']}; load of the machine before it began: {found['load']}."
    )


def _aim(text: str, found: float, limit: float, shown: str, at_least: bool = False) -> list[str]:
    met = found >= limit if at_least else found <= limit
    shown = shown if isfinite(found) else "no answer in time"
    return [text, shown, "met" if met else "**missed**"]


def _aims(rows: Iterable[Sequence[str]]) -> str:
    return table(["Aim", "Measured", ""], rows)


def _browser(found: dict[str, Any]) -> str:
    rows = [
        [
            NAMES[size], name, _click_ms(one["median"]), _click_ms(one["p95"]),
            *(_ms(one[part]) for part in ("queries", "charts")), _ms(_rest(one)), one["clicks"],
            one["again"],
        ]
        for size, pages in found.items()
        for name, one in pages.items()
    ]  # fmt: skip
    aims = []
    for size, pages in found.items():
        for ours in (page for page in (HEAT_MAP, OVERVIEW) if page in pages):
            for other, limit in ((FLOOR, 2.0), (DASH, 1.5), (USUAL, 1.0 if size == "sample" else 0.5)):
                if other in pages:
                    theirs = pages[other]["median"]
                    # A page that gave no answer is no benchmark: nothing can meet a target against it.
                    ratio = pages[ours]["median"] / theirs if isfinite(theirs) else inf
                    whose = ours.removeprefix("our ")
                    text = f"{whose} at {NAMES[size]}: at most {limit:.2f} times the {other.removesuffix(' page')}"
                    aims.append(_aim(text, ratio, limit, f"{ratio:.2f} times"))
    if "sample" in found and "10m" in found:
        for page in (page for page in (HEAT_MAP, OVERVIEW, RISKS) if page in found["10m"]):
            ratio = found["10m"][page]["median"] / found["sample"][page]["median"]
            text = f"{page.removeprefix('our ')} at 10 million within 20 % of the sample"
            aims.append(_aim(text, ratio, 1.2, f"{100 * (ratio - 1):+.0f} %"))
    shown = table(["Answers", "Page", "Median", "p95", "Queries", "Charts", "Rest", "Clicks", "Again"], rows)
    return f"""
In Chromium, in milliseconds. Queries, charts and rest are the mean time the server spends on each in our runs. Clicks
choose another round and one more risk area in turn, never the same choice twice; *again* counts those that were
repeated because a list did not open or a run did not end. *Floor*: three filters and one metric, with our settings.
*Usual*: `read_csv` with `st.cache_data`, pandas, Altair built in every run, Streamlit's defaults; left out at 10
million, where the copied data frame needs too much memory. *Dash*: the same heat map from the same score tables by
plain SQL. The three others draw only the heat map; ours also has its sentence, legend, links and notes. The visitor
was here before, so that the Overview no longer offers the first tour.

{shown}

{_aims(aims)}
"""


def _click_ms(value: float) -> str:
    return f"{value:.0f}" if isfinite(value) else "over 8,000"


def _ms(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.1f}" if isfinite(value) else "over 8,000"


def _rest(one: dict[str, Any]) -> float | None:
    if one["total"] is None or not isfinite(one["total"]):
        return inf if one["total"] else None
    return float(one["total"] - one["queries"] - one["charts"])


def _in_ms(milliseconds: float) -> str:
    return f"{milliseconds:.1f} ms"


def _queries(found: dict[str, Any]) -> str:
    rows = [
        [
            NAMES[size], page, *(_ms(one[part]) for part in ("queries", "charts")), _ms(_rest(one)), _ms(one["total"]),
            f"{one['total'] / pages[ON_FLOOR]['total']:.1f}" if ON_FLOOR in pages else "",
        ]
        for size, pages in found.items()
        if size in NAMES
        for page, one in pages.items()
    ]  # fmt: skip
    largest = found.get("10m", {})
    aims = [
        _aim(f"A run of {page} on the server at most {limit} ms", one["total"], limit, _in_ms(one["total"]))
        for page, one in found.get("sample", {}).items()
        if page in PAGES and (limit := 15 if page == "Heat map" else 20)
    ]
    aims += [
        _aim(f"All queries of the {page} at 10 million under 10 ms", spent, 10, _in_ms(spent))
        for page, spent in ((page, one["queries"]) for page, one in largest.items() if page in PAGES)
    ]
    aims += [
        _aim(f"{page}, {NAMES[size]}: under 100 ms", one["total"], 100, _in_ms(one["total"]))
        for size, pages in found.items()
        if size in NAMES
        for page, one in pages.items()
        if page.endswith(SCENARIO)
    ]
    told = ""
    if search := found.get("search"):
        aims.append(_aim("A search under 30 ms, 19 times of 20", search["p95"], 30, f"{search['p95']:.1f} ms"))
        told = SEARCHED.format(**search)
    shown = table(["Answers", "Page", "Queries", "Charts", "Rest", "All", "Of the floor"], rows)
    return f"""
One session without a browser, of a visitor who was here before; every choice is new, so that nothing is answered from
memory. Median milliseconds, and how many times as long as the floor page's script takes in the same turn: machines
differ, and this says how much. *As many elements*: the floor page with as many elements as ours and none of our code,
which is what Streamlit alone takes for a page of this form.

{shown}
{told}
{_aims(aims)}
"""


def _parts(found: dict[str, float]) -> str:
    floor = found["floor"]
    rows = [
        [name if name == "floor" else f"floor and {name}", f"{spent:.0f}", f"{spent / floor:.2f}"]
        for name, spent in found.items()
    ]
    return f"""
From a click on a filter to the last element redrawn, in milliseconds; the median of clicks in turn. The floor page
has three filters and one metric; each of the others adds one kind of element to it and nothing else. Streamlit
redraws every element of a page in each run, so elements that do not change cost time too.

{table(["Page", "Median", "Times the floor"], rows)}
"""


def _sessions(found: dict[str, list[dict[str, Any]]]) -> str:
    titles = {"ours": "our Heat map", "parts": "as many elements", "floor": "floor"}
    rows = [
        [
            titles[name],
            one["sessions"],
            f"{one['a_second']:.0f}",
            f"{one['p50']:.0f}",
            f"{one['p95']:.0f}",
            one["reruns"],
        ]
        for name, crowds in found.items()
        for one in crowds
    ]
    best = max(one["a_second"] for one in found["ours"])
    aim = _aim("At least 120 reruns a second on one process", best, 120, f"{best:.0f}", at_least=True)
    return f"""
Websocket sessions on a page of one server process, with the clients on the same machine; milliseconds per rerun. The
floor page, with three filters and one metric, shows what Streamlit itself takes. *As many elements*: the floor page
with as many elements as the Heat map, two marks for each cell, fixed texts, and none of our code: the most that any
page of this form can make.

{table(["Page", "Sessions", "Reruns a second", "p50", "p95", "Reruns"], rows)}

{_aims([aim])}
"""


def _memory(found: dict[str, float]) -> str:
    growth = found["late"] / found["early"] - 1
    aim = _aim("After 5,000 reruns within 10 % of that after 500", abs(growth), 0.1, f"{100 * growth:+.1f} %")
    return f"""
{table(["After 500 reruns", "After 5,000 reruns"], [[f"{found['early']:.0f} MB", f"{found['late']:.0f} MB"]])}

{_aims([aim])}
"""


def _load(found: dict[str, Any]) -> str:
    rows = [
        [NAMES[size], title, f"{one['seconds']:.2f}", f"{one['processor']:.2f}", f"{one['peak_mb']:.0f}"]
        for size, ways in found.items()
        for title, one in (("bare `CREATE TABLE AS read_csv`", ways["bare"]), ("`dashboard publish`", ways["publish"]))
    ]
    ratio = found["10m"]["publish"]["seconds"] / found["10m"]["bare"]["seconds"]
    peak = found["10m"]["publish"]["peak_mb"]
    aims = [
        _aim("10 million answers: at most twice the bare reading", ratio, 2, f"{ratio:.2f} times"),
        _aim("Under 2 GB", peak, 2000, f"{peak:.0f} MB"),
    ]
    if largest := found.get("100m"):
        most = largest["publish"]["peak_mb"]
        aims.append(_aim("100 million answers in one process: under 4 GB", most, 4000, f"{most:.0f} MB"))
    return f"""
From the start of a process to its end, both ways in turn; the median of three, the largest once, and the highest peak.
Publishing also reads the frameworks and lists, checks every row, matches the answers to everything that is asked, folds
the tallies, reads the whole result back from disk, and syncs it.

{table(["Answers", "Way", "Seconds", "Processor seconds", "Peak MB"], rows)}

{_aims(aims)}
"""


def _preview(found: dict[str, Any]) -> str:
    names = ("copy", "preview_csv", "preview_xlsx", "publish")
    rows = [
        [NAMES[size], f"{one['size_mb']:.0f}", *(f"{one[name]:.2f}" for name in names)] for size, one in found.items()
    ]
    aims = []
    if one := found.get("1m"):
        slower = max(one["preview_csv"], one["preview_xlsx"])
        aims.append(_aim("250 answers previewed at 1 million in under 1 s", slower, 1, f"{slower:.2f} s"))
        aims.append(_aim("and published in under 0.5 s", one["publish"], 0.5, f"{one['publish']:.2f} s"))
    return f"""
In seconds; the median of seven turns, beside a bare copy of the store's file with `shutil.copyfile` and `fsync`. The
preview applies the file to a private copy, checks and scores it, and compares row by row and score by score.
Publishing the preview copies that, reads all of it back, and moves the pointer.

{table(["Answers", "File of the store, MB", "Bare copy", "Preview, CSV", "Preview, XLSX", "Publish"], rows)}

{_aims(aims)}
"""


def _cold(found: dict[str, list[float]]) -> str:
    titles = {"empty/": "empty app, same imports", "ours/heatmap": "our Heat map", "ours/": "our Overview"}
    rows = [[titles[kind], f"{median(spent):.2f}", f"{max(spent):.2f}"] for kind, spent in found.items()]
    empty = median(found["empty/"])
    aims = [
        _aim(
            f"{titles[kind]}: at most 1.5 times the empty app",
            median(spent) / empty,
            1.5,
            f"{median(spent) / empty:.2f} times",
        )
        for kind, spent in found.items()
        if kind != "empty/"
    ]
    return f"""
From starting the process to the first chart in the browser, in seconds; the pages take turns.

{table(["Page", "Median", "Slowest"], rows)}

{_aims(aims)}
"""


def _wire(found: dict[str, Any]) -> str:
    rows = [
        [name, f"{one['opening'] / 1000:.0f}", f"{one['frames'] / 1000:.1f}", one["files"]]
        for name, one in found["pages"].items()
    ]
    shapes = found["shapes"] / 1000
    worst = max(one["frames"] for one in found["pages"].values()) / 1000
    aims = [
        _aim("A filter does not send the shapes of the map again", worst, shapes, f"{worst:.1f} of {shapes:.0f} kB")
    ]
    return f"""
Data over the websocket in kB, until the page is complete and then for one change of a filter (median), and the number
of files that the browser fetched during all the changes. The file of the map's shapes has {shapes:.0f} kB: it is
fetched when the map is drawn, and would be sent with every run if it were part of the chart.

{table(["Page", "Opening", "A filter", "Files fetched on filters"], rows)}

{_aims(aims)}
"""


def _slow(found: dict[str, dict[str, float]]) -> str:
    rows = [[name, f"{one['first']:.1f}", f"{one['click']:.2f}"] for name, one in found.items()]
    return f"""
The Heat map over 1.5 Mbit a second with a round trip of 150 ms: seconds until its chart appears in a browser with an
empty cache, and from a click on a filter to the redrawn chart (median), depending on what is compressed.

{table(["Compressed", "First picture, s", "A click, s"], rows)}
"""


def _room(found: dict[str, dict[str, float]]) -> str:
    parts = ("shown_p50", "shown_p95", "shown_max", "told_p50", "told_p95", "told_max")
    rows = [[way, f"{one['phones']:.0f}", *(f"{one[part]:.2f}" for part in parts)] for way, one in found.items()]
    aims = [
        _aim(f"A vote among {one['phones']:.0f} {way} is on the screen in under 2 s, 19 times of 20",
             one["shown_p95"], 2, f"{one['shown_p95']:.2f} s")
        for way, one in found.items()
    ]  # fmt: skip
    return f"""
Seconds from the moment a phone sends its vote until the facilitator's screen, a Chromium, has counted it, and until
the phone has received the page that says so. Phones are connections without a browser: they request the same pages as
a phone, and as often, and draw nothing. The figures do not include their radio link; the screen checks the votes
every half second.

{table(["Votes", "Phones", "Shown, median", "p95", "Slowest", "Told, median", "p95", "Slowest"], rows)}

{_aims(aims)}
"""


def _savers(found: dict[str, dict[str, dict[str, float]]]) -> str:
    ways = {"joined": "joined", "alone": "one by one"}
    rows = [
        [NAMES[size], ways[way], f"{one['saves']:,.0f}", *(f"{one[part]:.1f}" for part in ("p50", "p95", "max")),
         f"{one['refused']:.0f}", f"{one['lost']:.0f}", f"{one['publications']:.0f}", f"{one['megabytes']:,.0f}"]
        for size, both in found.items() for way, one in both.items()
    ]  # fmt: skip
    limits = {"sample": 3, "1m": 8}
    aims = [
        _aim(f"At {NAMES[size]}: saved in under {limits[size]} s, 19 times of 20",
             both["joined"]["p95"], limits[size], f"{both['joined']['p95']:.1f} s")
        for size, both in found.items()
    ]  # fmt: skip
    return f"""
Fifty contributors in two processes on one store save one answer every five seconds, for a minute, through the code of
the page; pages are not drawn. Seconds from the save until it is in force. *Joined*: those who wait share a publication.
*One by one*: each save makes its own, as before.

{table(["Answers", "Way", "Saves", "Median", "p95", "Slowest", "Refused", "Lost", "Files", "MB on disk"], rows)}

{_aims(aims)}
"""


def _readers(found: list[dict[str, Any]] | None) -> str:
    if found is None:
        return "Not measured: nginx is not installed on this machine."
    rows = [
        [one["processes"], f"{one['a_second']:.0f}", f"{one['p50']:.0f}", f"{one['p95']:.0f}",
         f"{one['megabytes']:.0f} MB", f"{one['seen']:.2f}"]
        for one in found
    ]  # fmt: skip
    killed = [one for one in found if one["moved"]]
    moved = [[one["processes"], one["moved"], f"{one['answered']:.1f}"] for one in killed]
    latest, wrong = max(one["seen"] for one in found), sum(one["wrong"] for one in found)
    slowest = max((one["answered"] for one in killed), default=inf)
    aims = [
        _aim("A new publication is seen by every process within a second", latest, 1, f"{latest:.2f} s"),
        _aim(
            "Sessions of a process that is killed have their answer at another within 5 s",
            slowest,
            5,
            f"{slowest:.1f} s",
        ),
        _aim("Wrong figures shown", wrong, 0, f"{wrong} of {sum(one['compared'] for one in found):,} runs compared"),
    ]
    return f"""
Server processes on one store behind nginx with `deploy/nginx.conf`: {SESSIONS} websocket sessions that click without
pause on the Heat map, each with the cookie of its own visitor. The processes share two cores with nginx and with the
clients, so more processes than cores show what they cost and not what they gain. Milliseconds per rerun, the memory of
one process, and the seconds from the moment a change is in force until a session at each process is shown it.

{table(["Processes", "Reruns a second", "p50", "p95", "Memory of one", "Seen after, s"], rows)}

The same again, and one process is killed after two seconds: its sessions connect again, through nginx, with the address
they had. Every text and every chart was compared with what one session alone is shown for the same address.

{table(["Processes", "Sessions that moved", "Last of them answered after, s"], moved)}

{_aims(aims)}
"""


def _packs(found: dict[str, dict[str, Any]]) -> str:
    sizes = list(found[LISTED]["sizes"])
    rows = [
        [name, f"{one['seconds']:.0f} s", f"{one['memory']:.0f} MB", *(f"{one['sizes'][kind]:.1f}" for kind in sizes)]
        for name, one in found.items()
    ]
    longest = found[LISTED]
    aims = [
        _aim(f"{LISTED} in under 60 s", longest["seconds"], 60, f"{longest['seconds']:.0f} s"),
        _aim("and under 1 GB", longest["memory"], 1024, f"{longest['memory']:.0f} MB"),
    ]
    return f"""
`dashboard pack` with the views of the sample for each audience, and with {LISTED} by a list, in all formats at once:
seconds from start to end, and the memory of the command, of the process that reads pages and of the one that draws,
together. The size of each file is in MB.

{table(["Views", "Time", "Memory", *sizes], rows)}

{_aims(aims)}
"""


def _scale(found: dict[str, Any]) -> str:
    sizes: dict[int, dict[str, dict[str, Any]]] = found["sizes"]
    foldings = [one for ways in sizes.values() for one in ways.values()]
    told = [(f"{name}, {found['lost_at']} million", one) for name, ones in found["lost"].items() for one in ones]
    peak = max(max(one["here_mb"], one["there_mb"]) for one in [*foldings, *(one for _, one in told)])
    ends = [ones[-1] for ones in found["lost"].values()]
    aims = [
        _aim("Every process under 4 GB", peak, 4096, f"{peak:,.0f} MB"),
        _aim("All sums are those of DuckDB", sum(not one["same"] for one in foldings), 0,
             f"{sum(one['same'] for one in foldings)} of {len(foldings)} foldings"),
        _aim("After a worker is lost, they still are", sum(not one["same"] or bool(one["said"]) for one in ends), 0,
             f"{sum(one['same'] and not one['said'] for one in ends)} of {len(ends)} engines"),
    ]  # fmt: skip
    columns = ["Answers", "Way", "Seconds", "Seconds a million", "Peak here, MB", "Peak there, MB"]
    rows = [
        [f"{one['answers']:,}", way, f"{one['seconds']:.1f}", f"{1e6 * one['seconds'] / one['answers']:.2f}",
         f"{one['here_mb']:,.0f}", f"{one['there_mb']:,.0f}" if one["there_mb"] else ""]
        for ways in sizes.values() for way, one in ways.items()
    ]  # fmt: skip
    lost = [
        [name, f"{one['seconds']:.1f}", one["said"].partition(": ")[2] or "all sums are the same"] for name, one in told
    ]
    missing = f"\nNot measured: {found['missing']}.\n" if found["missing"] else ""
    return f"""
The answers of generated groups, Parquet files of a million rows, folded by DuckDB within its 1,500 MB, and by Sail as a
cluster of one and two workers. Workers of Sail are threads of its one process, and they share the two cores with
everything else here: this shows that the parts of a fold fit together, not how much faster more machines are.
{_estimated(sizes)}

{table(columns, rows)}

A process is killed in the midst of a fold. Sail is one process: it dies, the fold is refused with a sentence, nothing
changes, and it is repeated with another Sail. Spark has two workers in processes of their own, and one is killed.
{missing}
{table(["Engine", "Seconds", "How it ended"], lost)}

{_aims(aims)}
"""


def _estimated(sizes: dict[int, dict[str, dict[str, Any]]]) -> str:
    """Return the sentence on a billion answers, estimated from the last two sizes; empty if there is only one."""
    if len(sizes) < 2:
        return ""
    *_, smaller, larger = sizes.values()
    minutes = {}
    for way, one in larger.items():
        other = smaller[way]
        slope = (one["seconds"] - other["seconds"]) / (one["answers"] - other["answers"])
        minutes[way] = (one["seconds"] + slope * (1e9 - one["answers"])) / 60
    estimated = ", ".join(f"{way} {spent:,.0f} minutes" for way, spent in minutes.items())
    return f"\nEstimated from the last two sizes, not measured: a billion answers would take {estimated} here.\n"
