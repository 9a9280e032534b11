"""How do I take all of it away, and what may I do with it?"""

import streamlit as st

from components import charts, html, packaging
from components.controls import current
from components.empty import offer_start
from reports.describing import CHECKED, CONTAINS, HEARD, citation, protected

view = current()

st.title("Data")
if offer_start(view):
    st.stop()
package = packaging.package(view)
name, told = packaging.file_name(package), packaging.told(view, package)

html.answer(packaging.answer(package))
packaging.offer_all(package, told.size)
html.sentence(f"{protected(package)} {HEARD} {CHECKED}")

st.subheader("What is inside")
html.table(packaging.COLUMNS, told.rows, f"Tables of data version {package.version}")
html.quiet(
    "The package also holds README.txt and datapackage.json, a Frictionless data package that tells programs the "
    "types, keys, sources and licences. The same version gives the same file, byte for byte."
)

st.subheader("One table at a time")
packaging.offer_one(package)

st.subheader("How to read it")
html.sentence("In Python, with pandas:")
st.code(packaging.PYTHON.format(name=name), language=None, wrap_lines=True)
html.sentence("In R, with readr:")
st.code(packaging.R.format(name=name), language=None, wrap_lines=True)
html.quiet("docs/how-to/recompute.py works out a published figure and its limits again, from the package alone.")

st.subheader("Licences")
html.table([html.Column("Licence"), html.Column("What it is for")], told.licences, "Licences that apply")
html.quiet(CONTAINS)

st.subheader("Where it comes from")
html.bullets(told.sources)

st.subheader("How to cite it")
st.code(citation(package), language=None, wrap_lines=True)
charts.footer(view)
