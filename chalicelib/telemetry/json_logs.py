"""Log lines as one JSON object each, on standard output, where CloudWatch Logs Insights reads their fields."""

import json
import logging
import sys
from datetime import UTC, datetime

from chalicelib.telemetry.invocation import invocation_fields


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message and invocation, with the mapping given as `extra={"fields": …}` beside them."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line; `timestamp` is ISO 8601 in UTC, to the millisecond."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "timestamp": time.replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **invocation_fields(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def configure() -> None:
    """Send the package's log lines, from INFO up, to standard output and nowhere else."""
    logger = logging.getLogger("chalicelib")
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(JsonFormatter())
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False
