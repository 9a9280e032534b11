"""What every answer of the server tells browsers to forbid, the pages included."""

from __future__ import annotations

import base64
import hashlib
import re

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
YEAR = 365 * 24 * 60 * 60
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that do not read frame-ancestors
    "Referrer-Policy": "same-origin",  # addresses say which area and version somebody looks at
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# An answer to a program is never shown: nothing in it may do anything, whoever opens it in a browser.
OF_THE_API = "default-src 'none'; frame-ancestors 'none'; sandbox"


def of_the_pages(start_page: str) -> str:
    """The content security policy of the pages, as strict as Streamlit bears; `start_page` is its index.html.

    Scripts come from this server alone, but for those that stand in the start page, known by their hashes, and the
    small ones of components, which Streamlit hands over as `blob:`. No text is run as script; its reader of messages
    has a part in WebAssembly. Styles may stand in the page, because Streamlit writes its own there. Pictures of charts
    are made in the browser, and fonts of symbols stand in scripts as `data:`.
    """
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in INLINE.findall(start_page))
    allowed = {
        "default-src": "'self'",
        "script-src": f"'self' 'wasm-unsafe-eval' blob: {hashes}".strip(),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' blob: data:",
        "font-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in allowed.items())


def headers(policy: str, scheme: str) -> dict[str, str]:
    """The headers of an answer; the promise of TLS only where the request came over it."""
    secure = {"Strict-Transport-Security": f"max-age={YEAR}"} if scheme == "https" else {}
    return ALWAYS | {"Content-Security-Policy": policy} | secure


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
