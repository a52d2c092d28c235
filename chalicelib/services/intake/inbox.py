"""The drop folder: objects under `inbox/<item id or name>/` become images by the names of their files."""

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.intake.inbox import Drop, drop_of, refused_key
from chalicelib.domain.intake.tickets import Ticket, TicketState
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.library.naming.episodes import episode_of
from chalicelib.domain.library.naming.extensions import stem_of
from chalicelib.domain.library.naming.extras import is_extras_folder
from chalicelib.domain.library.naming.pictures import (
    MOST_NUMBERED,
    NamedPicture,
    Naming,
    meanings_of,
    pictures_of,
    pictures_of_season,
)
from chalicelib.domain.library.naming.seasons import season_of
from chalicelib.errors import InvalidInputError, NotFoundError
from chalicelib.services.intake.folder_matching import FolderMatching
from chalicelib.services.intake.ports import Tickets
from chalicelib.services.intake.settlement import TicketSettlement
from chalicelib.services.ports import BlobStore, Clock, StoredBlob

_VALID = timedelta(days=1)
"""Of a drop's own ticket, which only has to outlast the repetitions of its event."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """Takes dropped objects, each write of a key once; what cannot be taken moves to `refused/` with its reason."""

    settlement: TicketSettlement
    matching: FolderMatching
    tickets: Tickets
    originals: BlobStore
    clock: Clock

    def take(self, key: str, deadline: Deadline) -> None:
        """Make a dropped object an image or refuse it, and remove it from the inbox."""
        versions = self.originals.versions(key)
        if key.endswith("/") or (found := self.originals.open(key)) is None:
            return
        if refusal := self._refusal(key, found, deadline):
            self.originals.copy(key, refused_key(key), refusal)
        self.originals.delete_versions(key, versions | {found.version})

    def _refusal(self, key: str, found: StoredBlob, deadline: Deadline) -> dict[str, str]:
        """Take an object; returns the field and the reason of its refusal, nothing when it was taken."""
        try:
            settled = self._settled(drop_of(key), found, deadline)
        except InvalidInputError as error:
            return {"field": error.field, "reason": str(error)}
        except NotFoundError as error:
            return {"field": "folder", "reason": str(error)}
        finally:
            found.close()
        if settled.state is TicketState.REFUSED:
            return {"field": settled.field, "reason": settled.reason}
        return {}

    def _settled(self, drop: Drop, found: StoredBlob, deadline: Deadline) -> Ticket:
        known = self.tickets.find(drop.ticket_id(found.version))
        ticket = known or self._ticket(drop, found.version)
        return ticket if ticket.is_settled else self.settlement.settle(ticket, found, deadline)

    def _ticket(self, drop: Drop, version: str) -> Ticket:
        owner, image_type = self._meaning(drop)
        ticket = Ticket(drop.ticket_id(version), owner, image_type, None, expires=self.clock.now() + _VALID)
        self.tickets.add(ticket)
        return ticket

    def _meaning(self, drop: Drop) -> tuple[OwnerKey, ImageType]:
        """Return which image of which item a file is by its name and by what lies beside it."""
        item, files = self.matching.find(drop.folder), self._files(drop)
        folder, _, file = drop.file.rpartition("/")
        if item.type is not ItemType.SERIES:
            return _image(item, drop.folder, drop.file, files)
        number = None if is_extras_folder(folder) else season_of(folder, item.name)
        if number is not None:
            inside = [name.removeprefix(f"{folder}/") for name in files if name.startswith(f"{folder}/")]
            return self._in_a_season(self.matching.season(item, number), folder, file, inside)
        return self._of_a_season(item, drop, files) or _image(item, drop.folder, drop.file, files)

    def _in_a_season(
        self, season: Item, folder: str, file: str, files: list[str]
    ) -> tuple[OwnerKey, ImageType]:
        """Return which image a file in a season's folder is: of the season, or of the episode in its name."""
        stem = stem_of(file).removesuffix("-thumb")
        found = episode_of(stem, season.index_number)
        if found and found.number is not None and not meanings_of(Naming(season.type, folder), file):
            return _image(self.matching.episode(season, found.number), stem, file, files)
        return _image(season, folder, file, files)

    def _of_a_season(self, series: Item, drop: Drop, files: list[str]) -> tuple[OwnerKey, ImageType] | None:
        for number, name in self.matching.seasons(series):
            for picture in pictures_of_season(number, name, files):
                if picture.file == drop.file:
                    return OwnerKey.item(self.matching.season(series, number).id), picture.image_type
        return None

    def _files(self, drop: Drop) -> list[str]:
        listed = self.originals.list(drop.prefix)
        return [info.key.removeprefix(drop.prefix) for info in listed if info.size or info.key == drop.key]


def _image(item: Item, stem: str, file: str, files: list[str]) -> tuple[OwnerKey, ImageType]:
    """Return which image a file is among others; raises InvalidInputError when it is none."""
    naming = Naming(item.type, stem)
    named = pictures_of(naming, files, misses=MOST_NUMBERED)
    if found := next((picture for picture in named if picture.file == file), None):
        return OwnerKey.item(item.id), found.image_type
    raise InvalidInputError(
        "file", _why_not(item, file, pictures_of(naming, [file], misses=MOST_NUMBERED), named)
    )


def _why_not(item: Item, file: str, alone: tuple[NamedPicture, ...], named: tuple[NamedPicture, ...]) -> str:
    if not alone:
        return f"The name '{file}' does not match any image of the type {item.type}. Rename the file."
    first = next(picture.file for picture in named if picture.image_type is alone[0].image_type)
    return f"'{first}' in the same folder takes precedence as {alone[0].image_type}."
