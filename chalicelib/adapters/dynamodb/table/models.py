"""What every row of the one table shares.

Keys: `pk` names an owner or another thing (`item#<id>`, `user#<id>`, `original#<key>` …), `sk` which row of it
this is (`images`, `details` …). Two sparse indexes, `gsi1` and `gsi2`, serve lists; `expires_at` is the
table's time to live, in seconds since 1970. Each adapter declares its own rows beside its code.
"""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.connection import Connection, TableConnection
from pynamodb.connection.base import MetaTable
from pynamodb.models import Model

from chalicelib.adapters.aws.lean_calls import shorten_get_item
from chalicelib.adapters.aws.outages import raise_busy_errors
from chalicelib.adapters.aws.timings import record_timings
from chalicelib.adapters.dynamodb.table.contention import retry_transaction_conflicts


class Row(Model):
    """The keys of a row, and how long a call to DynamoDB may take: well below API Gateway's 29 s."""

    class Meta:
        """Settings of the connection; `bind` gives the table's name."""

        table_name = "unbound"
        connect_timeout_seconds = 1
        read_timeout_seconds = 3
        max_retry_attempts = 3

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)


def bind(table: str) -> None:
    """Name the table before the first call of a process, and connect all rows to it at once.

    Left alone, PynamoDB makes each class of rows a client of its own, at some 100 ms and a TLS handshake each.
    Classes below `Row` find its connection by inheritance.
    """
    if Row.Meta.table_name == table:
        return
    Row.Meta.table_name = table
    Row._connection = _connection(table)  # noqa: SLF001  # PynamoDB has no other way to share one
    client = raise_busy_errors(record_timings(connection().client))
    retry_transaction_conflicts(client)
    shorten_get_item(client, connection().session)


def connection() -> Connection:
    """Return the connection of all rows; `bind` must have named the table."""
    assert Row._connection, "no table is bound"  # noqa: S101, SLF001  # as above
    return Row._connection.connection  # noqa: SLF001  # as above


def _connection(table: str) -> TableConnection:
    meta = Row.Meta
    return TableConnection(
        table,
        connect_timeout_seconds=meta.connect_timeout_seconds,
        read_timeout_seconds=meta.read_timeout_seconds,
        max_retry_attempts=meta.max_retry_attempts,
        meta_table=MetaTable(
            {
                "TableName": table,
                "KeySchema": _key_schema("pk", "sk"),
                "GlobalSecondaryIndexes": [
                    {"IndexName": index, "KeySchema": _key_schema(f"{index}pk", f"{index}sk")}
                    for index in ("gsi1", "gsi2")
                ],
                "AttributeDefinitions": [
                    {"AttributeName": index + key, "AttributeType": "S"}
                    for index in ("", "gsi1", "gsi2")
                    for key in ("pk", "sk")
                ],
            }
        ),
    )


def _key_schema(hash_key: str, range_key: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": hash_key, "KeyType": "HASH"},
        {"AttributeName": range_key, "KeyType": "RANGE"},
    ]
