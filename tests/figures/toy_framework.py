"""A framework with four bands, for tests of figures."""

from dashboard.figures.cube import CubeFramework

FRAMEWORK = CubeFramework(
    code="toy",
    title="Toy",
    number=1,
    average_of=("criteria",),
    country_figure="pooled",
    coverage_limit=0.7,
    count_below=3,
    bands=("early", "developing", "established", "embedded"),
    band_titles=("Early", "Developing", "Established", "Embedded"),
    starts_at=(0, 25, 51, 88),
)
