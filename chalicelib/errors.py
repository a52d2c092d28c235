"""What can go wrong, told apart by class; knows neither HTTP nor AWS.

ServiceError
├── InvalidInputError        the caller's mistake in one named field
│   ├── InvalidImageError    the bytes are no picture that is wanted
│   ├── LimitExceededError   a measured value is over a stated limit
│   │   └── BodyTooLargeError  the body has more bytes than this call takes
│   ├── UnsupportedEncodingError  the body is packed, and has to come as it is
│   ├── NameTakenError       a name that must be unique belongs to somebody else
│   └── LastAdministratorError  nobody would be left to administer
├── NotFoundError            the named thing does not exist
│   ├── AbsentError          the upstream server has no such image, as far as is known for some seconds
│   └── UnreadableImageError  the upstream server has one that cannot be processed, only shown as it is
├── UnauthenticatedError     no identity, and the call needs one
├── ForbiddenError           an identity that may not do this
├── ThrottledError           too much of late; wait as long as it says
│   ├── TooManyAttemptsError  logins that failed
│   ├── TooManyRendersError  pictures that are made
│   └── TooMuchTrafficError  large pictures sent to callers whom nobody knows
├── ConflictError            another writer was faster; read again and retry
├── ClaimLostError           a claim to an original was withdrawn before its image was written; claim again
├── CorruptError             stored bytes are not those that were stored
├── AnswerTooLargeError      the upstream server's answer is more than a function may answer
├── SettledError             the upload ticket was used before
└── UnavailableError         something behind us does not answer in time
    ├── BusyError            one of our own stores is too busy, or fails; which call and why is for the log alone
    ├── PendingError         an upload is under way, whose end has to be waited for
    ├── TooLongError         a picture takes longer than there is, at the next attempt too
    └── UpstreamError        another site fails, or answers nonsense
        └── UpstreamTimeoutError  another site does not answer in time
"""


class ServiceError(Exception):
    """Base of every error that the service raises on purpose; its text is for logs, `told` for callers."""

    @property
    def told(self) -> str:
        """Return what a caller may be shown: the text, where no class says otherwise."""
        return str(self)


class InvalidInputError(ServiceError):
    """Refuse one named field of the request."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class InvalidImageError(InvalidInputError):
    """Refuse bytes that are no picture, or none of a wanted format."""

    def __init__(self, message: str, field: str = "body") -> None:
        super().__init__(field, message)


class LimitExceededError(InvalidInputError):
    """Refuse a measured value above its limit; the text states both."""

    def __init__(self, field: str, measure: str, value: int, limit: int) -> None:
        super().__init__(field, f"The {measure} is {value:,}; the limit is {limit:,}.")
        self.measure, self.value, self.limit = measure, value, limit


class AnswerTooLargeError(ServiceError):
    """Refuse to pass an answer on: it has more bytes than a function may answer. Whoever sent it is well."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"The Jellyfin server's answer is larger than {limit:,} bytes, the most that can be passed on. "
            "Ask the Jellyfin server itself."
        )


class BodyTooLargeError(LimitExceededError):
    """Refuse a body of more bytes than this call takes."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__("body", "size of the body in bytes", size, limit)


class UnsupportedEncodingError(InvalidInputError):
    """Refuse a body that is packed in any way."""

    def __init__(self, encoding: str) -> None:
        super().__init__(
            "Content-Encoding",
            f"Unsupported Content-Encoding '{encoding[:100]}'. Send the body as it is, without that header.",
        )


class NameTakenError(InvalidInputError):
    """Refuse a name that must be unique and is taken."""

    def __init__(self, name: str) -> None:
        super().__init__("Name", f"The name '{name}' is taken.")


class LastAdministratorError(InvalidInputError):
    """Refuse to delete, disable or demote the last administrator."""

    def __init__(self, name: str) -> None:
        super().__init__("userId", f"'{name}' is the last administrator. Make another one first.")


class NotFoundError(ServiceError):
    """Say that the named thing does not exist."""


class AbsentError(NotFoundError):
    """Say that the upstream server has no such image, or none that can be shown; true for `SECONDS`."""

    SECONDS = 10


class UnreadableImageError(NotFoundError):
    """Say that a picture is there which cannot be processed; whoever can may show it as it came, for `seconds`."""

    def __init__(self, message: str, data: bytes, content_type: str, seconds: int = 0) -> None:
        super().__init__(message)
        self.data, self.content_type, self.seconds = data, content_type, seconds


class UnauthenticatedError(ServiceError):
    """Ask for a token: the call needs an identity."""


class ForbiddenError(ServiceError):
    """Refuse an identity that may not do this."""


class ThrottledError(ServiceError):
    """Ask to wait. `seconds` is at least 1."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class TooManyAttemptsError(ThrottledError):
    """Ask to wait: too much has failed of late."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many failed attempts; try again in {seconds:,} s.", seconds)


class TooManyRendersError(ThrottledError):
    """Ask to wait: too much was made of late, of one image or of all."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many different pictures were asked for; try again in {seconds:,} s.", seconds)


class TooMuchTrafficError(ThrottledError):
    """Ask to wait: too many large pictures were sent to callers whom nobody knows."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            f"Too many large pictures were sent; try again in {seconds:,} s, sign in, or ask for a smaller one.",
            seconds,
        )


class ConflictError(ServiceError):
    """Say that a row changed between read and write."""


class ClaimLostError(ServiceError):
    """Say that a claim to an original was withdrawn before its image was written."""


class CorruptError(ServiceError):
    """Say that stored bytes are not those that were stored, or cannot be read any more."""


class SettledError(ServiceError):
    """Say that an upload ticket was used before."""


class UnavailableError(ServiceError):
    """Say that something behind us failed or did not answer in time."""


class BusyError(UnavailableError):
    """Say which call of a store of our own failed for now, and why."""

    @property
    def told(self) -> str:
        """Return what is the same for every store and cause."""
        return "The store is too busy at the moment; try again."


class PendingError(UnavailableError):
    """Say that an upload is under way, whose end decides what is right."""


class TooLongError(UnavailableError):
    """Say that a picture takes longer than there is, which is no other at the next attempt."""


class UpstreamError(UnavailableError):
    """Say that another site failed, or answered nonsense; try again after `seconds`, if that is above 0."""

    def __init__(self, message: str, seconds: int = 0) -> None:
        super().__init__(message)
        self.seconds = seconds


class UpstreamTimeoutError(UpstreamError):
    """Say that another site did not answer in time."""
