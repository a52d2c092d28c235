"""Reads of many rows at once, of which DynamoDB leaves a part out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from chalicelib.adapters.dynamodb.table import plain_rows
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.errors import BusyError

KEYS = [("list", f"{n:03}") for n in range(120)]


@dataclass
class Table:
    """Has a row of each key, and reads no more than so many in a call, as long as it is short of capacity."""

    short_for: int
    most: int
    asked: list[int] = field(default_factory=list)

    def batch_get_item(self, name: str, keys: Sequence[Any], *, consistent_read: bool) -> Mapping[str, Any]:
        assert consistent_read
        assert len(self.asked) < 50, "asked without end"
        self.asked.append(len(keys))
        most = self.most if len(self.asked) <= self.short_for else len(keys)
        left = {name: {"Keys": keys[most:]}} if keys[most:] else {}
        return {"Responses": {name: keys[:most]}, "UnprocessedKeys": left}


def bound(table: Table, monkeypatch: pytest.MonkeyPatch) -> Table:
    """Let rows be read from a table without a network."""
    monkeypatch.setattr(Row.Meta, "table_name", "table", raising=False)
    monkeypatch.setattr(plain_rows, "connection", lambda: table)
    return table


def test_keys_that_were_left_out_are_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    table = bound(Table(short_for=1, most=84), monkeypatch)
    found = sorted((row["pk"]["S"], row["sk"]["S"]) for row in plain_rows.plain_items(KEYS))
    assert found == KEYS
    assert table.asked == [100, 16, 20]


def test_a_table_that_stays_short_of_capacity_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    table = bound(Table(short_for=50, most=0), monkeypatch)
    with pytest.raises(BusyError, match="too busy"):
        list(plain_rows.plain_items(KEYS))
    assert table.asked == [100] * plain_rows._ATTEMPTS  # noqa: SLF001  # the bound itself
