"""What names of a media folder mean; this is ours."""

from typing import NotRequired, TypedDict

from chalicelib.domain.images import images
from chalicelib.domain.library.items import ItemType


class NamesBody(TypedDict):
    """Paths of files below a folder, one a line, and the folder's name; ours."""

    Names: str
    Root: NotRequired[str]


class NamedImage(TypedDict):
    """A file that is an image of an item, by its name."""

    ImageType: images.ImageType
    ImageIndex: int
    Name: str


class NamedItem(TypedDict):
    """An item as names tell of it; `Parent` is the place of another in the list."""

    Type: ItemType
    Name: str
    ProductionYear: int | None
    ProviderIds: dict[str, str]
    Parent: int | None
    IndexNumber: int | None
    AlbumArtist: str | None
    CollectionType: str | None
    Images: list[NamedImage]


class NameLeftOut(TypedDict):
    """A picture that is no image of an item, and why."""

    Name: str
    Reason: str


class NamesResult(TypedDict):
    """What names mean: every picture among them is in one of the two lists."""

    Items: list[NamedItem]
    LeftOut: list[NameLeftOut]
