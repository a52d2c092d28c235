"""The one table from the service's errors to HTTP statuses."""

from chalice.app import Response

from chalicelib import errors
from chalicelib.web.protocol.caching import CachePolicy
from chalicelib.web.protocol.responses import problem

RETRY_SECONDS = 2
"""After which it is worth asking again for what was unavailable; what clients wait besides is theirs."""

STATUS: dict[type[errors.ServiceError], int] = {
    errors.InvalidInputError: 400,
    errors.BodyTooLargeError: 413,
    errors.UnsupportedEncodingError: 415,
    errors.UnauthenticatedError: 401,
    errors.ForbiddenError: 403,
    errors.NotFoundError: 404,
    errors.ConflictError: 409,
    errors.ClaimLostError: 409,
    errors.ThrottledError: 429,
    errors.SettledError: 409,
    errors.CorruptError: 500,
    errors.UnavailableError: 503,
    errors.AnswerTooLargeError: 502,
    errors.UpstreamError: 502,
    errors.UpstreamTimeoutError: 504,
}


def status_of(error: errors.ServiceError) -> int:
    """Return the status of an error's class, or of the nearest class above it that has one."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def error_response(error: errors.ServiceError) -> Response:
    """Turn an error into ProblemDetails; a field's name goes under `errors`."""
    field = error.field if isinstance(error, errors.InvalidInputError) else ""
    return problem(status_of(error), error.told, field=field, headers=_headers(error))


def _headers(error: errors.ServiceError) -> dict[str, str]:
    if isinstance(error, errors.UnsupportedEncodingError):
        return {"Accept-Encoding": "identity"}  # RFC 9110 §12.5.3: what would have been taken
    if isinstance(error, errors.AbsentError):
        return CachePolicy(seconds=error.SECONDS).headers
    return _retry_after(error)


def _retry_after(error: errors.ServiceError) -> dict[str, str]:
    if isinstance(error, errors.ThrottledError | errors.UpstreamError) and error.seconds:
        return {"Retry-After": str(error.seconds)}
    return {"Retry-After": str(RETRY_SECONDS)} if _passes(error) else {}


def _passes(error: errors.ServiceError) -> bool:
    """Tell whether the same request may meet something else soon."""
    lasting = (errors.TooLongError, errors.UpstreamError)
    return isinstance(error, errors.UnavailableError) and not isinstance(error, lasting)
