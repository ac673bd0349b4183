"""How much may the reading of what was handed in take, and which limits hold where?"""

from collections.abc import Callable
from dataclasses import dataclass, replace

MB = 1_000_000
Progress = Callable[[float, str], None]
"""Is called with a share from 0 to 1 and the name of the step."""


@dataclass(frozen=True)
class Limits:
    """What one reading may take; None where there is no limit.

    `memory` is in bytes and of the whole process. `size` is that of one file in bytes, unpacked. Rows are those of all
    files together, columns those of one table.
    """

    memory: int | None = None
    seconds: float | None = None
    rows: int | None = None
    columns: int | None = None
    size: int | None = None


PAGE = Limits(memory=1000 * MB, seconds=20, rows=2_000_000, columns=2_000, size=300 * MB)
WITH_PROGRESS = replace(PAGE, seconds=60)
"""On a page that shows how far the reading is."""
COMMAND = replace(PAGE, memory=2000 * MB, seconds=120)
"""For `check`, `import` and `framework`, whose options raise them."""
