"""Structured logs without secrets and without people: one last step that every line passes."""

import os
import re

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# A slash, as it is or as it stands in another address's query string, however often quoted.
SLASH = r"/|%(?:25)*2F"
# Paths whose next part is a secret: replies and declarations, packs, invitations, calendars,
# unsubscribing.
SECRET_PATH = re.compile(
    rf"({SLASH})(r|p|join|unsubscribe|calendar)({SLASH})(?:(?!{SLASH})[^\s/?#\"'<>&])+",
    re.IGNORECASE,
)
# A path's query string: where somebody comes from and goes to, or what they look for.
QUERY = re.compile(r"(/[^\s?\"'<>]*)\?[^\s\"'<>]*")
ADDRESS = re.compile(r"[\w.+'-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+")
# An address and a time beside a reply would tell who answered when.
DROPPED = ("ip", "user_agent")

foreign_pre_chain: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
]

structlog.configure(
    processors=[
        *foreign_pre_chain,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
)


def redact(line: str) -> str:
    without_queries = QUERY.sub(r"\1", line)
    return ADDRESS.sub("[address]", SECRET_PATH.sub(r"\1\2\3[secret]", without_queries))


def line_format() -> Processor:
    """One JSON object a line in production, for people elsewhere; LOG_FORMAT overrules."""
    production = os.environ.get("DJANGO_SETTINGS_MODULE") == "config.settings.production"
    if os.environ.get("LOG_FORMAT", "json" if production else "console") == "json":
        return structlog.processors.JSONRenderer()
    return structlog.dev.ConsoleRenderer(
        colors=False, exception_formatter=structlog.dev.plain_traceback
    )


_render = line_format()


def renderer(logger: WrappedLogger, name: str, event: EventDict) -> str:
    """The finished line is searched, so that no field, message or traceback slips past."""
    kept = {key: value for key, value in event.items() if key not in DROPPED}
    return redact(str(_render(logger, name, kept)))
