"""What names of folders and files mean, for whoever would know it before sending anything."""

from chalicelib.domain.library.resolving.resolver import resolve
from chalicelib.domain.library.resolving.results import FoundItem, Resolution
from chalicelib.web.library.schemas.names import NamedItem, NameLeftOut, NamesResult
from chalicelib.web.protocol.declarations.json_fields import JsonFields
from chalicelib.web.protocol.request import Request

MAX_BODY_BYTES = 4_000_000
"""Of a body with names: some forty thousand of them."""


def judged_names(request: Request) -> NamesResult:
    """Read names from the body and return what they mean; raises InvalidInputError and BodyTooLargeError."""
    fields = JsonFields.of_body(request, MAX_BODY_BYTES)
    names = fields.text("Names", MAX_BODY_BYTES).splitlines()
    return names_dto(resolve(names, root=fields.line("Root")))


def names_dto(resolution: Resolution) -> NamesResult:
    """Return items, parents before what is in them, and what is left out with its reason."""
    places = {item.identity: n for n, item in enumerate(resolution.items)}
    items = [
        _item(item, places.get(item.parent.identity) if item.parent else None) for item in resolution.items
    ]
    left_out: list[NameLeftOut] = [{"Name": one.path, "Reason": str(one)} for one in resolution.left_out]
    return {"Items": items, "LeftOut": left_out}


def _item(item: FoundItem, parent: int | None) -> NamedItem:
    return {
        "Type": item.type,
        "Name": item.title.name,
        "ProductionYear": item.title.year,
        "ProviderIds": dict(item.title.provider_ids),
        "Parent": parent,
        "IndexNumber": item.number,
        "AlbumArtist": item.artist or None,
        "CollectionType": item.collection_type or None,
        "Images": [
            {"ImageType": picture.image_type, "ImageIndex": picture.index, "Name": picture.path}
            for picture in item.pictures
        ],
    }
