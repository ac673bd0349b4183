"""How many priority gaps are there: grave risks that answers cover little or not at all?"""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.cover import covered_risks
from dashboard.figures.ratings import SERIOUS


def answer(asked: Asked) -> pa.Table:
    """One row. Asked of what is published and of what is imagined."""
    found = covered_risks(asked)
    grave = found["severity"].to_numpy() >= SERIOUS
    is_open = found["lies_open"].to_numpy(zero_copy_only=False)
    return pa.table({"n_gaps": [int(np.sum(grave & is_open))], "n_grave": [int(np.sum(grave))]})
