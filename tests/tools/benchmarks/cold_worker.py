"""One cold start: imports the application of an unpacked archive and answers one event.

The functions' own Python runs it as a script, so it may import nothing of the tests. An event in; the last line
out is JSON: the status, and milliseconds of core time until Python had begun, for the import, for the answer.
"""

import json
import sys
from time import process_time


class Context:
    """Lambda's context, with time to spare."""

    aws_request_id = "cold-start"
    function_name = "cold-start"

    def get_remaining_time_in_millis(self) -> int:
        """Return what a function has at its start."""
        return 28_000


def main() -> None:
    """Start, answer, tell."""
    event = json.load(sys.stdin)
    begun = process_time()
    from app import app  # noqa: PLC0415  # its import is what is measured

    imported = process_time()
    answer = app(event, Context())
    times = {"python": begun, "imports": imported - begun, "answer": process_time() - imported}
    milliseconds = {name: seconds * 1000 for name, seconds in times.items()}
    sys.stdout.write(json.dumps(milliseconds | {"status": answer["statusCode"]}) + "\n")


if __name__ == "__main__":
    main()
