"""A client that speaks to the server as a browser does, and can say what no browser would: forged widget values."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

NONE: Mapping[str, str] = MappingProxyType({})
XSRF = "_streamlit_xsrf"
Element = tuple[str, Any]


@dataclass
class Client:
    """One session; `elements` are those that the last run drew, each with its kind."""

    connection: ClientConnection
    elements: list[Element] = field(default_factory=list)

    def run(self, page: str, query: str = "", **widgets: Any) -> None:
        """Run a page, with values of widgets by their identifiers: True presses a button, a text is typed or chosen."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        for identifier, value in widgets.items():
            state = message.rerun_script.widget_states.widgets.add(id=identifier)
            setattr(state, "trigger_value" if value is True else "string_value", value)
        self.connection.send(message.SerializeToString())
        self.elements = list(self._drawn())

    def _drawn(self) -> Iterator[Element]:
        """What is drawn until the script has ended; a run that is begun anew is another run."""
        answer = ForwardMsg()
        while not (answer.HasField("script_finished") and answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY):
            answer.ParseFromString(self.connection.recv(timeout=60))
            kind = answer.delta.new_element.WhichOneof("type")
            if kind:
                yield kind, getattr(answer.delta.new_element, kind)
        yield "", None

    def widget(self, kind: str, label: str) -> str:
        """The identifier of a widget that was drawn."""
        return next(element.id for drawn, element in self.elements if drawn == kind and element.label == label)

    def widgets(self, kind: str) -> dict[str, str]:
        """The labels of the widgets of a kind by their identifiers."""
        return {element.id: element.label for drawn, element in self.elements if drawn == kind}

    @property
    def text(self) -> str:
        """Everything that was drawn, as the server sent it."""
        return "\n".join(str(element) for _, element in self.elements)


@contextmanager
def client(address: str, cookies: Mapping[str, str], headers: Mapping[str, str] = NONE) -> Iterator[Client]:
    """A session with the cookies of a browser, or with none, and with headers of its own making."""
    stream = address.replace("http", "ws", 1) + "/_stcore/stream"
    told = dict(headers)
    if cookies:
        told["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    protocols: Any = ["streamlit", *([cookies[XSRF]] if XSRF in cookies else [])]
    with connect(
        stream,
        subprotocols=protocols,
        origin=address,
        additional_headers=told,
        max_size=None,  # type: ignore[arg-type]
    ) as connection:
        yield Client(connection)
