"""What every row of the one table shares.

Keys: `pk` names an owner or another thing (`item#<id>`, `user#<id>`, `original#<key>` …), `sk` which row of it
this is (`images`, `details` …). Two sparse indexes, `gsi1` and `gsi2`, serve lists; `expires_at` is the
table's time to live, in seconds since 1970. Each adapter declares its own rows beside its code.
"""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model


class Row(Model):
    """The keys of a row, and how patient a call to DynamoDB is: well below API Gateway's 29 s."""

    class Meta:
        """Settings of the connection; `bind` gives the table's name."""

        table_name = "unbound"
        connect_timeout_seconds = 1
        read_timeout_seconds = 3
        max_retry_attempts = 3

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)


def bind(table: str) -> None:
    """Name the table before the first call of a process."""
    Row.Meta.table_name = table
