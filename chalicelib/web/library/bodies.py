"""The JSON body that describes an item: what BaseItemDto says, read back.

So what `GET /Items/{id}` answers can be changed and sent to `PUT`; what is not the administrator's to say (tags,
ids of named items …) is ignored. A genre, studio or artist is a name, or an object that has one.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib.domain.library.items import COLLECTION_TYPES, Chapter, Credit, Item, ItemType, Mention
from chalicelib.domain.library.metadata import WEEK, Metadata, MetadataField, SeriesStatus
from chalicelib.errors import InvalidInputError
from chalicelib.web.library.schemas.bodies import ChapterMember, NamedMember, PersonMember
from chalicelib.web.protocol.declarations.json_fields import JsonFields
from chalicelib.web.protocol.request import Request

type Reader = Callable[[JsonFields, str], Any]
"""Reads one field of a body, by its name."""

MAX_BODY_BYTES = 150_000
"""An item's row may have 400 KB, of which the ids of named items are ours."""

_TICKS = range(2**63)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


@dataclass(frozen=True, slots=True)
class ItemBody:
    """An item as the client describes it, and where it wants it; the id is empty when the client names none."""

    item: Item
    parent_id: str | None


def item_body(request: Request, now: datetime) -> ItemBody:
    """Read an item; raises InvalidInputError and LimitExceededError, which name the field."""
    fields = JsonFields.of_body(request, MAX_BODY_BYTES)
    said = {attribute: read(fields, name) for name, (attribute, read) in _ITEM.items()}
    item = Item(
        **said | {"created": said["created"] or now},
        id=fields.guid("Id") or "",
        type=_type(fields),
        name=fields.required_line("Name"),
        metadata=_metadata(fields),
    )
    return ItemBody(item, fields.guid("ParentId"))


def item_change(request: Request) -> Callable[[Item], Item]:
    """Read a change of an item in Jellyfin's form; what is left out stays, what is null is taken away."""
    fields = JsonFields.of_body(request, MAX_BODY_BYTES)
    texts = {**_ITEM, **_ONLY_OF_CHANGES}
    said = {attribute: read(fields, name) for name, (attribute, read) in texts.items() if fields.has(name)}
    more = {
        attribute: read(fields, name) for name, (attribute, read) in _METADATA.items() if fields.has(name)
    }
    if fields.has("Name"):
        said["name"] = fields.required_line("Name")
    return lambda item: replace(item, **said, metadata=replace(item.metadata, **more))


def _metadata(fields: JsonFields) -> Metadata:
    return Metadata(**{attribute: read(fields, name) for name, (attribute, read) in _METADATA.items()})


def _type(fields: JsonFields) -> ItemType:
    text = fields.required_line("Type")
    if (found := ItemType.parse(text)) is None:
        raise InvalidInputError("Type", f"The value '{text[:100]}' is not valid.")
    return found


def _language(fields: JsonFields, name: str) -> str | None:
    text = fields.line(name)
    if text and not _LANGUAGE.fullmatch(text):
        raise InvalidInputError(name, f"{name} must be a language tag such as en or pt-BR.")
    return text or None


def _mention(field: str, value: Any) -> Mention:  # noqa: ANN401  # any JSON value
    return Mention(_member(field, value, NamedMember).required_line("Name"))


def _credit(field: str, value: Any) -> Credit:  # noqa: ANN401  # any JSON value
    member = _member(field, value, PersonMember)
    kind = member.line("Type") or "Unknown"
    return Credit(member.required_line("Name"), role=member.line("Role"), type=kind)


def _chapter(field: str, value: Any) -> Chapter:  # noqa: ANN401  # any JSON value
    member = JsonFields.of(field, value, ChapterMember)
    return Chapter(member.line("Name"), member.integer("StartPositionTicks", _TICKS) or 0)


def _member(field: str, value: Any, shape: type) -> JsonFields:  # noqa: ANN401  # any JSON value
    """Return the fields of a list's member, a name alone being one too."""
    return JsonFields.of(field, {"Name": value} if isinstance(value, str) else value, shape)


def _collection_type(fields: JsonFields, name: str) -> str | None:
    return collection_type(name, fields.line(name) or "")


def collection_type(name: str, text: str) -> str | None:
    """Read what a folder holds, None where nothing is said; raises InvalidInputError that names the field."""
    if not text:
        return None
    for known in COLLECTION_TYPES:
        if known == text.lower():
            return known
    raise InvalidInputError(
        name, f"The value '{text[:100]}' is not valid; use one of {', '.join(COLLECTION_TYPES)}."
    )


def _overview(fields: JsonFields, name: str) -> str | None:
    return fields.text(name, MAX_BODY_BYTES) or None


def _moment(fields: JsonFields, name: str) -> str:
    moment = fields.date(name)
    return moment.isoformat() if moment else ""


def _rating(fields: JsonFields, name: str) -> float | None:
    return fields.decimal(name, 0, 100)


def _run_time(fields: JsonFields, name: str) -> int | None:
    return fields.integer(name, _TICKS)


def _tagline(fields: JsonFields, name: str) -> str:
    """Read the first of several taglines, as Jellyfin does."""
    return next(iter(fields.lines(name)), "")


def _word_of(allowed: Iterable[str]) -> Reader:
    return lambda fields, name: fields.word(name, allowed) or ""


def _words_of(allowed: Iterable[str]) -> Reader:
    return lambda fields, name: fields.words(name, allowed)


def _several(read: Callable[[str, Any], Any]) -> Reader:
    return lambda fields, name: fields.list(name, read)


_ITEM: Mapping[str, tuple[str, Reader]] = {
    "SortName": ("sort_name", JsonFields.line),
    "DateCreated": ("created", JsonFields.date),
    "ProductionYear": ("year", JsonFields.integer),
    "IndexNumber": ("index_number", JsonFields.integer),
    "ParentIndexNumber": ("parent_index_number", JsonFields.integer),
    "Overview": ("overview", _overview),
    "CollectionType": ("collection_type", _collection_type),
    "PreferredMetadataLanguage": ("language", _language),
    "ProviderIds": ("provider_ids", JsonFields.texts),
    "People": ("people", _several(_credit)),
    "Genres": ("genres", _several(_mention)),
    "Studios": ("studios", _several(_mention)),
    "Artists": ("artists", _several(_mention)),
    "AlbumArtists": ("album_artists", _several(_mention)),
    "Chapters": ("chapters", _several(_chapter)),
}
_ONLY_OF_CHANGES: Mapping[str, tuple[str, Reader]] = {
    "ForcedSortName": ("sort_name", JsonFields.line),
    "ArtistItems": ("artists", _several(_mention)),
}
_METADATA: Mapping[str, tuple[str, Reader]] = {
    "OriginalTitle": ("original_title", JsonFields.line),
    "Taglines": ("tagline", _tagline),
    "Tags": ("tags", JsonFields.lines),
    "ProductionLocations": ("production_locations", JsonFields.lines),
    "OfficialRating": ("official_rating", JsonFields.line),
    "CustomRating": ("custom_rating", JsonFields.line),
    "CommunityRating": ("community_rating", _rating),
    "CriticRating": ("critic_rating", _rating),
    "PremiereDate": ("premiered", _moment),
    "EndDate": ("ended", _moment),
    "RunTimeTicks": ("run_time_ticks", _run_time),
    "Status": ("status", _word_of(tuple(SeriesStatus))),
    "AirDays": ("air_days", _words_of(WEEK)),
    "AirTime": ("air_time", JsonFields.line),
    "DisplayOrder": ("display_order", JsonFields.line),
    "PreferredMetadataCountryCode": ("country", JsonFields.line),
    "LockData": ("is_locked", lambda fields, name: fields.boolean(name) or False),
    "LockedFields": ("locked_fields", _words_of(tuple(MetadataField))),
}
