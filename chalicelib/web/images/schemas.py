"""What is said of images in JSON: Jellyfin's types, and ours of upload tickets and ready URLs."""

from typing import TypedDict

from chalicelib.domain.images import images
from chalicelib.web.protocol.declarations.schemas import Bytes, Guid, Time


class ImageInfo(TypedDict):
    """One image of an item; `Path` is the key of the stored original."""

    ImageType: images.ImageType
    ImageIndex: int | None
    ImageTag: str
    Path: str
    BlurHash: str | None
    Height: int | None
    Width: int | None
    Size: Bytes


class RemoteImageInfo(TypedDict):
    """One image that another site offers."""

    ProviderName: str
    Url: str
    ThumbnailUrl: str | None
    Height: int | None
    Width: int | None
    CommunityRating: float | None
    VoteCount: int | None
    Language: str | None
    Type: images.ImageType
    RatingType: str


class RemoteImageResult(TypedDict):
    """A page of what other sites offer, and their names."""

    Images: list[RemoteImageInfo]
    TotalRecordCount: int
    Providers: list[str]


class ImageProviderInfo(TypedDict):
    """A site that may have images for an item, and their types."""

    Name: str
    SupportedImages: list[images.ImageType]


class ImageUrl(TypedDict):
    """One image of an item or a user with its ready URL."""

    ItemId: Guid | None
    UserId: Guid | None
    ImageType: images.ImageType
    ImageIndex: int | None
    ImageTag: str
    Url: str


class ImageUrls(TypedDict):
    """Ready URLs, and when all of them expire."""

    Items: list[ImageUrl]
    TotalRecordCount: int
    ExpiresAt: Time | None


class UploadTicketStatus(TypedDict):
    """What has become of an upload ticket."""

    Id: str
    State: str
    StatusUrl: str
    Expires: Time
    ImageTag: str | None
    Field: str | None
    Reason: str | None


class UploadTicket(UploadTicketStatus):
    """A new ticket: where, and with which form fields, to post the file."""

    Url: str
    Fields: dict[str, str]
    MaxBytes: Bytes


class UploadAnnouncement(TypedDict):
    """What a client may say of the file that it will send."""

    contentType: str | None
    size: Bytes | None
