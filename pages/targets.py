"""Which targets have people agreed, where does each stand, and which indicators are agreed as shared measures?"""

import streamlit as st

from charts.words import NOISE, NOT_CAUSE, POLARITY_WORDS
from components import (
    agreeing,
    charts,
    html,
    session,
    target_forms,
    target_picture,
    target_progress,
    target_rows,
    targeting,
)
from components.controls import area_label, current
from components.empty import point_to_upload
from data import queries, targets
from reports.expected import ENGLAND, places_within

view = current()
catalogue = agreeing.catalogue(view)
item, where = catalogue.indicators[view.indicator], area_label(catalogue, view.area)
standing = target_progress.standing(view)
places = target_progress.by_place(standing, view)
history = queries.target_history(session.cursor(), view.version)
ended = history[~history["standing"]].sort_values("until_version", ascending=False)

st.title("Targets and definitions")
target_forms.told()
html.answer(target_rows.answer(standing, places))
if len(places) and view.area != ENGLAND:
    html.sentence(target_rows.within(places, places_within(catalogue, view.area), where))
html.sentence(f"{target_rows.without(catalogue, standing)} {agreeing.sentence(catalogue)}")
point_to_upload(view)

st.subheader("Targets that stand")
if standing.empty:
    newest = view.version == view.newest
    below = "Targets are set below, for the indicator and the area chosen above."
    html.sentence(below if newest else "None stood at this data version.")
else:
    html.table(
        target_rows.STANDING_COLUMNS,
        target_rows.standing_rows(standing, places, catalogue, view),
        "Every target that stands, with who agreed it, why, and from which data version on",
    )
    charts.download(places.merge(standing[["number", "agreed_by", "invented", "from_version"]], on="number"), view,
                    "targets", targeting.METHOD)  # fmt: skip
    html.quiet(f"{targeting.METHOD} {NOISE} {NOT_CAUSE}")

st.subheader(f"{item.name}: {POLARITY_WORDS[item.polarity]}, {item.status}")
html.sentence(item.definition)
html.linked("Numerator, denominator, source and caveats:", "the whole definition", view.link("methods"))
own = standing[standing["indicator"] == item.key]
if why := targets.why_none(item):
    html.sentence(why)
elif own.empty:
    html.sentence(f"No target of it stands. {where} and every area have none.")
for line in own[own["area_code"].isna()].to_dict("records"):
    target_picture.show(line, places[places["number"] == line["number"]], catalogue, view)
target_forms.show(view, item, own)

st.subheader("Agreed as a shared measure")
agreeing.show(view, item)

st.subheader("Changed and ended targets")
if ended.empty:
    html.sentence("No target has been changed or ended yet.")
else:
    html.table(
        target_rows.ENDED_COLUMNS,
        target_rows.ended_rows(ended, catalogue),
        "Targets that stand no longer, last ended first",
    )
    charts.download(ended, view, "targets-ended")
charts.footer(view)
