"""How much may reading an imported file take, and which limits apply where?"""

from collections.abc import Callable
from dataclasses import dataclass, replace

MB = 1_000_000
Progress = Callable[[float, str], None]
"""Called with a share from 0 to 1 and the name of the step."""


def halves(progress: Progress) -> tuple[Progress, Progress]:
    """Divide what is reported into two parts of equal length, one after the other."""
    return lambda share, step: progress(share / 2, step), lambda share, step: progress(0.5 + share / 2, step)


@dataclass(frozen=True)
class Limits:
    """What one reading may take; None for no limit.

    `memory` is in bytes, for the whole process. `size` is that of one unpacked file in bytes. Rows are counted over all
    files, columns per table.
    """

    memory: int | None = None
    seconds: float | None = None
    rows: int | None = None
    columns: int | None = None
    size: int | None = None


PAGE = Limits(memory=1000 * MB, seconds=20, rows=2_000_000, columns=2_000, size=300 * MB)
WITH_PROGRESS = replace(PAGE, seconds=60)
"""On a page that shows the progress of the reading."""
COMMAND = replace(PAGE, memory=2000 * MB, seconds=120)
"""For `check`, `import` and `framework`, whose options can raise them."""
