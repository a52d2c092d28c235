"""The verbs that look after a deployment: queues, dead letters, stored and wanted variants, storage and cost."""

import argparse
import json
import os
from dataclasses import replace
from datetime import UTC, datetime

import boto3
from rich.console import Console

from chalicelib.container import Container
from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.status.prices import Prices, Use, metrics_drawn
from chalicelib.domain.sweep.report import Progress
from infra.deployment.bootstrap import bootstrap
from infra.operations.deployment import Deployment
from infra.operations.popular import asks, logged, show
from infra.operations.purge import Purge
from infra.operations.queues import depth, letters, redrive
from infra.operations.report import report
from infra.operations.savings import NOTHING, Savings, logged_this_month

PASSWORD_VARIABLE = "ADMIN_PASSWORD"  # noqa: S105  # the name of a variable
API_KEY_VARIABLE = "ADMIN_API_KEY"


def bootstrap_administrator(options: argparse.Namespace) -> None:
    """Print, once, what was made; secrets may be given by the environment."""
    made = bootstrap(
        Deployment.of_stage(options.stage).table,
        options.name,
        password=os.environ.get(PASSWORD_VARIABLE, ""),
        api_key=os.environ.get(API_KEY_VARIABLE, ""),
    )
    print(json.dumps({"user": made.user.name, "password": made.password, "api_key": made.api_key}, indent=2))


def show_queue(options: argparse.Namespace) -> None:
    """Print how many messages wait in the queue and among the dead letters."""
    deployment, console = Deployment.of_stage(options.stage), Console()
    client = boto3.client("sqs")
    for name, url in (("events", deployment.queue_url), ("dead letters", deployment.dead_letter_queue_url)):
        found = depth(client, url)
        console.print(
            f"{name:13} {found.waiting:6,} waiting  {found.handled:6,} being handled  {found.delayed:6,} delayed"
        )


def show_dead_letters(options: argparse.Namespace) -> None:
    """Print the dead letters and leave them where they are."""
    deployment, console = Deployment.of_stage(options.stage), Console()
    count = 0
    for letter in letters(boto3.client("sqs"), deployment.dead_letter_queue_url):
        count += 1
        line = f"{letter.sent:%Y-%m-%d %H:%M:%S}  {letter.id}  {letter.about}"
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    console.print(f"{count:,} dead letters.")


def redrive_dead_letters(options: argparse.Namespace) -> None:
    """Send the dead letters back to the queue, to be handled again."""
    deployment, console = Deployment.of_stage(options.stage), Console()
    moved = redrive(boto3.client("sqs"), deployment.dead_letter_queue_url, deployment.queue_url)
    console.print(f"{moved:,} dead letters sent back.")


def purge_item(options: argparse.Namespace) -> None:
    """Remove the stored variants of one item; each is made anew when somebody asks for it."""
    deployment, console = Deployment.of_stage(options.stage), Console()
    container = deployment.container()
    purge = Purge(container.images.finder, container.adapters.variants_store, container.adapters.guard)
    removed = purge.of_item(options.item.replace("-", "").lower())
    console.print(f"{len(removed):,} variants removed, {sum(blob.size for blob in removed):,} bytes.")


def show_report(options: argparse.Namespace) -> None:
    """Print how much each library stores, and what a month costs."""
    deployment, console = Deployment.of_stage(options.stage), Console()
    saved = Savings.of(logged_this_month(boto3.client("logs"), deployment.stack, datetime.now(UTC)))
    metrics = metrics_drawn(is_in_front=saved != NOTHING)
    use = Use(pictures=options.pictures, cdn_hits=options.cdn_hits / 100, metrics=metrics)
    report(console, deployment, use, Prices())
    if saved != NOTHING:
        console.print(f"\n{saved}", highlight=False)


def show_popular(options: argparse.Namespace) -> None:
    """Print which variants were asked of the most images of late, and the setting that makes them beforehand."""
    deployment, console = Deployment.of_stage(options.stage), Console()
    found = asks(logged(boto3.client("logs"), deployment.stack, options.days))
    show(console, found[: options.most], options.stage)


def sweep(options: argparse.Namespace) -> None:
    """Put right what lost events and crashes left behind: blobs without rows, claims without images and the like.

    An image whose original is lost is reported and kept.
    """
    deployment, console = Deployment.of_stage(options.stage), Console()
    console.print_json(data=swept(deployment.container(), is_dry=options.dry_run).report())


def swept(container: Container, *, is_dry: bool) -> Progress:
    """Sweep to the end, and leave the result where the service's page shows the last sweep."""
    progress = Progress()
    replace(container.sweep, is_dry=is_dry).run(progress, NO_DEADLINE)
    if not is_dry:
        progress.finished = container.adapters.clock.now()
        container.adapters.sweep_progress.finish(progress.to_json())
    return progress
