"""The Cover Art Archive of MusicBrainz and the Internet Archive: covers of albums.

Shapes: musicbrainz.org/doc/Cover_Art_Archive/API. Who asks must say so:
musicbrainz.org/doc/MusicBrainz_API/Rate_Limiting.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from chalicelib.adapters.providers import reading
from chalicelib.adapters.providers.session import Client, ProviderSession, segment
from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.remote.artwork import RemoteImage, Subject
from chalicelib.settings import RemoteSettings

_KINDS = {"Front": ImageType.PRIMARY, "Back": ImageType.BOX_REAR, "Medium": ImageType.DISC}
_SECTIONS = {"MusicBrainzAlbum": "release", "MusicBrainzReleaseGroup": "release-group"}


@dataclass(frozen=True, slots=True)
class CoverArtArchive:
    """RemoteImageProvider over the archive; it knows neither languages nor sizes."""

    name: ClassVar[str] = "Cover Art Archive"
    session: ProviderSession

    @classmethod
    def configured(cls, settings: RemoteSettings, client: Client) -> "CoverArtArchive":
        """Build the provider."""
        return cls(ProviderSession(client, settings.cover_art_archive_url))

    def image_types(self, item_type: ItemType) -> tuple[ImageType, ...]:
        """Return what the site may have for items of a type."""
        return tuple(_KINDS.values()) if item_type is ItemType.MUSIC_ALBUM else ()

    def images(self, subject: Subject, deadline: Deadline) -> tuple[RemoteImage, ...]:
        """Return the covers of the release itself, then those of its release group that are others."""
        entries = [entry for path in _paths(subject) for entry in self._entries(path, deadline)]
        images = (image for entry in entries for image in self._images(entry))
        return tuple({(image.url, image.image_type): image for image in images}.values())

    def _entries(self, path: str, deadline: Deadline) -> list[reading.Object]:
        return reading.objects(reading.an_object(self.session.get(path, deadline)).get("images"))

    def _images(self, entry: reading.Object) -> Iterator[RemoteImage]:
        """Offer one picture as all that it shows: a scan may be front and back in one."""
        url = reading.link(entry, "image")
        if not url or entry.get("approved") is False:
            return
        for image_type in _types(entry):
            yield RemoteImage(self.name, image_type, _secure(url), _thumbnail(entry))


def _paths(subject: Subject) -> Iterator[str]:
    for site, section in _SECTIONS.items():
        if known := subject.id_from(site):
            yield f"/{section}/{segment(known)}"


def _types(entry: reading.Object) -> tuple[ImageType, ...]:
    names = entry.get("types")
    shown = [_KINDS[name] for name in names if name in _KINDS] if isinstance(names, list) else []
    marked = [_KINDS[name] for name in ("Front", "Back") if entry.get(name.lower()) is True]
    return tuple(dict.fromkeys(marked + shown))


def _thumbnail(entry: reading.Object) -> str | None:
    thumbnails = reading.an_object(entry.get("thumbnails"))
    links = (reading.link(thumbnails, size) for size in ("500", "large", "250", "small"))
    return next((_secure(link) for link in links if link), None)


def _secure(url: str) -> str:
    """Return the https form of what the archive still writes as http: pages with https load nothing else."""
    prefix = "http://coverartarchive.org/"
    return url.replace(prefix, "https://coverartarchive.org/", 1) if url.startswith(prefix) else url
