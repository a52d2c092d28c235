"""Use cases around the items of the library."""

# ruff: noqa: PLC0415  # imports inside functions are the purpose here: a 304 pays for no Pillow

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.wiring.images import Images

if TYPE_CHECKING:
    from chalicelib.services.library.editing import LibraryEditing
    from chalicelib.services.library.lists import LibraryLists
    from chalicelib.services.library.removal import LibraryRemoval


class Items(Images):
    """What the product does with items, which are shown with their images."""

    @cached_property
    def library_lists(self) -> "LibraryLists":
        """Return the use cases that read the library."""
        from chalicelib.services.library.lists import LibraryLists

        return LibraryLists(self.library, self.image_access)

    @cached_property
    def library_editing(self) -> "LibraryEditing":
        """Return the use cases that add and change items."""
        from chalicelib.services.library.editing import LibraryEditing

        return LibraryEditing(self.library, self.clock)

    @cached_property
    def library_removal(self) -> "LibraryRemoval":
        """Return the use case that removes items."""
        from chalicelib.services.library.removal import LibraryRemoval

        return LibraryRemoval(self.library, self.catalog, self.queue)
