"""Which documents accompany the standards without being answered here, and which criteria meet their points?"""

from urllib.parse import urlencode

import streamlit as st

from dashboard.queries.standards.rows import BesidePointsRow, InstrumentsRow
from dashboard.ui.elements.answer import source
from dashboard.ui.elements.folds import folded
from dashboard.ui.escape import escaped_rows
from dashboard.ui.html import draw_table
from dashboard.ui.view import View, with_state


def beside(view: View) -> None:
    """List the documents; each opens with its points, the criteria that meet them, and how sure each row is."""
    words = view.words
    documents = escaped_rows(view.published, "instruments", view.parameters())
    if not documents:
        return
    points = escaped_rows(view.published, "beside_points", view.parameters())
    st.markdown(f"**{words('beside.title')}**  \n{_finding(view, points)}  \n:small[{words('beside.subtitle')}]")
    for document in documents:
        own = [row for row in points if row["instrument"] == document["instrument"]]
        counted = [words.count("beside.n_points", len(own))] if own else []
        title = " · ".join([f"{document['short_title']}, {document['years']}", *counted])
        if place := folded(title, f"beside_{document['instrument']}"):
            with place:
                st.markdown("  \n".join(_about(view, document)))
                if own:
                    draw_table([_line(view, row) for row in own])
                elif document["n_points"]:
                    st.caption(words("beside.none_kept"))


def _finding(view: View, points: list[BesidePointsRow]) -> str:
    """Say how many points there are, how many a criterion meets, and how many are still to be verified."""
    if not points:
        return view.words("beside.nothing")
    return view.words(
        "beside.finding",
        n=len(points),
        met=sum(bool(row["criteria"]) for row in points),
        to_verify=sum(row["verification"] == "to_verify" for row in points),
    )


def _about(view: View, row: InstrumentsRow) -> list[str]:
    """Say what the document is, where it can be read, and which parts were not found."""
    words = view.words
    told = [f"{row['title']}. {row['publisher']}, {row['years']}.", row["text"]]
    told.append(f":small[{words('beside.address', address=row['address'] or words('beside.not_seen'))}]")
    if row["not_found"]:
        told.append(f":small[{words('beside.not_found', what='; '.join(row['not_found']))}]")
    return told


def _line(view: View, row: BesidePointsRow) -> dict[str, str]:
    words = view.words
    links = [f"[{code}]({_address(view, code)})" for code in row["criteria"]]
    return {
        words("beside.point"): row["code"],
        words("column.text"): f"{row['text']}  \n:gray[:small[{source(view, row)}]]",
        words("beside.met_by"): " ".join(links) or words("beside.met_by_none"),
    }


def _address(view: View, criterion: str) -> str:
    """Return the link to a criterion on the page of its own standard."""
    known = view.known
    own = next((f for f in known.frameworks() if criterion in known.of("criterion", f)), view.state.framework)
    return f"frameworks?{urlencode(with_state(view.state, framework=own, principle=(), criterion=criterion))}"
