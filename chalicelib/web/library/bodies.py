"""The JSON body that describes an item: what BaseItemDto says, read back.

So what `GET /Items/{id}` answers can be changed and sent to `PUT`; what is not the administrator's to say (tags,
ids of named items …) is ignored. A genre, studio or artist is a name, or an object that has one.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.domain.library.items import Chapter, Credit, Item, ItemType, Mention
from chalicelib.errors import InvalidInputError
from chalicelib.web.library.schemas import ChapterMember, NamedMember, PersonMember
from chalicelib.web.protocol.json_fields import JsonFields
from chalicelib.web.protocol.request import Request

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
    item = Item(
        id=fields.guid("Id") or "",
        type=_type(fields),
        name=fields.required_line("Name"),
        sort_name=fields.line("SortName"),
        created=fields.date("DateCreated") or now,
        year=fields.integer("ProductionYear"),
        index_number=fields.integer("IndexNumber"),
        parent_index_number=fields.integer("ParentIndexNumber"),
        overview=fields.text("Overview", MAX_BODY_BYTES) or None,
        collection_type=fields.line("CollectionType") or None,
        language=_language(fields),
        provider_ids=fields.texts("ProviderIds"),
        people=fields.list("People", _credit),
        genres=fields.list("Genres", _mention),
        studios=fields.list("Studios", _mention),
        artists=fields.list("Artists", _mention),
        album_artists=fields.list("AlbumArtists", _mention),
        chapters=fields.list("Chapters", _chapter),
    )
    return ItemBody(item, fields.guid("ParentId"))


def _type(fields: JsonFields) -> ItemType:
    text = fields.required_line("Type")
    if (found := ItemType.parse(text)) is None:
        raise InvalidInputError("Type", f"The value '{text[:100]}' is not valid.")
    return found


def _language(fields: JsonFields) -> str | None:
    name = "PreferredMetadataLanguage"
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
