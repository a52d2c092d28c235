"""Use cases around the items of the library."""

# ruff: noqa: PLC0415  # each use case is imported when it is first used

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.services.library.editing import LibraryEditing
    from chalicelib.services.library.lists import LibraryLists
    from chalicelib.services.library.removal import LibraryRemoval
    from chalicelib.wiring.adapters import Adapters
    from chalicelib.wiring.images import ImageUseCases


@dataclass(frozen=True, eq=False)
class LibraryUseCases:
    """The use cases of services/library; items are shown with their images."""

    adapters: "Adapters"
    images: "ImageUseCases"

    @cached_property
    def lists(self) -> "LibraryLists":
        """Return the use cases that read the library."""
        from chalicelib.services.library.lists import LibraryLists

        return LibraryLists(self.adapters.library, self.images.access)

    @cached_property
    def editing(self) -> "LibraryEditing":
        """Return the use cases that add and change items."""
        from chalicelib.services.library.editing import LibraryEditing

        return LibraryEditing(self.adapters.library, self.adapters.clock)

    @cached_property
    def removal(self) -> "LibraryRemoval":
        """Return the use case that removes items."""
        from chalicelib.services.library.removal import LibraryRemoval

        return LibraryRemoval(self.adapters.library, self.adapters.catalog, self.adapters.queue)
