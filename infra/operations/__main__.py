"""Look after a running service: queues, dead letters, stored and wanted variants, storage and cost."""

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace

import boto3
from rich.console import Console

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.sweep.report import Progress
from chalicelib.errors import NotFoundError
from infra.operations.deployment import Deployment
from infra.operations.popular import asks, logged, show
from infra.operations.prices import Prices, Use
from infra.operations.purge import Purge
from infra.operations.queues import depth, letters, redrive
from infra.operations.report import report

type Verb = Callable[[Deployment, argparse.Namespace, Console], None]


def show_queue(deployment: Deployment, _: argparse.Namespace, console: Console) -> None:
    """Print how many messages wait in the queue and among the dead letters."""
    client = boto3.client("sqs")
    for name, url in (("events", deployment.queue_url), ("dead letters", deployment.dead_letter_queue_url)):
        found = depth(client, url)
        console.print(
            f"{name:13} {found.waiting:6,} waiting  {found.handled:6,} being handled  {found.delayed:6,} delayed"
        )


def show_dead_letters(deployment: Deployment, _: argparse.Namespace, console: Console) -> None:
    """Print the dead letters and leave them where they are."""
    count = 0
    for letter in letters(boto3.client("sqs"), deployment.dead_letter_queue_url):
        count += 1
        line = f"{letter.sent:%Y-%m-%d %H:%M:%S}  {letter.id}  {letter.about}"
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    console.print(f"{count:,} dead letters.")


def redrive_dead_letters(deployment: Deployment, _: argparse.Namespace, console: Console) -> None:
    """Send the dead letters back to the queue, to be handled again."""
    moved = redrive(boto3.client("sqs"), deployment.dead_letter_queue_url, deployment.queue_url)
    console.print(f"{moved:,} dead letters sent back.")


def purge_item(deployment: Deployment, arguments: argparse.Namespace, console: Console) -> None:
    """Remove the stored variants of one item; each is made anew when somebody asks for it."""
    container = deployment.container()
    purge = Purge(container.image_finder, container.variants_store, container.guard)
    try:
        removed = purge.of_item(arguments.item.replace("-", "").lower())
    except NotFoundError as error:
        sys.exit(str(error))
    console.print(f"{len(removed):,} variants removed, {sum(blob.size for blob in removed):,} bytes.")


def show_report(deployment: Deployment, arguments: argparse.Namespace, console: Console) -> None:
    """Print how much each library stores, and what a month costs."""
    report(console, deployment, Use(pictures=arguments.pictures), Prices())


def show_popular(deployment: Deployment, arguments: argparse.Namespace, console: Console) -> None:
    """Print which variants were asked of the most images of late, and the setting that makes them beforehand."""
    found = asks(logged(boto3.client("logs"), deployment.stack, arguments.days))
    show(console, found[: arguments.most], arguments.stage)


def sweep(deployment: Deployment, arguments: argparse.Namespace, console: Console) -> None:
    """Put right what lost events and crashes left behind: blobs without rows, claims without images and the like.

    An image whose original is lost is reported and kept.
    """
    progress = Progress()
    replace(deployment.container().sweep, is_dry=arguments.dry_run).run(progress, NO_DEADLINE)
    console.print_json(data=progress.report())


VERBS: Mapping[str, Verb] = {
    "queue": show_queue,
    "dead-letters": show_dead_letters,
    "redrive": redrive_dead_letters,
    "purge": purge_item,
    "report": show_report,
    "popular": show_popular,
    "sweep": sweep,
}


def main() -> None:
    """Do one thing from the command line."""
    arguments = _parser().parse_args()
    VERBS[arguments.verb](Deployment.of_stage(arguments.stage), arguments, Console())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.operations", description=__doc__)
    parser.add_argument("--stage", default="", help="such as prod; the service that runs here when left out")
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name, verb in VERBS.items():
        added = verbs.add_parser(name, help=verb.__doc__, description=verb.__doc__)
        if name == "purge":
            added.add_argument("item", help="the item's id")
        if name == "sweep":
            added.add_argument("--dry-run", action="store_true", help="report only, change nothing")
        if name == "popular":
            added.add_argument("--days", type=int, default=7, help="how far to look back")
            added.add_argument("--most", type=int, default=5, help="how many variants to name")
        if name == "report":
            added.add_argument(
                "--pictures", type=int, default=Use().pictures, help="assumed to be answered a month"
            )
    return parser


if __name__ == "__main__":
    main()
