"""No secrets in logs: what looks like a token, a password or an e-mail address never reaches a log, whoever writes it.

The program does not write them; but a fault carries words from elsewhere, and other packages log as they like.
"""

from __future__ import annotations

import logging
import re
from typing import Any

REMOVED = "[removed]"
ADDRESS = "[e-mail address]"
SECRETS = (
    (re.compile(r"hpc_[\w-]{8,}"), f"hpc_{REMOVED}"),
    (re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]{8,}", re.IGNORECASE), rf"\1 {REMOVED}"),
    (re.compile(r"(://[^\s:/@'\"]*):[^\s/'\"]+@"), rf"\1:{REMOVED}@"),
    (
        re.compile(
            r"\b((?:pass(?:word|wd)?|pwd|(?:client|cookie)_secret|(?:access|id|refresh)_token)['\"]?\s*[=:]\s*)"
            r"(?:'[^']*'|\"[^\"]*\"|[^\s&;,)'\"]+)",
            re.IGNORECASE,
        ),
        rf"\1{REMOVED}",
    ),
    (re.compile(r"[\w.!#$%&*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+"), ADDRESS),
)
FORMATTER = logging.Formatter()


def redacted(text: str) -> str:
    """A text without what looks like a token, a password or an e-mail address."""
    for pattern, instead in SECRETS:
        text = pattern.sub(instead, text)
    return text


def guard() -> None:
    """Have every log record of this process, of any logger, made without secrets; a second call changes nothing."""
    make = logging.getLogRecordFactory()
    if getattr(make, "without_secrets", False):
        return

    def factory(*given: Any, **named: Any) -> logging.LogRecord:
        return _without_secrets(make(*given, **named))

    factory.without_secrets = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(factory)


def _without_secrets(record: logging.LogRecord) -> logging.LogRecord:
    # Some formatters read the arguments, so they keep their places where that is enough.
    if isinstance(record.msg, str) and isinstance(record.args, tuple):
        record.msg = redacted(record.msg)
        record.args = tuple(redacted(one) if isinstance(one, str) else one for one in record.args)
    said = _said(record)
    if redacted(said) != said:
        record.msg, record.args = redacted(said), ()
    if record.exc_info and record.exc_info[0] is not None:
        record.exc_text = redacted(FORMATTER.formatException(record.exc_info))
    if record.stack_info:
        record.stack_info = redacted(record.stack_info)
    return record


def _said(record: logging.LogRecord) -> str:
    """The whole message; one that cannot be put together is told when it is written, as always."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return str(record.msg)
