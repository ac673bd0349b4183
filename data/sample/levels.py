"""How far each operation is with what is asked, as it was decided for the sample."""

from data.sample.chance import draw
from data.sample.operations import Operation
from data.sample.questions import Question

LEVELS = {
    "HQ": {"2023": 0.62, "2024": 0.70, "2025": 0.79},
    "tcd-op": {"2023": 0.24, "2024": 0.29, "2025": 0.34},
    "cod-op": {"2023": 0.32, "2024": 0.37, "2025": 0.41},
    "gha-op": {"2024": 0.58, "2025": 0.64},
    "rwa-op": {"2023": 0.34, "2024": 0.55, "2025": 0.77},
    "sen-op": {"2023": 0.75, "2024": 0.62, "2025": 0.48},
    "tza-op": {"2023": 0.51, "2024": 0.57, "2025": 0.62},
    "bol-op": {"2023": 0.40, "2024": 0.46, "2025": 0.55},
    "col-op": {"2023": 0.88, "2024": 0.95, "2025": 1.03},
    "gtm-op": {"2023": 0.45, "2024": 0.50, "2025": 0.55},
    "pry-op": {"2023": 0.56, "2024": 0.61, "2025": 0.61},
}
"""Share of practice in place, by operation and round: 0 is nothing, 1 is everything before the effects of the areas."""
STEADY = {"rwa-op", "sen-op", "col-op"}
"""Operations whose level no chance shakes from round to round, since what is planted of them must hold in each."""
AREA_EFFECT = {
    "CRBP-01": 0.06,
    "CRBP-02": -0.24,
    "CRBP-03": 0.04,
    "CRBP-05": 0.04,
    "CRBP-06": 0.03,
    "CRBP-07": -0.03,
    "CRBP-08": -0.26,
    "CRBP-09": -0.06,
    "CRBP-10": 0.10,
    "COP14-A2": 0.12,
    "COP14-A3": -0.05,
    "COP14-A5": -0.07,
    "COP20-A2": 0.13,
    "COP20-A3": -0.05,
    "COP20-A4": 0.03,
    "COP20-A5": -0.06,
}
"""What is added to a level in an area that is stronger or weaker everywhere."""


def practice(question: Question, operation: Operation, round_id: str) -> float:
    """How far the operation is likely to be with the criterion: about 0 to 1, on the scale of LEVELS."""
    level = LEVELS[operation.operation][round_id] + AREA_EFFECT.get(question.area, 0.0)
    if question.kind == "support":
        level -= 0.08
    if question.criterion.startswith("COP20-FD"):
        level -= 0.08
    if operation.operation not in STEADY:
        level += draw("wave", round_id, operation.operation, question.criterion).uniform(-0.05, 0.05)
    return level
