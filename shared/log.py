"""Logs: one JSON line per happening, to the standard output."""

import logging
import sys

import structlog


def configure(level: str) -> None:
    """Set up structlog and send the standard library's warnings the same way."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s"
    )
    # An absent broker is said once by the worker; pika would say it in twenty lines at every attempt.
    logging.getLogger("pika").setLevel(logging.CRITICAL)
