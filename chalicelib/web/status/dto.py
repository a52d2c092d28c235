"""The state of the service as JSON; ours, in Jellyfin's style."""

from chalicelib.domain.status import figures
from chalicelib.domain.sweep.report import Amount, Progress
from chalicelib.services.status.status import Status, Storage
from chalicelib.services.upstream import state as upstream
from chalicelib.web.protocol.declarations.shapes import date_time
from chalicelib.web.status.schemas import (
    LibraryStorage,
    MonthlyCost,
    NamedAmount,
    QueueCounts,
    ServiceStatus,
    ServiceStorage,
    Stored,
    SweepResult,
    UpstreamState,
)


def status_dto(status: Status, version: str, jellyfin_version: str) -> ServiceStatus:
    """Return what waits, what the last sweep found, and what a month costs."""
    return {
        "Version": version,
        "JellyfinVersion": jellyfin_version,
        "Queue": _queue(status.queue),
        "SweepIsUnderWay": status.sweep_is_under_way,
        "LastSweep": _sweep(status.sweep) if status.sweep else None,
        "MonthlyCost": _cost(status),
    }


def upstream_dto(state: upstream.UpstreamState | None) -> UpstreamState:
    """Return how it stands with the server behind the service, if there is one."""
    if state is None:
        return {"InFront": False}
    return {
        "InFront": True,
        "IsAnswering": state.is_answering,
        "RestsUntil": date_time(state.rests_until) if state.rests_until else None,
        "FreshSeconds": int(state.bounds.fresh.total_seconds()),
        "UnknownPerMinute": state.bounds.unknown.most,
    }


def storage_dto(storage: Storage) -> ServiceStorage:
    """Return what each library stores."""
    return {
        "Libraries": [_library(library) for library in storage.libraries],
        "IsComplete": storage.is_complete,
    }


def _queue(depth: figures.QueueDepth) -> QueueCounts:
    return {
        "Waiting": depth.waiting,
        "Handled": depth.handled,
        "Delayed": depth.delayed,
        "DeadLetters": depth.dead,
    }


def _cost(status: Status) -> MonthlyCost:
    month = status.cost
    return {
        "Storage": round(month.storage, 4),
        "Fixed": round(month.fixed, 4),
        "Serving": round(month.serving, 4),
        "Traffic": round(month.traffic + month.cdn, 4),
        "Total": round(month.total, 4),
        "AssumedPictures": status.use.pictures,
    }


def _sweep(progress: Progress) -> SweepResult:
    return {
        "Finished": date_time(progress.finished) if progress.finished else None,
        "Checked": progress.checked,
        "Stored": [_named(phase.value, amount) for phase, amount in progress.stored.items()],
        "Findings": [
            _named(finding.value, Amount(tally.count, tally.size))
            for finding, tally in progress.findings.items()
        ],
    }


def _library(library: figures.LibraryStorage) -> LibraryStorage:
    return {
        "Id": library.id or None,
        "Name": library.name,
        "Items": library.items,
        "Images": library.images,
        "Originals": _stored(library.originals),
        "Steps": _stored(library.steps),
    }


def _named(name: str, amount: Amount) -> NamedAmount:
    return {"Name": name, **_stored(amount)}


def _stored(amount: Amount) -> Stored:
    return {"Count": amount.count, "Bytes": amount.size}
