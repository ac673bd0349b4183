"""One pure chart per file: a specification and the rows it needs."""

# Altair takes pandas as it finds it, even while another thread has only begun to import it; this waits for that.
import pandas as pd  # noqa: F401
