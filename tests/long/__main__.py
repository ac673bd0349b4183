"""Run every trial at full length, or those that are named, and write the results to benchmarks/RESULTS.md."""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.run import RESULTS, machine
from benchmarks.sections import table, with_section

from tests.long.trial import Found, trials


def main(names: list[str]) -> int:
    """Return 1 if anything went wrong; the report is written either way."""
    failed = False
    for name, (title, trial) in trials().items():
        if names and name not in names:
            continue
        print(f"{name} ...", file=sys.stderr, flush=True)
        around, started = machine(), time.perf_counter()
        with TemporaryDirectory(prefix=f"long-{name}-", ignore_cleanup_errors=True) as folder:
            found = trial(True, Path(folder))
        seconds = time.perf_counter() - started
        print(f"{name} took {seconds:.0f} s", *found.wrong, sep="\n", file=sys.stderr, flush=True)
        text = section(found, seconds, around)
        RESULTS.write_text(with_section(RESULTS.read_text("utf-8"), f"Under attack: {title}", text), "utf-8")
        failed |= bool(found.wrong)
    return int(failed)


def section(found: Found, seconds: float, around: dict[str, str]) -> str:
    """The figures as a table, followed by what went wrong."""
    wrong = "\n".join(f"- **{sentence}**" for sentence in found.wrong) or "Nothing went wrong."
    return (
        f"{table(['Measure', 'Result'], found.figures)}\n\n{wrong}\n\n"
        f"Run by `make long` on {around['date']} in {seconds:.0f} s: {around['cores']} cores, {around['memory']}, "
        f"{around['system']}, Python {around['python']}, Streamlit {around['streamlit']}, DuckDB {around['duckdb']}."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
