"""What the log tells of a month in front of a Jellyfin server."""

import json

from infra.operations.savings import NOTHING, Savings


def test_lines_of_requests_add_up_and_others_do_not_count() -> None:
    lines = [
        {"UpstreamBytesSaved": 1_000_000, "Hits": 1},
        {"UpstreamBytesSaved": 500_000, "StaleAnswers": 1, "UpstreamRequests": 1, "UpstreamFailures": 1},
        {"UpstreamRequests": 1, "Misses": 1},
        {"message": "request"},
    ]
    savings = Savings.of([*map(json.dumps, lines), "START RequestId", '"text"'])
    assert savings == Savings(answers=2, size=1_500_000, asked=2, failed=1, stale=1)
    assert "1.5 MB in 2 answers" in str(savings)
    assert "asked 2 times and failed 1 times" in str(savings)


def test_a_stage_without_a_server_behind_it_has_saved_nothing() -> None:
    assert Savings.of([]) == NOTHING
