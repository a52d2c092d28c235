"""Asking an API: patience with a site that is busy, none with one that makes no sense."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from chalicelib.adapters.fetching.client import FetchRequest, FetchResponse
from chalicelib.adapters.providers.session import ProviderSession, segment
from chalicelib.domain.deadline import Deadline
from chalicelib.errors import UpstreamError


@dataclass
class Site:
    """Answers in turn, the last one for ever; time passes only in pauses."""

    answers: list[FetchResponse]
    requests: list[FetchRequest] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    def get(self, request: FetchRequest, deadline: Deadline) -> FetchResponse:
        assert deadline.remaining > 0
        self.requests.append(request)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def session(self, **more: dict[str, str]) -> ProviderSession:
        return ProviderSession(self, "https://api.example/3", pause=self.pauses.append, **more)  # type: ignore[arg-type]  # mappings alone

    def deadline(self) -> Deadline:
        return Deadline(10.0, lambda: sum(self.pauses))


def busy(retry_after: str | None = None, status: int = 429) -> FetchResponse:
    return FetchResponse(status, {} if retry_after is None else {"retry-after": retry_after})


FINE = FetchResponse(200, {}, b'{"id": 1}')


def test_json_is_read() -> None:
    site = Site([FINE])
    assert site.session().get("/movie/1", site.deadline(), language="de") == {"id": 1}
    assert site.requests[0].url == "https://api.example/3/movie/1?language=de"


def test_keys_go_where_the_site_wants_them() -> None:
    site = Site([FINE])
    session = site.session(secrets={"api_key": "s&cret"}, credentials={"api-key": "secret"})
    session.get("/movie/1", site.deadline())
    assert site.requests[0].url == "https://api.example/3/movie/1?api_key=s%26cret"
    assert site.requests[0].credentials == {"api-key": "secret"}
    assert "api-key" not in site.requests[0].headers


@pytest.mark.parametrize("status", [400, 404, 410])
def test_what_is_not_there_is_none(status: int) -> None:
    site = Site([FetchResponse(status, {})])
    assert site.session().get("/movie/1", site.deadline()) is None


@pytest.mark.parametrize(
    "answer",
    [
        FetchResponse(200, {}, b"<html>"),
        FetchResponse(200, {}, b"\xff\xfe"),
        FetchResponse(200, {}, b"[" * 100_000),
    ],
)
def test_what_is_not_json_is_an_error(answer: FetchResponse) -> None:
    site = Site([answer])
    with pytest.raises(UpstreamError, match="not JSON"):
        site.session().get("/movie/1", site.deadline())


@pytest.mark.parametrize("status", [204, 301, 401, 403, 500, 502])
def test_any_other_status_is_an_error_that_shows_no_key(status: int) -> None:
    site = Site([FetchResponse(status, {})])
    with pytest.raises(UpstreamError, match=str(status)) as refusal:
        site.session(secrets={"api_key": "secret"}).get("/movie/1", site.deadline())
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("retry_after", "pause"),
    [("3", 3.0), (None, 1.0), ("soon", 1.0), ("Mon, 01 Jan 99999999999 00:00:00 GMT", 1.0), ("0", 1.0)],
)
def test_a_busy_site_is_asked_again_when_it_says_so(
    status: int, retry_after: str | None, pause: float
) -> None:
    site = Site([busy(retry_after, status), FINE])
    assert site.session().get("/movie/1", site.deadline()) == {"id": 1}
    assert site.pauses == [pause]


@pytest.mark.parametrize("zone", ["GMT", "-0000", "+0000"])
def test_a_site_may_name_a_date(zone: str) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=5), usegmt=True)
    site = Site([busy(date.replace("GMT", zone)), FINE])
    site.session().get("/movie/1", site.deadline())
    assert 3.0 < site.pauses[0] <= 5.0


@pytest.mark.parametrize("retry_after", ["10", "3600", "9" * 40])
def test_a_site_that_is_busy_for_too_long_is_left_alone(retry_after: str) -> None:
    site = Site([busy(retry_after), FINE])
    session = site.session()
    for _ in range(2):
        with pytest.raises(UpstreamError, match="busy"):
            session.get("/movie/1", site.deadline())
    assert (len(site.requests), site.pauses) == (1, [])


def test_a_site_is_asked_again_after_its_rest_and_no_rest_is_for_ever() -> None:
    site = Site([busy("9" * 40), FINE])
    session = site.session()
    with pytest.raises(UpstreamError):
        session.get("/movie/1", Deadline(10.0, lambda: 0.0))
    with pytest.raises(UpstreamError):
        session.get("/movie/1", Deadline(3_600.0, lambda: 3_599.0))
    assert session.get("/movie/1", Deadline(3_610.0, lambda: 3_601.0)) == {"id": 1}


def test_a_site_that_stays_busy_is_left_before_the_deadline() -> None:
    site = Site([busy("4")])
    with pytest.raises(UpstreamError, match="busy"):
        site.session().get("/movie/1", site.deadline())
    assert site.pauses == [4.0, 4.0]


def test_a_site_that_does_not_say_for_how_long_is_not_pestered() -> None:
    site = Site([busy()])
    with pytest.raises(UpstreamError, match="busy"):
        site.session().get("/movie/1", site.deadline())
    assert len(site.requests) == 3


def test_a_segment_cannot_become_two() -> None:
    assert segment("../a?b#c") == "..%2Fa%3Fb%23c"
