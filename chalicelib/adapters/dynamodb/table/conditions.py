"""Conditions of single writes."""

from pynamodb.exceptions import PynamoDBException


def is_refused(error: PynamoDBException) -> bool:
    """Tell whether a write failed because its condition did not hold."""
    return error.cause_response_code == "ConditionalCheckFailedException"
