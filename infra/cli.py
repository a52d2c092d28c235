"""The one command: `jellyfin-images VERB`, each verb as `infra/verbs.py` declares it."""

import argparse
import os
import sys
from collections.abc import MutableMapping, Sequence
from importlib import import_module
from itertools import groupby
from operator import attrgetter

from infra.errors import OperatorError
from infra.verbs import VERBS, Verb

PROGRAM = "jellyfin-images"
INTERRUPTED = 130
"""What a shell says of a command that Ctrl-C ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit status; 1 when it failed, 2 when it was called wrongly."""
    options = parser().parse_args(arguments)
    verb: Verb = options.verb
    _heed_region(os.environ)
    try:
        return run(verb, options)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has read enough, as `head` does; the interpreter must not meet it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        from infra.explain import explain  # noqa: PLC0415  # it knows the errors of boto3 and requests, which few verbs need

        if (told := explain(error, verb.extra)) is None:
            raise
        return _fail(told)


def run(verb: Verb, options: argparse.Namespace) -> int:
    """Import what does the work, and do it."""
    module, _, function = verb.run.partition(":")
    return getattr(import_module(module), function)(options) or 0


def parser() -> argparse.ArgumentParser:
    """Build the parser of all verbs."""
    made = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Run, deploy, fill and look after Jellyfin's Images API.",
        epilog=_overview(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = made.add_subparsers(metavar="VERB", required=True, title="more", help=f"{PROGRAM} VERB --help")
    for verb in VERBS:
        added = verbs.add_parser(verb.name, description=verb.summary)
        for argument in verb.arguments:
            added.add_argument(*argument.names, **argument.settings)
        added.set_defaults(verb=verb)
    return made


def _heed_region(variables: MutableMapping[str, str]) -> None:
    """Take AWS_REGION for the region, as AWS's own tools do and boto3 does not."""
    if region := variables.get("AWS_REGION"):
        variables.setdefault("AWS_DEFAULT_REGION", region)


def _overview() -> str:
    """List the verbs by what they are for."""
    width = max(len(verb.name) for verb in VERBS)
    lines: list[str] = []
    for group, verbs in groupby(VERBS, attrgetter("group")):
        lines += ["", f"{group}:", *(f"  {verb.name:{width}}  {verb.summary}" for verb in verbs)]
    return "\n".join(lines[1:])


def _fail(error: OperatorError) -> int:
    print(f"{PROGRAM}: {error}", file=sys.stderr)
    return error.exit_status


if __name__ == "__main__":
    sys.exit(main())
