"""Use cases around files that are sent straight to the store of originals."""

# ruff: noqa: PLC0415  # each use case is imported when it is first used

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.services.intake.inbox import Inbox
    from chalicelib.services.intake.settlement import TicketSettlement
    from chalicelib.services.intake.tickets import UploadTickets
    from chalicelib.settings import Settings
    from chalicelib.wiring.adapters import Adapters
    from chalicelib.wiring.images import ImageUseCases


@dataclass(frozen=True, eq=False)
class IntakeUseCases:
    """The use cases of services/intake."""

    settings: "Settings"
    adapters: "Adapters"
    images: "ImageUseCases"

    @cached_property
    def tickets(self) -> "UploadTickets":
        """Return the use cases that issue and show upload tickets."""
        from chalicelib.services.intake.tickets import UploadTickets

        return UploadTickets(
            self.images.finder,
            self.adapters.tickets,
            self.adapters.originals_store,
            self.adapters.clock,
            self.settings.max_ticket_upload_bytes,
            self.settings.upload_ticket_seconds,
        )

    @cached_property
    def settlement(self) -> "TicketSettlement":
        """Return the use case that makes a ticket's file an image."""
        from chalicelib.services.intake.settlement import TicketSettlement

        return TicketSettlement(
            self.images.editing,
            self.adapters.tickets,
            self.adapters.originals_store,
            self.settings.max_ticket_upload_bytes,
        )

    @cached_property
    def inbox(self) -> "Inbox":
        """Return the use case that takes dropped files."""
        from chalicelib.services.intake.folder_matching import FolderMatching
        from chalicelib.services.intake.inbox import Inbox

        adapters = self.adapters
        matching = FolderMatching(adapters.library)
        return Inbox(self.settlement, matching, adapters.tickets, adapters.originals_store, adapters.clock)
