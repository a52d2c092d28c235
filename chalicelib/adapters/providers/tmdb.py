"""TheMovieDb: movies, series, seasons, episodes, people and collections.

Shapes: developer.themoviedb.org/reference/movie-images, …/tv-series-images, …/tv-season-images,
…/tv-episode-images, …/person-images, …/collection-images and …/find-by-id; URLs of pictures:
developer.themoviedb.org/docs/image-basics.
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

_FILM = (ImageType.PRIMARY, ImageType.BACKDROP, ImageType.THUMB, ImageType.LOGO)
_TYPES = {
    ItemType.MOVIE: _FILM,
    ItemType.SERIES: _FILM,
    ItemType.BOX_SET: _FILM[:3],
    ItemType.SEASON: (ImageType.PRIMARY,),
    ItemType.EPISODE: (ImageType.PRIMARY,),
    ItemType.PERSON: (ImageType.PRIMARY,),
}
_SECTIONS = {
    ItemType.MOVIE: "movie",
    ItemType.SERIES: "tv",
    ItemType.BOX_SET: "collection",
    ItemType.PERSON: "person",
}
_FOREIGN = {"Imdb": "imdb_id", "Tvdb": "tvdb_id"}
_LISTS = {
    "posters": (ImageType.PRIMARY, "w342"),
    "backdrops": (ImageType.BACKDROP, "w780"),
    "logos": (ImageType.LOGO, "w300"),
    "profiles": (ImageType.PRIMARY, "w185"),
    "stills": (ImageType.PRIMARY, "w300"),
}
"""The lists of an answer: what their pictures are, and the size that shows them small."""


@dataclass(frozen=True, slots=True)
class TheMovieDb:
    """RemoteImageProvider over version 3 of the API; `images_url` is where the pictures are."""

    name: ClassVar[str] = "TheMovieDb"
    session: ProviderSession
    images_url: str

    @classmethod
    def configured(cls, settings: RemoteSettings, client: Client) -> "TheMovieDb":
        """Build the provider; an access token, which has dots, goes in a header, a key in the query."""
        key, is_token = settings.tmdb_key, "." in settings.tmdb_key
        credentials = {"Authorization": f"Bearer {key}"} if is_token else {}
        secrets = {} if is_token else {"api_key": key}
        return cls(ProviderSession(client, settings.tmdb_url, credentials, secrets), settings.tmdb_images_url)

    def image_types(self, item_type: ItemType) -> tuple[ImageType, ...]:
        """Return what the site may have for items of a type."""
        return _TYPES.get(item_type, ())

    def images(self, subject: Subject, deadline: Deadline) -> tuple[RemoteImage, ...]:
        """Return all pictures of a subject in all languages."""
        path = self._path(subject, deadline)
        answer = reading.an_object(self.session.get(f"{path}/images", deadline) if path else None)
        return tuple(
            image
            for name, (image_type, small) in _LISTS.items()
            for entry in reading.objects(answer.get(name))
            for image in self._image(entry, image_type, small)
        )

    def _path(self, subject: Subject, deadline: Deadline) -> str | None:
        if section := _SECTIONS.get(subject.type):
            known = subject.id_from("Tmdb") or self._found(subject, section, deadline)
            return f"/{section}/{segment(known)}" if known else None
        series = subject.series_id_from("Tmdb")
        if not series or subject.season is None:
            return None
        season = f"/tv/{segment(series)}/season/{subject.season}"
        if subject.type is ItemType.SEASON:
            return season
        return f"{season}/episode/{subject.episode}" if subject.episode is not None else None

    def _found(self, subject: Subject, section: str, deadline: Deadline) -> str | None:
        """Look an item up by the id that another site gave it."""
        for site, source in _FOREIGN.items():
            if foreign := subject.id_from(site):
                answer = self.session.get(f"/find/{segment(foreign)}", deadline, external_source=source)
                for result in reading.objects(reading.an_object(answer).get(f"{section}_results")):
                    return str(reading.positive(result, "id") or "") or None
        return None

    def _image(self, entry: reading.Object, image_type: ImageType, small: str) -> Iterator[RemoteImage]:
        file = reading.text(entry, "file_path")
        if not file:
            return
        language = reading.regional(reading.language(entry, "iso_639_1"), reading.text(entry, "iso_3166_1"))
        if image_type is ImageType.BACKDROP and language:
            image_type = ImageType.THUMB  # a wide picture with the title on it
        drawn = file.endswith(".svg")
        file = f"{file.removesuffix('.svg')}.png" if drawn else file  # the site draws them on request
        yield RemoteImage(
            self.name,
            image_type,
            f"{self.images_url}/{'w500' if drawn else 'original'}{file}",
            f"{self.images_url}/{small}{file}",
            width=None if drawn else reading.positive(entry, "width"),
            height=None if drawn else reading.positive(entry, "height"),
            language=language,
            rating=reading.number(entry, "vote_average"),
            votes=reading.whole(entry, "vote_count"),
        )
