"""What a foreground service shows and does: requests that failed, and a start anew."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from infra.local.watching import MOST_MISSES, STUCK, Log, Watch


class Place:
    """A service that is well or not, its log, and how often it was started anew."""

    def __init__(self, folder: Path, *, is_terminal: bool = False) -> None:
        self.path, self.written = folder / "front-door.log", StringIO()
        self.path.write_text("21:00:00 500 GET /before 1 ms\n")
        self.is_well, self.is_wanted, self.renewals = True, True, 0
        self.watch = Watch(
            Log(self.path),
            lambda: self.is_well,
            lambda: self.is_wanted,
            self.renew,
            Console(
                file=self.written,
                force_terminal=is_terminal,
                color_system="standard" if is_terminal else None,
                width=200,
            ),
        )

    def renew(self) -> None:
        self.renewals += 1
        self.is_well = True

    def log(self, text: str) -> None:
        with self.path.open("a") as file:
            file.write(text)

    def shown(self) -> str:
        self.watch.show()
        return self.written.getvalue()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_requests_that_failed_since_the_start_are_shown(place: Place) -> None:
    place.log("22:00:00 502 GET /Items 7 ms\na trace, and no request\n22:00:01 404 GET /x 1 ms\n")
    assert place.shown() == "22:00:00 502 GET /Items 7 ms\n22:00:01 404 GET /x 1 ms\n"


def test_a_line_is_shown_once_it_is_whole(place: Place) -> None:
    place.log("22:00:00 502 GET ")
    assert place.shown() == ""
    place.log("/Items 7 ms\n")
    assert place.shown() == "22:00:00 502 GET /Items 7 ms\n"
    assert place.shown() == "22:00:00 502 GET /Items 7 ms\n"


def test_a_log_that_was_begun_anew_is_read_from_its_beginning(place: Place) -> None:
    place.path.write_text("")
    place.shown()
    place.log("22:00:00 500 GET /Items 7 ms\n")
    assert "/Items" in place.shown()


def test_a_terminal_shows_the_services_own_failures_red(tmp_path: Path) -> None:
    place = Place(tmp_path, is_terminal=True)
    place.log("22:00:00 502 GET /a 7 ms\n22:00:01 404 GET /b 1 ms\n")
    red, yellow = place.shown().splitlines()
    assert red.startswith("\x1b[31m")
    assert yellow.startswith("\x1b[33m")


def test_a_service_that_is_stuck_is_started_anew_and_said_so(place: Place) -> None:
    place.is_well = False
    for _ in range(MOST_MISSES - 1):
        place.watch.check()
    assert (place.renewals, place.written.getvalue()) == (0, "")
    place.watch.check()
    place.watch.check()
    assert place.renewals == 1
    assert place.written.getvalue() == f"{STUCK}\nThe service is up again.\n"


def test_a_busy_machine_may_miss_a_check(place: Place) -> None:
    for is_well in [False, False, False, True] * 3:
        place.is_well = is_well
        place.watch.check()
    assert place.renewals == 0


def test_a_service_that_was_stopped_elsewhere_stays_stopped(place: Place) -> None:
    place.is_well = place.is_wanted = False
    for _ in range(2 * MOST_MISSES):
        place.watch.check()
    assert place.renewals == 0
    place.watch.run()
