"""The container: the use cases of each feature over the adapters that the settings choose."""

# ruff: noqa: PLC0415  # each part is imported when it is first used

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Self

from chalicelib.settings import settings
from chalicelib.web.protocol.auth import identify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.accounts.accounts import Identity
    from chalicelib.services.library.ports import NamedOwners
    from chalicelib.services.status.status import ServiceStatus
    from chalicelib.services.sweep.sweep import Sweep
    from chalicelib.settings import Settings
    from chalicelib.web.protocol.passing import Forwarder
    from chalicelib.web.protocol.request import Request
    from chalicelib.wiring.accounts import AccountUseCases
    from chalicelib.wiring.adapters import Adapters
    from chalicelib.wiring.branding import BrandingUseCases
    from chalicelib.wiring.images import ImageUseCases
    from chalicelib.wiring.intake import IntakeUseCases
    from chalicelib.wiring.library import LibraryUseCases
    from chalicelib.wiring.remote import RemoteUseCases


@dataclass(frozen=True, eq=False)
class Container:
    """One part a feature, named as its folder in `services`; each part is made once, when first used."""

    adapters: Adapters

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return a container over the adapters that settings choose."""
        from chalicelib.wiring.adapters import Adapters

        return cls(Adapters(settings))

    @property
    def settings(self) -> Settings:
        """Return the settings."""
        return self.adapters.settings

    @cached_property
    def images(self) -> ImageUseCases:
        """Return the use cases around images."""
        from chalicelib.wiring.images import ImageUseCases

        return ImageUseCases(self.settings, self.adapters)

    @cached_property
    def intake(self) -> IntakeUseCases:
        """Return the use cases around upload tickets and the inbox."""
        from chalicelib.wiring.intake import IntakeUseCases

        return IntakeUseCases(self.settings, self.adapters, self.images)

    @cached_property
    def library(self) -> LibraryUseCases:
        """Return the use cases around items."""
        from chalicelib.wiring.library import LibraryUseCases

        return LibraryUseCases(self.adapters, self.images)

    @cached_property
    def branding(self) -> BrandingUseCases:
        """Return the use cases around what clients show before anybody has signed in."""
        from chalicelib.wiring.branding import BrandingUseCases

        return BrandingUseCases(self.adapters, self.images, self.library)

    @cached_property
    def named_owners(self) -> NamedOwners:
        """Return who knows whom a name means."""
        upstream = self.images.upstream
        return upstream.named_owners if upstream else self.library.lists

    @cached_property
    def remote(self) -> RemoteUseCases:
        """Return the use cases around the artwork of other sites."""
        from chalicelib.wiring.remote import RemoteUseCases

        return RemoteUseCases(self.settings, self.adapters, self.images)

    @cached_property
    def accounts(self) -> AccountUseCases:
        """Return the use cases around users and access tokens."""
        from chalicelib.wiring.accounts import AccountUseCases

        return AccountUseCases(self.settings, self.adapters)

    @cached_property
    def sweep(self) -> Sweep:
        """Return the use case that repairs what lost events and crashes left behind."""
        from chalicelib.services.sweep.sweep import Sweep

        return Sweep(
            self.images.removal,
            self.adapters.table_scan,
            self.adapters.catalog,
            self.adapters.originals_store,
            self.adapters.variants_store,
            self.adapters.queue,
            self.adapters.clock,
            gone=self.images.upstream.gone if self.images.upstream else None,
        )

    @cached_property
    def status(self) -> ServiceStatus:
        """Return the use case that reads the state of the service."""
        from chalicelib.domain.status.prices import Use, metrics_drawn
        from chalicelib.services.status.status import ServiceStatus

        return ServiceStatus(
            self.adapters.library,
            self.adapters.catalog,
            self.adapters.event_queues,
            self.adapters.table_facts,
            self.adapters.sweep_progress,
            Use(metrics=metrics_drawn(is_in_front=bool(self.settings.jellyfin.jellyfin_url))),
        )


_override: ContextVar[Container | None] = ContextVar("container", default=None)


def container() -> Container:
    """Return the active container: the process's own, or a test's replacement."""
    return _override.get() or _own()


@contextmanager
def override_container(replacement: Container) -> Iterator[None]:
    """Replace the active container for a block, for example by one with fakes behind the ports."""
    token = _override.set(replacement)
    try:
        yield
    finally:
        _override.reset(token)


def forwarder() -> Forwarder | None:
    """Return what passes requests on to the Jellyfin server behind the service; None where there is none."""
    upstream = container().images.upstream
    return upstream.forwarder if upstream else None


def identity_of(request: Request) -> Identity | None:
    """Return who sends a request; None for an anonymous caller or a token that is not valid."""
    active = container()
    legacy = active.settings.legacy_authorization
    return identify(active.accounts.authentication, request.headers, request.query, legacy=legacy)


@cache
def _own() -> Container:
    return Container.of(settings())
