"""Conditions of single writes."""

from pynamodb.exceptions import DeleteError, PynamoDBException
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model


def delete_if(row: Model, condition: Condition) -> None:
    """Delete a row on a condition; one that is not as the condition says stays."""
    try:
        row.delete(condition=condition)
    except DeleteError as error:
        if not is_refused(error):
            raise


def is_refused(error: PynamoDBException) -> bool:
    """Tell whether a write failed because its condition did not hold."""
    return error.cause_response_code == "ConditionalCheckFailedException"
