"""Heads: what an image request needs to know of an image before any byte of it is read, packed.

An owner's heads are one run of bytes, 35 for each image, so that those of a hundred fit in the 4 KB that DynamoDB
reads at once, and one is found among them without unpacking the others. Types and formats are written as their
place in their enumeration: a new one comes last.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from struct import Struct
from typing import Protocol, Self

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageDetails, ImageFacts, ImageType, OwnerImages, StoredImage

_HEAD = Struct("<BBB16sIIQ")
_TYPES = tuple(ImageType)
_FORMATS = tuple(ImageFormat)
_HAS_ALPHA = 0x80
_SIDE_BITS = 22
_SIDE = (1 << _SIDE_BITS) - 1
"""Four million pixels, and of frames a million: far above what any limit lets in."""


class ServableImage(Protocol):
    """What answering an image needs of it; `original` and `details` may be read when they are first asked for."""

    @property
    def image_type(self) -> ImageType:
        """Return Jellyfin's type."""
        ...

    @property
    def tag(self) -> str:
        """Return the cache tag."""
        ...

    @property
    def size(self) -> int:
        """Return the bytes of the original."""
        ...

    @property
    def facts(self) -> ImageFacts:
        """Return what a probe read."""
        ...

    @property
    def modified(self) -> datetime:
        """Return when the image was stored, to the second at least."""
        ...

    @property
    def original(self) -> str:
        """Return the key of the original's blob."""
        ...

    @property
    def details(self) -> ImageDetails | None:
        """Return what was found out since the upload."""
        ...


@dataclass(frozen=True, slots=True)
class ImageHead:
    """The head of one stored image; `modified` is whole seconds."""

    image_type: ImageType
    tag: str
    size: int
    facts: ImageFacts
    modified: datetime


@dataclass(frozen=True, slots=True)
class ImageHeads:
    """The heads of an owner's images, in the order of the images."""

    name: str
    packed: bytes

    @classmethod
    def of(cls, images: OwnerImages) -> Self:
        """Pack the heads of an owner's images."""
        return cls(images.name, b"".join(map(_packed, images.images)))

    def find(self, image_type: ImageType, index: int = 0) -> ImageHead | None:
        """Return the head at an index among those of a type, None when there is none."""
        places = self._places(image_type)
        return self._at(places[index]) if 0 <= index < len(places) else None

    def tagged(self, image_type: ImageType, tag: str) -> ImageHead | None:
        """Return the head with a tag among those of a type, None when there is none."""
        heads = (self._at(place) for place in self._places(image_type) if tag == self._tag(place))
        return next(heads, None)

    def all(self) -> Iterator[ImageHead]:
        """Yield every head."""
        return (self._at(place) for place in range(len(self.packed) // _HEAD.size))

    def _places(self, image_type: ImageType) -> list[int]:
        code = _TYPES.index(image_type)
        return [place for place, known in enumerate(self.packed[:: _HEAD.size]) if known == code]

    def _tag(self, place: int) -> str:
        start = place * _HEAD.size + 3
        return self.packed[start : start + 16].hex()

    def _at(self, place: int) -> ImageHead:
        return _unpacked(_HEAD.unpack_from(self.packed, place * _HEAD.size))


def _packed(image: StoredImage) -> bytes:
    facts = image.facts
    return _HEAD.pack(
        _TYPES.index(image.image_type),
        _FORMATS.index(facts.format),
        facts.orientation | (_HAS_ALPHA if facts.has_alpha else 0),
        bytes.fromhex(image.tag),
        image.size,
        int(image.modified.timestamp()),
        facts.width | facts.height << _SIDE_BITS | facts.frames << 2 * _SIDE_BITS,
    )


def _unpacked(fields: tuple[int, int, int, bytes, int, int, int]) -> ImageHead:
    image_type, image_format, shown, tag, size, seconds, measures = fields
    facts = ImageFacts(
        format=_FORMATS[image_format],
        width=measures & _SIDE,
        height=measures >> _SIDE_BITS & _SIDE,
        orientation=shown & ~_HAS_ALPHA,
        frames=measures >> 2 * _SIDE_BITS,
        has_alpha=bool(shown & _HAS_ALPHA),
    )
    return ImageHead(_TYPES[image_type], tag.hex(), size, facts, datetime.fromtimestamp(seconds, UTC))
