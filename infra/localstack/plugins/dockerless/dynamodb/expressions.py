"""Let moto's DynamoDB read each expression once: an application has few, and sends them again and again."""

from collections import deque
from functools import lru_cache
from typing import Any

from moto.dynamodb.comparisons import ConditionExpressionParser
from moto.dynamodb.parsing.expressions import UpdateExpressionParser

EXPRESSIONS = 1_024
"""How many are remembered; what an expression means is found anew, since names and values come with each call."""


def apply_patches() -> None:
    """Change the classes in place, once per process."""
    # Whoever goes on with a tree of an update copies it first.
    UpdateExpressionParser.make = lru_cache(EXPRESSIONS)(UpdateExpressionParser.make)
    lex = ConditionExpressionParser._lex_condition_expression  # noqa: SLF001  # there is no public name

    @lru_cache(EXPRESSIONS)
    def tokens(expression: str) -> tuple[Any, ...]:
        return tuple(lex(ConditionExpressionParser(expression, {}, {})))

    def lexed(parser: ConditionExpressionParser) -> deque[Any]:
        return deque(tokens(parser.condition_expression))

    ConditionExpressionParser._lex_condition_expression = lexed  # noqa: SLF001
