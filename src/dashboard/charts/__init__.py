"""Draws the charts: each function makes a specification, which names the columns that it needs.

They are pure: the same words, look and options make the same specification.
"""

# Altair takes pandas as it finds it, even while another thread has only begun to import it; this waits for that.
import pandas as pd  # noqa: F401
