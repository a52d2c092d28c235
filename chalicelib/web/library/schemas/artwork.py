"""What artwork items have; this is ours."""

from typing import TypedDict

from chalicelib.domain.images import images
from chalicelib.domain.library.items import ItemType
from chalicelib.web.protocol.declarations.schemas import Bytes, Guid


class ImageFacts(TypedDict):
    """An image of an item, with what decides whether it is good enough."""

    ImageType: images.ImageType
    ImageTag: str
    Width: int
    Height: int
    Size: Bytes
    ContentType: str
    BlurHash: str | None


class ItemArtwork(TypedDict):
    """An item and the artwork that it has; ours."""

    Id: Guid
    Name: str
    SortName: str
    Type: ItemType
    ProductionYear: int | None
    Album: str | None
    SeriesName: str | None
    Images: list[ImageFacts]


class ItemArtworkQueryResult(TypedDict):
    """A page of items with the artwork that they have."""

    Items: list[ItemArtwork]
    TotalRecordCount: int
    StartIndex: int
