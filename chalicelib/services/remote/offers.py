"""Asking several sites at once, so that none of them can spoil the answer of the others."""

import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass
from datetime import timedelta
from time import time

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.remote.artwork import RemoteImage, Subject
from chalicelib.errors import ServiceError
from chalicelib.services.ports import Clock
from chalicelib.services.remote.ports import Offer, OfferCache, RemoteImageProvider
from chalicelib.telemetry.ledger import timed
from chalicelib.telemetry.metrics import of_provider_failure

_log = logging.getLogger(__name__)

type Images = tuple[RemoteImage, ...]


@dataclass(frozen=True, slots=True)
class OfferCollector:
    """Offers of providers: fresh ones from the cache, the others asked for; old ones where a site fails."""

    cache: OfferCache
    clock: Clock
    fresh: timedelta

    def collect(
        self, providers: Sequence[RemoteImageProvider], subject: Subject, deadline: Deadline
    ) -> Mapping[str, Images]:
        """Return what each provider offers, by its name, before the deadline whatever a site does."""
        now = self.clock.now()
        kept = self.cache.find(subject)
        stale = [
            site for site in providers if site.name not in kept or kept[site.name].asked + self.fresh <= now
        ]
        asked = {name: Offer(images, now) for name, images in _ask(stale, subject, deadline).items()}
        if asked:
            self.cache.store(subject, asked)
        return {name: offer.images for name, offer in (dict(kept) | asked).items()}


def _ask(providers: Sequence[RemoteImageProvider], subject: Subject, deadline: Deadline) -> dict[str, Images]:
    """Ask each in a thread of its own; one that is late is left behind, its sockets know the same deadline."""
    if not providers:
        return {}
    pool = ThreadPoolExecutor(len(providers), thread_name_prefix="provider")
    futures = [
        (site, pool.submit(copy_context().run, _images, site, subject, deadline)) for site in providers
    ]
    wait([future for _, future in futures], timeout=max(0.0, deadline.remaining))
    pool.shutdown(wait=False, cancel_futures=True)
    return {site.name: images for site, future in futures if (images := _outcome(site, future)) is not None}


def _images(provider: RemoteImageProvider, subject: Subject, deadline: Deadline) -> Images:
    with timed(f"provider.{provider.name}"):
        return provider.images(subject, deadline)


def _outcome(provider: RemoteImageProvider, future: Future[Images]) -> Images | None:
    """Return what a provider answered; what went wrong instead is written down by its name."""
    try:
        return future.result(timeout=0)
    except TimeoutError:
        reason = "It did not answer in time."
    except ServiceError as error:
        reason = str(error)
    except Exception as error:  # noqa: BLE001  # whatever a site makes a reader stumble over, the others count
        reason = f"Its answer made no sense: {type(error).__name__}."
    metric = of_provider_failure(provider.name, int(time() * 1_000))
    _log.warning("A remote image provider gave nothing.", extra={"fields": {"reason": reason} | metric})
    return None
