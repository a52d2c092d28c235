"""A table that answers at once: DynamoDB's reads over rows in memory, and what they would have cost.

It stands behind botocore's client, so that all that the service does to read is done, but for the network. Its own
time is counted apart.
"""

import base64
import json
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from time import process_time
from typing import Any

from botocore.awsrequest import AWSResponse

_MEGABYTE = 1_048_576
_READ_UNIT = 4_096
_KEYS = (("", "pk", "sk"), ("gsi1", "gsi1pk", "gsi1sk"), ("gsi2", "gsi2pk", "gsi2sk"))
_CONDITION = re.compile(
    r"(#\d+) (=|<=|<|>=|>) (:\d+)|begins_with \((#\d+), (:\d+)\)|(#\d+) BETWEEN (:\d+) AND (:\d+)"
)

type Attributes = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row as it is answered, with its size as DynamoDB counts it."""

    text: str
    size: int


@dataclass
class PaperTable:
    """Rows by index, partition and sort key; `calls` and `units` count what was read since they were cleared."""

    partitions: dict[str, dict[str, tuple[list[str], list[PaperRow]]]] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    units: float = 0.0
    own_seconds: float = 0.0

    @classmethod
    def of(cls, rows: Iterable[Attributes]) -> "PaperTable":
        """Sort rows into a table and its two indexes."""
        sorted_in: dict[str, defaultdict[str, list[tuple[str, PaperRow]]]] = {
            index: defaultdict(list) for index, _, _ in _KEYS
        }
        for row in rows:
            kept = PaperRow(json.dumps(row, default=_base64, separators=(",", ":")), _size(row))
            for index, pk, sk in _KEYS:
                if pk in row:
                    sorted_in[index][row[pk]["S"]].append((row[sk]["S"], kept))
        table = cls()
        for index, partitions in sorted_in.items():
            table.partitions[index] = {pk: _by_key(its) for pk, its in partitions.items()}
        return table

    def put(self, row: Attributes) -> None:
        """Write one row."""
        kept = PaperRow(json.dumps(row, default=_base64, separators=(",", ":")), _size(row))
        keys, its = self.partitions[""].setdefault(row["pk"]["S"], ([], []))
        place = bisect_left(keys, row["sk"]["S"])
        if keys[place : place + 1] == [row["sk"]["S"]]:
            its[place] = kept
        else:
            keys.insert(place, row["sk"]["S"])
            its.insert(place, kept)

    def remove(self, pk: str, sk: str) -> None:
        """Delete one row that is there."""
        keys, its = self.partitions[""][pk]
        place = keys.index(sk)
        del keys[place], its[place]

    def clear(self) -> None:
        """Count from nothing again."""
        self.calls.clear()
        self.units = self.own_seconds = 0.0

    def answer(self, request: Any, **_: object) -> Any:  # noqa: ANN401  # botocore's request and answer
        """Answer one call in the place of the network: a handler of botocore's `before-send`."""
        begun = process_time()
        operation = request.headers["X-Amz-Target"].decode().rpartition(".")[2]
        self.calls[operation] += 1
        body = getattr(self, f"_{operation}")(json.loads(request.body)).encode()
        headers = {"Content-Type": "application/x-amz-json-1.0"}
        answer = AWSResponse(request.url, 200, headers, _Stream(body))  # type: ignore[arg-type]  # it reads no more
        self.own_seconds += process_time() - begun
        return answer

    def _GetItem(self, asked: Mapping[str, Any]) -> str:  # noqa: N802  # DynamoDB's name
        row = self._row(asked["Key"])
        self._charge([row] if row else [], asked)
        return f'{{"Item":{_shown(row, asked)}}}' if row else "{}"

    def _BatchGetItem(self, asked: Mapping[str, Any]) -> str:  # noqa: N802  # DynamoDB's name
        ((name, wanted),) = asked["RequestItems"].items()
        rows = [row for key in wanted["Keys"] if (row := self._row(key))]
        for row in rows:
            self._charge([row], wanted)
        found = ",".join(_shown(row, wanted) for row in rows)
        return f'{{"Responses":{{"{name}":[{found}]}},"UnprocessedKeys":{{}}}}'

    def _Query(self, asked: Mapping[str, Any]) -> str:  # noqa: N802  # DynamoDB's name
        read: list[PaperRow] = []
        size, last = 0, ""
        for row in self._matching(asked):
            if size + row.size > _MEGABYTE or len(read) == asked.get("Limit"):
                last = f',"LastEvaluatedKey":{_key_of(read[-1], asked)}'
                break
            size += row.size
            read.append(row)
        self._charge(read, asked)
        found = ",".join(_shown(row, asked) for row in read)
        return f'{{"Items":[{found}],"Count":{len(read)},"ScannedCount":{len(read)}{last}}}'

    def _matching(self, asked: Mapping[str, Any]) -> Iterator[PaperRow]:
        index = asked.get("IndexName", "")
        conditions = list(_conditions(asked))
        partition = next(value for _, operator, value in conditions[:1])
        keys, rows = self.partitions[index].get(partition, ([], []))
        first, end = 0, len(keys)
        for _, operator, value in conditions[1:]:
            first, end = _narrowed(keys, first, end, operator, value)
        if after := asked.get("ExclusiveStartKey"):
            place = bisect_left(keys, after[f"{index}sk"]["S"])
            first, end = (first, place) if asked.get("ScanIndexForward") is False else (place + 1, end)
        return iter(rows[first:end] if asked.get("ScanIndexForward", True) else rows[first:end][::-1])

    def _row(self, key: Attributes) -> PaperRow | None:
        keys, rows = self.partitions[""].get(key["pk"]["S"], ([], []))
        place = bisect_left(keys, key["sk"]["S"])
        return rows[place] if keys[place : place + 1] == [key["sk"]["S"]] else None

    def _charge(self, rows: list[PaperRow], asked: Mapping[str, Any]) -> None:
        units = max(1, -(-sum(row.size for row in rows) // _READ_UNIT))
        self.units += units if asked.get("ConsistentRead") else units / 2


@dataclass(frozen=True, slots=True)
class _Stream:
    """What botocore reads an answer from."""

    data: bytes

    def stream(self, **_: object) -> Iterator[bytes]:
        """Yield the whole."""
        yield self.data


def _by_key(rows: list[tuple[str, PaperRow]]) -> tuple[list[str], list[PaperRow]]:
    rows.sort(key=lambda row: row[0])
    return [key for key, _ in rows], [row for _, row in rows]


def _conditions(asked: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield the conditions of a query as name, operator and operand; that of the partition comes first."""
    names, values = asked["ExpressionAttributeNames"], asked["ExpressionAttributeValues"]
    for match in _CONDITION.finditer(asked["KeyConditionExpression"]):
        if match[1]:
            yield names[match[1]], match[2], values[match[3]]["S"]
        elif match[4]:
            yield names[match[4]], "begins", values[match[5]]["S"]
        else:
            yield names[match[6]], "between", (values[match[7]]["S"], values[match[8]]["S"])


def _narrowed(keys: list[str], first: int, end: int, operator: str, value: Any) -> tuple[int, int]:  # noqa: ANN401  # one operand or two
    beyond = "\U0010ffff"
    ranges: dict[str, Callable[[], tuple[int, int]]] = {
        "begins": lambda: (bisect_left(keys, value), bisect_left(keys, value + beyond)),
        "between": lambda: (bisect_left(keys, value[0]), bisect_left(keys, value[1] + "\0")),
        ">=": lambda: (bisect_left(keys, value), end),
        ">": lambda: (bisect_left(keys, value + "\0"), end),
        "<": lambda: (first, bisect_left(keys, value)),
        "<=": lambda: (first, bisect_left(keys, value + "\0")),
    }
    low, high = ranges[operator]()
    return max(first, low), min(end, high)


def _shown(row: PaperRow, asked: Mapping[str, Any]) -> str:
    if not (projection := asked.get("ProjectionExpression")):
        return row.text
    wanted = [asked["ExpressionAttributeNames"][name.strip()] for name in projection.split(",")]
    attributes = json.loads(row.text)
    return json.dumps({name: attributes[name] for name in wanted if name in attributes})


def _key_of(row: PaperRow, asked: Mapping[str, Any]) -> str:
    attributes = json.loads(row.text)
    names = {"pk", "sk", f"{asked.get('IndexName', '')}pk", f"{asked.get('IndexName', '')}sk"}
    return json.dumps({name: attributes[name] for name in names})


def _size(row: Attributes) -> int:
    return sum(
        len(name) + _length(kind, value) for name, field_ in row.items() for kind, value in field_.items()
    )


def _length(kind: str, value: Any) -> int:  # noqa: ANN401  # as DynamoDB's JSON has it
    """Return the bytes of a value; those of lists and maps are their elements' with some for the structure."""
    match kind:
        case "S":
            return len(value.encode())
        case "B":
            return len(value)
        case "N":
            return len(str(value)) // 2 + 2
        case "L":
            return 3 + sum(1 + _length(*next(iter(each.items()))) for each in value)
        case "M":
            return 3 + sum(1 + len(name) + _length(*next(iter(each.items()))) for name, each in value.items())
        case _:
            return 1


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
