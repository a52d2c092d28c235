"""How an administrator adds items to the library and changes them."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.library.mentions import mentioned_names, with_known
from chalicelib.domain.library.names import name_key, sort_name
from chalicelib.errors import ConflictError, InvalidInputError, NotFoundError, UnavailableError
from chalicelib.services.library.ports import Library
from chalicelib.services.ports import Clock
from chalicelib.services.retries import retry_on_conflict

DEEPEST = 16
"""Items above one another; Jellyfin's own trees end at five."""


def new_id() -> str:
    """Return a random id, as Jellyfin prints a Guid."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class LibraryEditing:
    """Items are made of drafts. A draft is an item whose place and whose mentions' ids are not known yet.

    The named items that an item mentions come into being before it does: a crash between leaves at worst a
    genre of nothing.
    """

    library: Library
    clock: Clock
    make_id: Callable[[], str] = new_id

    def add(self, draft: Item, parent_id: str | None = None, deadline: Deadline = NO_DEADLINE) -> Item:
        """Create an item, under an id of the draft's own if it has one.

        Raises InvalidInputError for a parent that cannot hold it or a name that is taken, ConflictError for an
        id that is taken, UnavailableError when there are more new names than time; a repetition then goes on.
        """
        self._check_name_is_free(draft)
        item = replace(self._placed(draft, parent_id), id=draft.id or self.make_id())
        return self.library.add(self._finished(item, deadline))

    def update(
        self, item_id: str, draft: Item, parent_id: str | None = None, deadline: Deadline = NO_DEADLINE
    ) -> Item:
        """Replace what an item says of itself; it keeps its type and its date, and a folder its place."""
        return self._rewrite(item_id, lambda before: self._changed(before, draft, parent_id), deadline)

    def edit(self, item_id: str, change: Callable[[Item], Item], deadline: Deadline = NO_DEADLINE) -> Item:
        """Change some of what an item says of itself; it keeps its type, its date and its place."""
        return self._rewrite(
            item_id, lambda before: self._changed(before, change(before), before.parent_id), deadline
        )

    def _rewrite(self, item_id: str, change: Callable[[Item], Item], deadline: Deadline) -> Item:
        def attempt() -> Item:
            return self.library.update(self._finished(change(self._find(item_id)), deadline))

        return retry_on_conflict(attempt, deadline)

    def _find(self, item_id: str) -> Item:
        if (item := self.library.find(item_id)) is None:
            raise NotFoundError(f"There is no item {item_id}.")
        return item

    def _changed(self, before: Item, draft: Item, parent_id: str | None) -> Item:
        if draft.type is not before.type:
            raise InvalidInputError(
                "Type", f"The type of an item cannot change; this one is a {before.type}."
            )
        if before.type.is_folder and parent_id != before.parent_id:
            raise InvalidInputError(
                "ParentId", f"A {before.type} cannot be moved, because it can contain other items."
            )
        if name_key(draft.name) != name_key(before.name):
            self._check_name_is_free(draft)
        if draft.sort_name == before.natural_sort_name:
            draft = replace(draft, sort_name="")  # it only came along; it follows what it follows from
        placed = self._placed(draft, parent_id)
        return replace(placed, id=before.id, created=before.created, version=before.version)

    def _check_name_is_free(self, draft: Item) -> None:
        if draft.type.is_named and self.library.known_names(draft.type, [draft.name]):
            raise InvalidInputError(
                "Name", f"A {draft.type} of this name exists already. Choose another name."
            )

    def _placed(self, draft: Item, parent_id: str | None) -> Item:
        """Put a draft below its parent."""
        if parent_id is None:
            return draft
        parent = self.library.find(parent_id)
        if parent is None:
            raise InvalidInputError("ParentId", f"There is no item {parent_id}.")
        _check_fits(draft, parent)
        return replace(
            draft,
            ancestors=(*parent.ancestors, parent.id),
            series_id=_tie(parent, ItemType.SERIES, parent.series_id),
            season_id=_tie(parent, ItemType.SEASON, parent.season_id),
            album_id=_tie(parent, ItemType.MUSIC_ALBUM, parent.album_id),
        )

    def _finished(self, item: Item, deadline: Deadline) -> Item:
        """Add what follows from the rest: the name to sort by, and the named items' ids."""
        known = {
            item_type: self._existing(item_type, names, deadline)
            for item_type, names in mentioned_names(item).items()
        }
        return replace(with_known(item, known), sort_name=item.sort_name or item.natural_sort_name)

    def _existing(
        self, item_type: ItemType, names: Mapping[str, str], deadline: Deadline
    ) -> Mapping[str, str]:
        """Return the ids of named items by key, and create those that do not exist."""
        if not names:
            return {}
        known = dict(self.library.known_names(item_type, names.values()))
        for key, name in names.items():
            if key not in known:
                _check_time(deadline)
                known[key] = self._named(item_type, name)
        return known

    def _named(self, item_type: ItemType, name: str) -> str:
        item = Item(self.make_id(), item_type, name, sort_name(name), self.clock.now())
        try:
            return self.library.add(item).id
        except ConflictError:
            known = self.library.known_names(item_type, [name])
            if not known:
                raise
            return known[name_key(name)]


def _check_time(deadline: Deadline) -> None:
    if deadline.remaining < 0:
        message = "Not all names that the item mentions could be added in the time of one call; repeat it."
        raise UnavailableError(message)


def _check_fits(draft: Item, parent: Item) -> None:
    if draft.type.is_named:
        raise InvalidInputError("ParentId", f"A {draft.type} has no parent.")
    if not parent.type.is_folder:
        raise InvalidInputError("ParentId", f"An item of type {parent.type} cannot hold other items.")
    if len(parent.ancestors) + 2 > DEEPEST:
        raise InvalidInputError("ParentId", f"An item may have at most {DEEPEST} items above it.")


def _tie(parent: Item, item_type: ItemType, inherited: str | None) -> str | None:
    """Return the id of the nearest item of a type: the parent itself, or what the parent belongs to."""
    return parent.id if parent.type is item_type else inherited
