"""Use cases around the items of the library."""

# ruff: noqa: PLC0415  # each use case is imported when it is first used

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.services.library.editing import LibraryEditing
    from chalicelib.services.library.entries import EntryFinder
    from chalicelib.services.library.lists import LibraryLists
    from chalicelib.services.library.named_items import NamedItems
    from chalicelib.services.library.relations import Relations
    from chalicelib.services.library.removal import LibraryRemoval
    from chalicelib.services.library.shows import Shows
    from chalicelib.services.library.summaries import Summaries
    from chalicelib.services.library.viewing import Viewing
    from chalicelib.wiring.adapters import Adapters
    from chalicelib.wiring.images import ImageUseCases


@dataclass(frozen=True, eq=False)
class LibraryUseCases:
    """The use cases of services/library; items are shown with their images."""

    adapters: "Adapters"
    images: "ImageUseCases"

    @cached_property
    def finder(self) -> "EntryFinder":
        """Return what reads the entries of lists."""
        from chalicelib.services.library.entries import EntryFinder

        return EntryFinder(self.adapters.library)

    @cached_property
    def viewing(self) -> "Viewing":
        """Return the use cases around what users have done with items."""
        from chalicelib.services.library.viewing import Viewing

        return Viewing(self.adapters.user_data, self.finder, self.adapters.clock)

    @cached_property
    def lists(self) -> "LibraryLists":
        """Return the use cases that read the library."""
        from chalicelib.services.library.lists import LibraryLists

        return LibraryLists(self.adapters.library, self.images.access, self.finder, self.viewing)

    @cached_property
    def named_items(self) -> "NamedItems":
        """Return the use cases that read named items."""
        from chalicelib.services.library.named_items import NamedItems

        return NamedItems(self.lists, self.finder)

    @cached_property
    def shows(self) -> "Shows":
        """Return the use cases that read series."""
        from chalicelib.services.library.shows import Shows

        return Shows(self.lists, self.finder, self.adapters.clock)

    @cached_property
    def relations(self) -> "Relations":
        """Return the use cases that read what is round an item."""
        from chalicelib.services.library.relations import Relations

        return Relations(self.lists, self.finder)

    @cached_property
    def summaries(self) -> "Summaries":
        """Return the use cases that tell what the library holds."""
        from chalicelib.services.library.summaries import Summaries

        return Summaries(self.adapters.library, self.finder, self.viewing)

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
