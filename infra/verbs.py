"""The verbs of the command line: one declaration each, and nothing of theirs is imported before it is chosen.

A verb's `run` is a `module:function` that takes the parsed arguments and returns an exit status, None for 0.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LOCAL = "The service on this machine"
OPERATION = "A deployed service (without --stage, the one on this machine)"
CONTENT = "What is in it"
DEVELOPMENT = "The source"


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument as `argparse` takes it."""

    names: tuple[str, ...]
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verb:
    """What can be typed, what it does in one sentence, and which of the optional packages it needs."""

    name: str
    group: str
    summary: str
    run: str
    arguments: tuple[Argument, ...] = ()
    extra: str = ""


def argument(*names: str, **settings: Any) -> Argument:  # noqa: ANN401  # of argparse
    """Declare an argument."""
    return Argument(names, settings)


STAGE = argument(
    "--stage", default="", help="a deployed stage, such as prod; the service on this machine when omitted"
)
LOCAL_STAGE = argument(
    "--stage",
    default=os.environ.get("STAGE") or "local",
    help="name of the stack in the emulated cloud (local)",
)
DRY_RUN = argument("--dry-run", action="store_true", help="report what would be done, change nothing")

VERBS = (
    Verb(
        "up",
        LOCAL,
        "Start the service in the background; return when it answers.",
        "infra.local.commands:start",
        (LOCAL_STAGE,),
        extra="local",
    ),
    Verb("down", LOCAL, "Stop it; its data stays.", "infra.local.commands:stop", extra="local"),
    Verb(
        "run",
        LOCAL,
        "Start it in the foreground; Ctrl-C stops it, unless it ran before.",
        "infra.local.commands:serve",
        (LOCAL_STAGE,),
        extra="local",
    ),
    Verb(
        "status",
        LOCAL,
        "Show what runs, since when, and how much it stores.",
        "infra.local.commands:tell",
        extra="local",
    ),
    Verb(
        "reset",
        LOCAL,
        "Stop it and delete its library, users, keys, settings and pictures.",
        "infra.local.commands:forget",
        (argument("--yes", action="store_true", help="do not ask"),),
        extra="local",
    ),
    Verb(
        "local",
        LOCAL,
        "Serve the source with `chalice local`, on the data of the running service.",
        "infra.local.chalice_server:serve",
        (argument("--port", type=int, default=8000, help="port to serve at (8000)"),),
        extra="local",
    ),
    Verb(
        "deploy",
        OPERATION,
        "Deploy a stage to AWS, or bring it up to date.",
        "infra.deployment.commands:deploy_stage",
        (argument("stage", metavar="STAGE", help="name of the deployment, in lower case: prod, test …"),),
        extra="deploy",
    ),
    Verb(
        "bootstrap",
        OPERATION,
        "Create the first administrator and an API key, and print them once.",
        "infra.operations.commands:bootstrap_administrator",
        (
            STAGE,
            argument("--name", default="admin", help="name of the administrator (admin)"),
        ),
    ),
    Verb(
        "logs",
        OPERATION,
        "Follow what the functions log, until Ctrl-C.",
        "infra.operations.logs:follow_logs",
        (STAGE, argument("--minutes", type=int, default=10, help="how far to look back at first (10)")),
    ),
    Verb(
        "queue",
        OPERATION,
        "Show how many events wait, and how many dead letters there are.",
        "infra.operations.commands:show_queue",
        (STAGE,),
    ),
    Verb(
        "dead-letters",
        OPERATION,
        "List the events that failed too often, and leave them there.",
        "infra.operations.commands:show_dead_letters",
        (STAGE,),
    ),
    Verb(
        "redrive",
        OPERATION,
        "Send the dead letters back to the queue.",
        "infra.operations.commands:redrive_dead_letters",
        (STAGE,),
    ),
    Verb(
        "sweep",
        OPERATION,
        "Repair what lost events and crashes left behind.",
        "infra.operations.commands:sweep",
        (STAGE, DRY_RUN),
    ),
    Verb(
        "report",
        OPERATION,
        "Show what each library stores, and estimate the cost of a month.",
        "infra.operations.commands:show_report",
        (
            STAGE,
            argument("--pictures", type=int, default=1_000_000, help="pictures asked in a month (1000000)"),
            argument(
                "--cdn-hits", type=float, default=0.0, help="per cent of them that CloudFront answers (0)"
            ),
        ),
    ),
    Verb(
        "purge",
        OPERATION,
        "Delete the stored variants of an item; each is made again on request.",
        "infra.operations.commands:purge_item",
        (STAGE, argument("item", metavar="ITEM", help="id of the item")),
    ),
    Verb(
        "popular",
        OPERATION,
        "Find the most requested variants in the log, as a value for the setting POPULAR.",
        "infra.operations.commands:show_popular",
        (
            STAGE,
            argument("--days", type=int, default=7, help="how far to look back (7)"),
            argument("--most", type=int, default=5, help="how many variants to name (5)"),
        ),
    ),
    Verb(
        "policy",
        OPERATION,
        "Print the least IAM policy by which these verbs work.",
        "infra.operations.policies:show_policy",
        (STAGE, argument("verbs", metavar="VERB", nargs="*", help="verbs to allow (all)")),
    ),
    Verb(
        "web",
        CONTENT,
        "Serve the files of a built web client, such as jellyfin-web's, at /web/ instead of the page.",
        "infra.operations.web:bring_web_client",
        (
            argument(
                "folder", metavar="DIR", nargs="?", default="", help="its folder, with index.html in it"
            ),
            STAGE,
            argument("--remove", action="store_true", help="remove the client; /web/ is the page again"),
        ),
    ),
    Verb(
        "import",
        CONTENT,
        "Upload the pictures of a media folder or of a Jellyfin server; it can be stopped and repeated.",
        "infra.importer.command:import_pictures",
        (
            argument(
                "folder", metavar="DIR", nargs="?", default="", help="a media folder with Jellyfin's names"
            ),
            DRY_RUN,
            argument(
                "--url", default="", help="address of the service; the one on this machine when omitted"
            ),
            argument(
                "--content",
                choices=("movies", "tvshows", "music", "people", "boxsets", "mixed"),
                help="what DIR holds, when its name does not tell",
            ),
            argument("--name", default="", help="name of the library, when it is not the folder's"),
            argument("--follow-links", action="store_true", help="read what links out of DIR lead to"),
            argument(
                "--report", default="", metavar="FILE", help="write a row for each file, as .json or .csv"
            ),
            argument("--again", action="store_true", help="send what the service refused before once more"),
            argument("--workers", type=int, default=8, help="items at a time (8)"),
            argument("--state", default="", metavar="FILE", help="file that remembers the progress"),
            argument(
                "--from",
                dest="source",
                default="",
                metavar="URL",
                help="address of a Jellyfin server to copy items and images from, instead of DIR",
            ),
            argument(
                "--api-key",
                default="",
                help="key of that server; JELLYFIN_API_KEY in the environment also does",
            ),
        ),
    ),
    Verb(
        "warm",
        CONTENT,
        "Fetch every image of the Jellyfin server behind the service; it can be stopped and repeated.",
        "infra.importer.jellyfin.warming:warm",
        (
            argument("--url", default="", help="address that clients use; the local service's when omitted"),
            argument(
                "--api-key",
                default="",
                help="key of the Jellyfin server; JELLYFIN_API_KEY in the environment also does",
            ),
            argument("--rate", type=float, default=5.0, help="images a second at most (5)"),
            argument("--workers", type=int, default=4, help="images at a time (4)"),
            argument("--state", default="", metavar="FILE", help="file that remembers the progress"),
        ),
    ),
    Verb(
        "openapi",
        DEVELOPMENT,
        "Write the OpenAPI document and the table of paths from the routes.",
        "infra.openapi.command:write",
        extra="local",
    ),
)
