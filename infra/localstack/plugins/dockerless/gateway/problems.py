"""Word refusals as ProblemDetails (RFC 9457), as the service behind words its own."""

from http import HTTPStatus

PROBLEM_TYPE = "application/problem+json"


def problem(status: int, detail: str) -> dict[str, str | int]:
    """Return the document of an error."""
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
