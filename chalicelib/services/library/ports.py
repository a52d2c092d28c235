"""What the services need of the store of items."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.library.listings import Listed, Listing, Window
from chalicelib.domain.library.mentions import ScopeAndKind
from chalicelib.domain.library.user_data import UserBook, UserData


class Library(Protocol):
    """The items, and the lists that they stand in.

    An item exists if and only if its row of images does: both come and go in one transaction.
    """

    def find(self, item_id: str) -> Item | None:
        """Return an item by a consistent read, None when there is none."""
        ...

    def find_many(self, item_ids: Iterable[str]) -> Mapping[str, Item]:
        """Return those of the items that exist, by id, with one call for each hundred."""
        ...

    def add(self, item: Item) -> Item:
        """Create an item without images and return it with its version.

        Raises ConflictError when the id or a named item's name is taken, or the parent does not exist or is
        closed.
        """
        ...

    def update(self, item: Item) -> Item:
        """Write a changed item and return it with its new version.

        Raises ConflictError when it changed since it was read, was closed, and as `add` does.
        """
        ...

    def close(self, item_id: str) -> None:
        """Let an item take no more children, as the first step of its removal; a free id is no error."""
        ...

    def remove(self, item: Item, images: OwnerImages) -> None:
        """Delete an item with its images; raises ConflictError when either changed since it was read."""
        ...

    def named(self, item_type: ItemType, name: str) -> str | None:
        """Return the id of a named item by one read, None when there is none.

        The name may be spelt in any way that `name_key` levels, or as `dashed_name` writes it.
        """
        ...

    def known_names(self, item_type: ItemType, names: Iterable[str]) -> Mapping[str, str]:
        """Return the ids of those named items that exist, by `name_key`, with one call for each hundred."""
        ...

    def children(self, parent_id: str | None) -> tuple[Entry, ...]:
        """Return the entries below an item, or at the top, by a consistent read; in no order.

        Named items stand in no tree, and so not at the top.
        """
        ...

    def of_type(self, item_type: ItemType) -> tuple[Entry, ...]:
        """Return the entries of a type, in no order; the newest may be missing for a moment."""
        ...

    def listed(self, listings: Iterable[Listing], window: Window) -> Listed | None:
        """Return which items stand in a window of listings merged into one order, by a consistent read.

        What it costs follows from the window and the number of listings, not from what they hold. None while the
        items of an earlier release are still being listed.
        """
        ...

    def totals(self, listings: Iterable[Listing]) -> Mapping[Listing, int] | None:
        """Return how many items stand in each listing, by a consistent read; None as `listed` does."""
        ...

    def found(self, term: str, kinds: Iterable[str], scope: str | None, most: int) -> tuple[str, ...] | None:
        """Return the ids of up to so many items that a term of `finding` finds, those whose name begins so first.

        With a scope those below that item at the top. None while the items of an earlier release have no keys.
        """
        ...

    def mentioning(self, named_id: str, kinds: Iterable[ItemType], most: int) -> tuple[str, ...] | None:
        """Return the ids of up to so many items that mention a named item, of some types or of any.

        One that has been deleted or changed at this moment may be among them, none is missing. None while the items
        of an earlier release are still being listed.
        """
        ...

    def mention_counts(self, named_ids: Iterable[str]) -> Mapping[str, Mapping[ScopeAndKind, int]] | None:
        """Return how many items of each scope and type mention each named item; None as `mentioning` does."""
        ...

    def item_counts(self, scopes: Iterable[str]) -> Mapping[ItemType, int] | None:
        """Return how many items of each type there are in some scopes, with one call for each hundred.

        None as `mentioning` does.
        """
        ...

    def under(self, top_id: str) -> tuple[Entry, ...]:
        """Return all entries below an item at the top, as `of_type` does."""
        ...


class UserDataStore(Protocol):
    """What users have done with items, by user and item. All reads are consistent."""

    def find(self, user_id: str, item_ids: Iterable[str]) -> Mapping[str, UserData]:
        """Return what a user has done with some items, with one call for each hundred."""
        ...

    def all(self, user_id: str) -> UserBook:
        """Return all that a user has done, with one call for each megabyte: some 8,000 items."""
        ...

    def save(self, user_id: str, item_id: str, before: UserData, after: UserData) -> None:
        """Write what a user has done with an item; raises ConflictError when it is not `before` any more."""
        ...

    def save_many(self, user_id: str, data: Mapping[str, UserData]) -> None:
        """Write what a user has done with many items, whatever was written before."""
        ...


class NamedOwners(Protocol):
    """Whom the name of an artist, genre, person or studio means."""

    def owner_named(self, item_type: ItemType, name: str) -> OwnerKey:
        """Return the owner of its images; raises NotFoundError where it is known that there is none."""
        ...
