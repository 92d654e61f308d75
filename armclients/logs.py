"""What is written down about failures: where, what and when, and nothing about people.

The message of an exception may quote a row («Key (phone)=(…) already exists»), so of exceptions
only their types, PostgreSQL's code and constraint, and the places in the code are written.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFormatter(logging.Formatter):
    """Lines for people."""

    def formatException(self, ei: Raised) -> str:  # noqa: N802 — logging's name
        error = ei[1]
        told: list[str] = []
        while error is not None:
            told.insert(0, f"{named(error)}\n{''.join(traceback.format_tb(error.__traceback__))}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(told).rstrip()


class JsonFormatter(DiscreetFormatter):
    """One line of JSON for every record, for whatever collects them."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := getattr(record, "request", None):
            told |= {
                "method": getattr(request, "method", None),
                "path": getattr(request, "path", None),
                "status": getattr(record, "status_code", None),
            }
        if record.exc_info and record.exc_info[1]:
            told["error"] = named(record.exc_info[1])
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def named(error: BaseException) -> str:
    """«IntegrityError 23505 contact_once»: the kind of an error, never its words."""
    reported = error.__cause__ if hasattr(error.__cause__, "sqlstate") else error
    sqlstate = getattr(reported, "sqlstate", None)
    constraint = getattr(getattr(reported, "diag", None), "constraint_name", None)
    return " ".join(filter(None, [type(error).__name__, sqlstate, constraint]))
