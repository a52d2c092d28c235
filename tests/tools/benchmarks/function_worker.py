"""The function of the API in a new process: imports the application of an unpacked archive and answers events.

The functions' own Python runs it as a script, so it may import nothing of the tests. An event a line in; a line of
JSON out that begins with `{"python"`: the status and the headers, and milliseconds of core time until Python had
begun, for the import, for the answer. What the application logs are other lines.
"""

import json
import sys
from time import process_time


class Context:
    """Lambda's context, with time to spare."""

    aws_request_id = "benchmark"
    function_name = "benchmark"

    def get_remaining_time_in_millis(self) -> int:
        """Return what a function has at its start."""
        return 28_000


def main() -> None:
    """Start, then answer and tell until the input ends."""
    first = json.loads(sys.stdin.readline())
    begun = process_time()
    from app import app  # noqa: PLC0415  # its import is what is measured

    imported = process_time()
    event = first
    while event:
        started = process_time()
        answer = app(event, Context())
        times = {"python": begun, "imports": imported - begun, "answer": process_time() - started}
        milliseconds = {name: seconds * 1000 for name, seconds in times.items()}
        told = {"status": answer["statusCode"], "headers": answer.get("headers") or {}}
        sys.stdout.write(json.dumps(milliseconds | told) + "\n")
        sys.stdout.flush()
        line = sys.stdin.readline()
        event = json.loads(line) if line else None


if __name__ == "__main__":
    main()
