"""How an item leaves the library, with all below it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import batched

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.items import Item
from chalicelib.errors import ConflictError, NotFoundError, UnavailableError
from chalicelib.services.library.ports import Library
from chalicelib.services.ports import ImageCatalog, OriginalsQueue
from chalicelib.services.retries import retry_on_conflict

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class LibraryRemoval:
    """Removes from the leaves up, in steps that can be repeated wherever they stopped.

    A folder is closed before its children are read, so that nobody adds one that is missed. An item goes with
    its images in one transaction, so that an upload to it either comes before and is released, or fails.
    """

    library: Library
    catalog: ImageCatalog
    queue: OriginalsQueue

    def remove(self, item_id: str, deadline: Deadline = NO_DEADLINE) -> None:
        """Delete an item with all below it, and release their originals.

        Raises NotFoundError, and UnavailableError when the deadline comes first: a repetition then goes on.
        """
        if self.library.find(item_id) is None:
            raise NotFoundError(f"There is no item {item_id}.")
        self._empty(item_id, deadline)
        self._remove_all([item_id], deadline)

    def _empty(self, item_id: str, deadline: Deadline) -> None:
        self.library.close(item_id)
        children = self.library.children(item_id)
        for child in children:
            if child.type.is_folder:
                self._empty(child.id, deadline)
        self._remove_all([child.id for child in children], deadline)

    def _remove_all(self, item_ids: Iterable[str], deadline: Deadline) -> None:
        for batch in batched(item_ids, _AT_ONCE, strict=False):
            items = self.library.find_many(batch)
            images = self.catalog.find_many(map(OwnerKey.item, items))
            for owner, its_images in images.items():
                _check_time(deadline)
                self._remove(items[owner.id], its_images, deadline)

    def _remove(self, item: Item, images: OwnerImages, deadline: Deadline) -> None:
        """Delete one item as it was read; after a conflict with an upload or a change, read it again."""
        removed: OwnerImages | None = images
        try:
            self.library.remove(item, images)
        except ConflictError:
            removed = retry_on_conflict(lambda: self._read_and_remove(item.id), deadline)
        if removed and removed.images:
            self.queue.released(sorted(removed.originals()))

    def _read_and_remove(self, item_id: str) -> OwnerImages | None:
        """Return the images of the deleted item; None when somebody else has deleted it."""
        item, images = self.library.find(item_id), self.catalog.find(OwnerKey.item(item_id))
        if item is None or images is None:
            return None
        self.library.remove(item, images)
        return images


def _check_time(deadline: Deadline) -> None:
    if deadline.remaining < 0:
        message = "Not all below the item could be removed in the time of one call; repeat it."
        raise UnavailableError(message)
