"""What is learned from the log about wanted variants."""

import json
from io import StringIO

from rich.console import Console

from chalicelib.domain.variants.popular import Popular
from infra.operations.popular import Ask, asks, show

CARD, BACKDROP, LOGO = "Primary?fillWidth=223&fillHeight=335", "Backdrop?maxWidth=1920", "Logo?height=70"


def line(entry: str, tag: str) -> str:
    return json.dumps({"level": "INFO", "message": "request", "asked": entry, "of": tag})


def shown(found: list[Ask], stage: str = "") -> str:
    stream = StringIO()
    show(Console(file=stream, width=100), found, stage)
    return stream.getvalue()


def test_what_most_images_were_asked_for_comes_first() -> None:
    messages = [line(BACKDROP, "a")] * 5 + [line(CARD, tag) for tag in "abca"] + [line(LOGO, "a")]
    assert asks(messages) == [Ask(CARD, 4, 3), Ask(BACKDROP, 5, 1), Ask(LOGO, 1, 1)]


def test_other_lines_do_not_count() -> None:
    others = ["REPORT RequestId", '"asked"', '{"asked": 1}', '{"message": "asked"}', "", line(CARD, "a")]
    assert asks(others) == [Ask(CARD, 1, 1)]


def test_the_setting_can_be_read_as_it_is_printed() -> None:
    text = shown([Ask(CARD, 4_000, 3), Ask(BACKDROP, 2, 1)], "prod")
    assert "4,000" in text
    _, setting, command = text.splitlines()[-1].split("'")
    assert Popular.parse(setting) == Popular.parse(f"{CARD} {BACKDROP}")
    assert command == " jellyfin-images deploy prod"


def test_the_service_that_runs_here_is_started_with_it() -> None:
    assert shown([Ask(CARD, 1, 1)]).splitlines()[-1] == f"POPULAR='{CARD}' jellyfin-images up"


def test_where_nobody_asked_there_is_nothing_to_set() -> None:
    assert shown([]) == "Nobody has asked for a variant in that time.\n"
