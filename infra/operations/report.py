"""The report on storage and cost: read from the stores, shown as tables."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import boto3
from rich.filesize import decimal
from rich.table import Table

from chalicelib.domain.status.prices import Cost, Prices, Use, cost, storage_cost
from chalicelib.domain.variants.keys import VARIANTS
from chalicelib.domain.variants.ladder import STEPS
from infra.operations.storage import Amount, Libraries, Stored, amounts, by_library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from chalicelib.services.ports import BlobStore
    from chalicelib.services.sweep.ports import RowBatch
    from infra.operations.deployment import Deployment


def report(console: Console, deployment: Deployment, use: Use, prices: Prices) -> None:
    """Read every row and list every blob once, and print what there is and what it costs."""
    container = deployment.container()
    scan = container.adapters.table_scan
    stored = by_library(
        _every(scan.images),
        Libraries.of_items(_every(scan.items)),
        amounts(container.adapters.variants_store.list(STEPS), STEPS.count("/")),
        amounts(container.adapters.variants_store.list(VARIANTS), VARIANTS.count("/")),
    )
    table = boto3.client("dynamodb").describe_table(TableName=deployment.table)["Table"]
    everything = _everything(container.adapters.originals_store, container.adapters.variants_store)
    console.print(storage_table(stored, everything, prices))
    console.print(cost_table(cost(everything.size, table["TableSizeBytes"], use, prices)))
    console.print(_assumptions(use), highlight=False)


def storage_table(stored: dict[str, Stored], everything: Amount, prices: Prices) -> Table:
    """Show what each library stores, within 80 columns: a number of blobs has its bytes below it."""
    table = Table(title="Storage", show_footer=True)
    table.add_column("library", footer="both buckets", overflow="fold")
    table.add_column("images", justify="right")
    for heading in ("originals", "steps", "variants"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("bytes", justify="right", footer=decimal(everything.size), no_wrap=True)
    table.add_column("$ a\nmonth", justify="right", footer=f"{storage_cost(everything.size, prices):.2f}")
    for name, library in stored.items():
        kinds = map(_amount, (library.originals, library.steps, library.variants))
        price = f"{storage_cost(library.size, prices):.2f}"
        table.add_row(name, f"{library.images:,}", *kinds, decimal(library.size), price)
    return table


def cost_table(month: Cost) -> Table:
    """Show what a month costs."""
    table = Table(title="Estimated cost of a month", show_footer=True)
    table.add_column("for", footer="all")
    table.add_column("$", justify="right", footer=f"{month.total:.2f}")
    for name, dollars in (
        ("storage", month.storage),
        ("requests", month.requests),
        ("compute", month.compute),
        ("DynamoDB", month.table),
        ("logs", month.logs),
        ("metrics, alarms, dashboard", month.watching),
        ("CloudFront", month.cdn),
        ("traffic", month.traffic),
    ):
        table.add_row(name, f"{dollars:.2f}")
    return table


def _assumptions(use: Use) -> str:
    return (
        f"Assumed: {use.pictures:,} pictures a month of {use.bytes_each:,} bytes, {use.cdn_hits:.0%} of them "
        f"answered by CloudFront; {use.renders:.0%} of the others rendered in {use.render_milliseconds:g} ms, the "
        f"rest answered in {use.milliseconds:g} ms; list prices of us-east-1 without free tiers, as in "
        "domain/status/prices.py. CloudWatch's free tier covers metrics, alarms and dashboard of one deployment. "
        "Versions that were overwritten, and the indexes of the table, are not counted. "
        "What several libraries share counts in each of them, and once in both buckets."
    )


def _amount(amount: Amount) -> str:
    return f"{amount.count:,}\n{decimal(amount.size)}"


def _everything(*stores: BlobStore) -> Amount:
    total = Amount()
    for blob in chain.from_iterable(store.list("") for store in stores):
        total.add(1, blob.size)
    return total


def _every[T](read: Callable[[str], RowBatch[T]]) -> Iterator[T]:
    """Yield the rows of all batches."""
    after: str | None = ""
    while after is not None:
        batch = read(after)
        yield from batch.rows
        after = batch.after
