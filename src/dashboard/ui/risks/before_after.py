"""One operation's risks before and after measures: both charts, and the answers that explain the difference."""

from functools import partial

import streamlit as st

from dashboard.charts import grades
from dashboard.queries.ask import ask
from dashboard.queries.risks.rows import RiskLoweredRow
from dashboard.ui.elements import answer
from dashboard.ui.elements.choose import choose_operation
from dashboard.ui.elements.clicked import open_impact
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.marks import grade_mark
from dashboard.ui.elements.show import headline, show_chart, spec_of
from dashboard.ui.escape import escaped_rows
from dashboard.ui.risks.list import doubts
from dashboard.ui.risks.titles import of_operation
from dashboard.ui.view import View


def likelihood(view: View) -> None:
    """Show one operation's risks without and with its measures, and the answers that explain the difference."""
    words = view.words
    title = st.container()
    operation = choose_operation(view)
    given = view.parameters(operation=operation["operation"] if operation else "")
    left = escaped_rows(view.published, "risk_picture", given | {"picture": "left"}) if operation else []
    with title:
        headline(of_operation(view, operation or {}, left))
    if operation is None or not left:
        return
    st.caption(words("risks.never_multiplied"))
    for column, picture in zip(st.columns(2, gap="medium"), ("inherent", "left"), strict=True):
        with column:
            st.markdown(f"**{words(f'risks.picture_{picture}')}**")
            points = ask(view.published, "risk_picture", given | {"picture": picture})
            show_chart(
                grades.placed(points, "at_likelihood", "at_severity"),
                spec_of(grades.risk_picture, view, (picture,)),
                view,
                key=f"{picture}_chart",
                alt=words(f"risks.picture_{picture}_alt"),
                opens=grades.SELECTION,
                clicked=partial(open_impact, {"country": operation["country"]}),
                columns=("text", "severity", "likelihood", "residual_severity", "residual_likelihood", "basis"),
                explained=(words(f"risks.picture_{picture}"), words(f"risks.marks_{picture}")),
            )
            st.caption(words(f"risks.marks_{picture}"))
    st.markdown(f"**{words('risks.lowered')}**", help=words("risks.lowered_help"))
    _lowered(view, escaped_rows(view.published, "risk_lowered", given))
    found = escaped_rows(view.published, "risk_checks", view.parameters())
    st.markdown(f"**{words('risks.doubts')}**", help=words("risks.doubts_help"))
    doubts(view, [row for row in found if row["operation"] == operation["operation"]])


def _lowered(view: View, found: list[RiskLoweredRow]) -> None:
    words = view.words
    if not found:
        st.caption(words("risks.none_lowered"))
        return
    by_risk: dict[str, list[RiskLoweredRow]] = {}
    for row in found:
        by_risk.setdefault(row["impact"], []).append(row)
    first_rows(view, list(by_risk.values()), partial(_explained, view), "lowered")


def _explained(view: View, own: list[RiskLoweredRow]) -> dict[str, str]:
    words = view.words
    first = own[0]
    reducing = [f"{answer.status(view, row)} {row['criterion']}" for row in own if (row["value"] or 0) > 0]
    return {
        words("column.risk"): f"{first['text']}  \n:small[{first['residual_basis'] or words('risks.without_basis')}]",
        words("column.inherent"): _two(view, first["severity"], first["likelihood"]),
        words("column.left"): _two(view, first["residual_severity"], first["residual_likelihood"]),
        words("column.reduced_by"): "  \n".join(reducing) or f"⚠ {words('risks.by_nothing')}",
    }


def _two(view: View, severity: float, likelihood_grade: float) -> str:
    return f"{grade_mark(view, 'severity', severity)} {view.words(f'grade.likelihood_{int(likelihood_grade)}')}"
