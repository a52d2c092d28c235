"""Images of an owner, and the rules by which their list changes."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.images.upstream import UpstreamMark


class ImageType(StrEnum):
    """Jellyfin's thirteen image types, in the order of their numbers."""

    PRIMARY = "Primary"
    ART = "Art"
    BACKDROP = "Backdrop"
    BANNER = "Banner"
    LOGO = "Logo"
    THUMB = "Thumb"
    DISC = "Disc"
    BOX = "Box"
    SCREENSHOT = "Screenshot"
    MENU = "Menu"
    CHAPTER = "Chapter"
    BOX_REAR = "BoxRear"
    PROFILE = "Profile"

    @classmethod
    def parse(cls, text: str) -> "ImageType | None":
        """Return the type of that name in any letter case, or of that number; None when there is none."""
        return _BY_NAME.get(text.strip().lower())

    @property
    def holds_several(self) -> bool:
        """Tell whether an owner may have more than one image of this type."""
        return self in _SEVERAL


_SEVERAL = frozenset({ImageType.BACKDROP, ImageType.SCREENSHOT, ImageType.CHAPTER})
_BY_NAME = {t.value.lower(): t for t in ImageType} | {str(n): t for n, t in enumerate(ImageType)}


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What a probe reads from the bytes of a picture.

    `width` and `height` are pixels as displayed, that is after `orientation` (EXIF, 1 to 8) is applied.
    `frames` is 1 for a still picture.
    """

    format: ImageFormat
    width: int
    height: int
    orientation: int = 1
    frames: int = 1
    has_alpha: bool = False

    @property
    def is_animated(self) -> bool:
        """Tell whether the picture moves."""
        return self.frames > 1


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the ladder: a smaller copy of an original; its blob lies beside the variants."""

    key: str
    width: int
    height: int
    size: int


@dataclass(frozen=True, slots=True)
class ImageDetails:
    """What the event after an upload finds out, so that the uploader need not wait for it.

    Colours are `#rrggbb`; hashes are text as their formats define it.
    """

    blur_hash: str
    thumb_hash: str = ""
    dominant_colour: str = ""
    perceptual_hash: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredImage:
    """One image in the catalog.

    `tag` (32 hex digits) changes with the bytes; `original` is the key of its blob; `size` is in bytes.
    """

    image_type: ImageType
    tag: str
    original: str
    size: int
    facts: ImageFacts
    modified: datetime
    details: ImageDetails | None = None

    def is_same_upload(self, other: "StoredImage") -> bool:
        """Tell whether both stand for one upload, whatever was found out about either since."""
        return (self.image_type, self.original, self.modified) == (
            other.image_type,
            other.original,
            other.modified,
        )


@dataclass(frozen=True, slots=True)
class OwnerImages:
    """An owner with its images; an image's index is its place among those of its type.

    `version` counts writes for optimistic locking, None before the first. `upstream` is what is known of the
    counterpart of an owner that stands for an image of the upstream server.
    """

    owner: OwnerKey
    name: str
    images: tuple[StoredImage, ...] = ()
    version: int | None = field(default=None, compare=False)
    upstream: UpstreamMark | None = None

    def of_type(self, image_type: ImageType) -> tuple[StoredImage, ...]:
        """Return the images of a type in index order."""
        return tuple(image for image in self.images if image.image_type is image_type)

    def find(self, image_type: ImageType, index: int = 0) -> StoredImage | None:
        """Return the image at an index, None when there is none."""
        images = self.of_type(image_type)
        return images[index] if 0 <= index < len(images) else None

    def with_image(self, image: StoredImage, index: int | None = None) -> Self:
        """Replace the image at `index` if it exists, else append; a type for one image replaces it always."""
        if not image.image_type.holds_several:
            index = 0
        images = list(self.of_type(image.image_type))
        if index is not None and 0 <= index < len(images):
            images[index] = image
        else:
            images.append(image)
        return self._with_type(image.image_type, tuple(images))

    def without(self, image_type: ImageType, index: int = 0) -> Self:
        """Drop the image at an index, those above shift down; unchanged when there is none."""
        images = self.of_type(image_type)
        if not 0 <= index < len(images):
            return self
        return self._with_type(image_type, images[:index] + images[index + 1 :])

    def swapped(self, image_type: ImageType, first: int, second: int) -> Self:
        """Exchange two images as Jellyfin's reorder does; unchanged when either does not exist."""
        images = list(self.of_type(image_type))
        if not (0 <= first < len(images) and 0 <= second < len(images)):
            return self
        images[first], images[second] = images[second], images[first]
        return self._with_type(image_type, tuple(images))

    def described(self, original: str, facts: ImageFacts, details: ImageDetails | None) -> Self:
        """Record what was found out about every image made of one original, or forget it."""
        images = tuple(
            replace(image, facts=facts, details=details) if image.original == original else image
            for image in self.images
        )
        return replace(self, images=images)

    def originals(self) -> Counter[str]:
        """Count the originals that the images refer to."""
        return Counter(image.original for image in self.images)

    def _with_type(self, image_type: ImageType, images: tuple[StoredImage, ...]) -> Self:
        others = tuple(image for image in self.images if image.image_type is not image_type)
        return replace(self, images=others + images)
