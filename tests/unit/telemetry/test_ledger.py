"""The ledger of one piece of work."""

from chalicelib.telemetry.ledger import ledger, note, record, timed


def test_times_and_calls_add_up_within_a_ledger() -> None:
    with ledger() as opened:
        record("s3.GetObject", 0.25)
        record("s3.GetObject", 0.5)
        note("cache", "hit")
        with timed("render"):
            pass
    assert opened.seconds["s3.GetObject"] == 0.75
    assert opened.calls == {"s3.GetObject": 2, "render": 1}
    assert opened.notes == {"cache": "hit"}


def test_without_a_ledger_nothing_is_kept() -> None:
    record("s3.GetObject", 1.0)
    note("cache", "hit")
    with ledger() as opened:
        pass
    assert opened.calls == {}
    assert opened.notes == {}
