"""What DynamoDB says of the table."""

from typing import Any

from chalicelib.adapters.dynamodb.table.models import Row, connection


class DynamoTableFacts:
    """TableFacts by DescribeTable."""

    def size(self) -> int:
        """Return the bytes of the table and its indexes."""
        client: Any = connection().client  # PynamoDB's type of it names no calls
        table = client.describe_table(TableName=Row.Meta.table_name)["Table"]
        indexes = table.get("GlobalSecondaryIndexes", ())
        return int(table["TableSizeBytes"]) + sum(int(index.get("IndexSizeBytes", 0)) for index in indexes)
