"""What a page says under AppTest: its sentences, tables, links and the markup that it is made of."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from streamlit.testing.v1 import AppTest

from tests.source_files import ROOT

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))

# All that components/html.py and components/voices.py write; anything else came from somebody's text.
TAGS = set(
    "a bdi blockquote br caption details div footer li p q span style summary table tbody td th thead tr ul".split()
)
ATTRIBUTES = set("aria-hidden aria-label class data-label href role scope tabindex target".split())
CONTROLS = {"area", "commitment", "indicator", "version"}
SPEAKING = ("title", "subheader", "info", "success", "warning", "error", "markdown", "caption", "text")


def open_page(app: AppTest, page: str, **address: str) -> AppTest:
    """The page as an address opens it, in the browser window of `app`; without an address as the menu does."""
    for name, value in address.items():
        app.query_params[name] = value
    return app.switch_page(f"pages/{page}.py").run()


@dataclass
class Html(HTMLParser):
    """The text, rows, links and markup of pieces of HTML, read as a browser reads them."""

    tags: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)
    href: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.opened += [] if tag == "br" else [tag]
        self.href = dict(attrs).get("href") or self.href
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag, f"</{tag}> closes something else"
        self.href = "" if tag == "a" else self.href

    def handle_data(self, data: str) -> None:
        if "style" in self.opened:
            return
        self.texts.append(data)
        if self.href:
            self.links[data] = self.href
        if "tr" in self.opened:
            cell = self.rows[-1].pop()
            self.rows[-1].append(" ".join(f"{cell} {data}".split()))


def html(app: AppTest) -> Html:
    """Everything that the page gave to st.html."""
    found = Html()
    for element in app.get("html"):
        found.feed(element.proto.body)
        found.close()
        assert not found.opened, f"{found.opened} are never closed"
    return found


def spoken(app: AppTest) -> str:
    """What the page says through elements that read Markdown."""
    return "\n".join(element.value for kind in SPEAKING for element in app.get(kind))


def said(app: AppTest) -> str:
    """All that the page says outside its widgets and charts."""
    return "\n".join([spoken(app), *html(app).texts])


def row(app: AppTest, begins: str, cells: int = 0) -> list[str]:
    """The cells of the first table row whose heading begins so, of a table with so many columns."""
    rows = [row for row in html(app).rows if row[0].startswith(begins) and len(row) == (cells or len(row))]
    assert rows, f"no row begins with {begins!r}"
    return rows[0]


def chosen(app: AppTest) -> dict[str, object]:
    """The value of each control that all pages share."""
    return {control.key: control.value for control in app.selectbox if control.key in CONTROLS}


def faults(app: AppTest) -> list[str]:
    """What is wrong with a page: faults told, foreign markup, no title or several, no frame."""
    found = [f"tells {error.value!r}" for error in app.error] + [f"raises {error.value!r}" for error in app.exception]
    written = html(app)
    found += [f"holds a foreign <{tag}>" for tag in written.tags - TAGS]
    found += [f"holds a foreign {name}=" for name in written.attributes - ATTRIBUTES]
    found += [f"has {len(app.title)} titles"] if len(app.title) != 1 else []
    found += ["has no controls"] if not CONTROLS <= set(chosen(app)) else []
    return found
