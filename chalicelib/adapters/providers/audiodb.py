"""TheAudioDB: music artists and albums.

Shapes of version 1 and small copies of pictures: theaudiodb.com/free_music_api, sections v1 Lookup and Images.
"""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.adapters.providers import reading
from chalicelib.adapters.providers.session import Client, ProviderSession, segment
from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.remote.artwork import RemoteImage, Subject
from chalicelib.settings import RemoteSettings

_FIELDS = {
    ItemType.MUSIC_ARTIST: {
        "strArtistThumb": ImageType.PRIMARY,
        "strArtistLogo": ImageType.LOGO,
        "strArtistClearart": ImageType.ART,
        "strArtistWideThumb": ImageType.THUMB,
        "strArtistBanner": ImageType.BANNER,
        "strArtistFanart": ImageType.BACKDROP,
        "strArtistFanart2": ImageType.BACKDROP,
        "strArtistFanart3": ImageType.BACKDROP,
        "strArtistFanart4": ImageType.BACKDROP,
    },
    ItemType.MUSIC_ALBUM: {
        "strAlbumThumb": ImageType.PRIMARY,
        "strAlbumThumbHQ": ImageType.PRIMARY,
        "strAlbumThumbBack": ImageType.BOX_REAR,
        "strAlbumBack": ImageType.BOX_REAR,
        "strAlbumCDart": ImageType.DISC,
    },
}
_LOOKUPS = {
    ItemType.MUSIC_ARTIST: (
        ("MusicBrainzArtist", "artist-mb.php", "i"),
        ("AudioDbArtist", "artist.php", "i"),
    ),
    ItemType.MUSIC_ALBUM: (
        ("MusicBrainzReleaseGroup", "album-mb.php", "i"),
        ("AudioDbAlbum", "album.php", "m"),
    ),
}
_LISTS = {ItemType.MUSIC_ARTIST: "artists", ItemType.MUSIC_ALBUM: "album"}


@dataclass(frozen=True, slots=True)
class TheAudioDb:
    """RemoteImageProvider over version 1 of the API; one picture a field, without language or size."""

    name: ClassVar[str] = "TheAudioDB"
    session: ProviderSession

    @classmethod
    def configured(cls, settings: RemoteSettings, client: Client) -> "TheAudioDb":
        """Build the provider; its key is part of the path."""
        return cls(ProviderSession(client, f"{settings.audiodb_url}/{segment(settings.audiodb_key)}"))

    def image_types(self, item_type: ItemType) -> tuple[ImageType, ...]:
        """Return what the site may have for items of a type."""
        return tuple(dict.fromkeys(_FIELDS.get(item_type, {}).values()))

    def images(self, subject: Subject, deadline: Deadline) -> tuple[RemoteImage, ...]:
        """Return the pictures of the first entry that an id leads to."""
        for site, page, parameter in _LOOKUPS[subject.type]:
            if known := subject.id_from(site):
                answer = reading.an_object(self.session.get(f"/{page}", deadline, **{parameter: known}))
                for entry in reading.objects(answer.get(_LISTS[subject.type])):
                    return self._images(entry, subject.type)
        return ()

    def _images(self, entry: reading.Object, item_type: ItemType) -> tuple[RemoteImage, ...]:
        links = ((reading.link(entry, name), kind) for name, kind in _FIELDS[item_type].items())
        return tuple(RemoteImage(self.name, kind, url, f"{url}/small") for url, kind in links if url)
