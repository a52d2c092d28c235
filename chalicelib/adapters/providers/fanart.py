"""fanart.tv: movies, series, seasons, music artists and albums; logos and clear art above all.

Shapes: the OpenAPI page at api.fanart.tv, versions 3 to 3.2; a picture's small copy: fanart.tv/api-docs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from chalicelib.adapters.providers import reading
from chalicelib.adapters.providers.session import Client, ProviderSession, segment
from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.remote.artwork import RatingKind, RemoteImage, Subject
from chalicelib.settings import RemoteSettings

_LISTS = {
    ItemType.MOVIE: {
        "movieposter": ImageType.PRIMARY,
        "moviebackground": ImageType.BACKDROP,
        "moviebanner": ImageType.BANNER,
        "moviethumb": ImageType.THUMB,
        "hdmovielogo": ImageType.LOGO,
        "movielogo": ImageType.LOGO,
        "hdmovieclearart": ImageType.ART,
        "movieart": ImageType.ART,
        "moviedisc": ImageType.DISC,
    },
    ItemType.SERIES: {
        "tvposter": ImageType.PRIMARY,
        "showbackground": ImageType.BACKDROP,
        "tvbanner": ImageType.BANNER,
        "tvthumb": ImageType.THUMB,
        "hdtvlogo": ImageType.LOGO,
        "clearlogo": ImageType.LOGO,
        "hdclearart": ImageType.ART,
        "clearart": ImageType.ART,
    },
    ItemType.SEASON: {
        "seasonposter": ImageType.PRIMARY,
        "seasonbanner": ImageType.BANNER,
        "seasonthumb": ImageType.THUMB,
    },
    ItemType.MUSIC_ARTIST: {
        "artistthumb": ImageType.PRIMARY,
        "artistbackground": ImageType.BACKDROP,
        "artist4kbackground": ImageType.BACKDROP,
        "musicbanner": ImageType.BANNER,
        "hdmusiclogo": ImageType.LOGO,
        "musiclogo": ImageType.LOGO,
    },
    ItemType.MUSIC_ALBUM: {"albumcover": ImageType.PRIMARY, "cdart": ImageType.DISC},
}


@dataclass(frozen=True, slots=True)
class FanArt:
    """RemoteImageProvider over the API; it counts likes, not scores."""

    name: ClassVar[str] = "FanArt"
    session: ProviderSession

    @classmethod
    def configured(cls, settings: RemoteSettings, client: Client) -> "FanArt":
        """Build the provider; a personal key shows new pictures days earlier."""
        keys = {"api-key": settings.fanart_key}
        if settings.fanart_personal_key:
            keys["client-key"] = settings.fanart_personal_key
        return cls(ProviderSession(client, settings.fanart_url, keys))

    def image_types(self, item_type: ItemType) -> tuple[ImageType, ...]:
        """Return what the site may have for items of a type."""
        return tuple(dict.fromkeys(_LISTS.get(item_type, {}).values()))

    def images(self, subject: Subject, deadline: Deadline) -> tuple[RemoteImage, ...]:
        """Return all pictures of a subject in all languages."""
        path = _path(subject)
        answer = reading.an_object(self.session.get(path, deadline) if path else None)
        source = _album(answer, subject) if subject.type is ItemType.MUSIC_ALBUM else answer
        return tuple(
            image
            for name, image_type in _LISTS[subject.type].items()
            for entry in reading.objects(source.get(name))
            if _is_of_season(entry, subject)
            for image in self._image(entry, image_type)
        )

    def _image(self, entry: reading.Object, image_type: ImageType) -> Iterator[RemoteImage]:
        if url := reading.link(entry, "url"):
            yield RemoteImage(
                self.name,
                image_type,
                url,
                url.replace("/fanart/", "/preview/", 1),
                width=reading.positive(entry, "width"),
                height=reading.positive(entry, "height"),
                language=reading.language(entry, "lang"),
                rating=reading.whole(entry, "likes"),
                rating_kind=RatingKind.LIKES,
            )


def _path(subject: Subject) -> str | None:
    match subject.type:
        case ItemType.MOVIE:
            section, known = "movies", subject.id_from("Tmdb") or subject.id_from("Imdb")
        case ItemType.SERIES:
            section, known = "tv", subject.id_from("Tvdb")
        case ItemType.SEASON:
            section, known = "tv", subject.series_id_from("Tvdb")
        case ItemType.MUSIC_ARTIST:
            section, known = "music", subject.id_from("MusicBrainzArtist")
        case _:
            section, known = "music/albums", subject.id_from("MusicBrainzReleaseGroup")
    return f"/{section}/{segment(known)}" if known else None


def _album(answer: reading.Object, subject: Subject) -> reading.Object:
    """Find an album among those of its artist: a list in version 3.2, an object by id before."""
    albums, known = answer.get("albums"), subject.id_from("MusicBrainzReleaseGroup")
    if isinstance(albums, list):
        return next(
            (album for album in reading.objects(albums) if album.get("release_group_id") == known), {}
        )
    return reading.an_object(reading.an_object(albums).get(known or ""))


def _is_of_season(entry: reading.Object, subject: Subject) -> bool:
    return subject.type is not ItemType.SEASON or reading.whole(entry, "season") == subject.season
