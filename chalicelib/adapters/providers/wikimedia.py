"""Wikimedia Commons, found through Wikidata: photographs of people, photographs and logos of artists.

Shapes: www.wikidata.org/w/api.php?action=help&modules=wbgetentities, …wbsearchentities, …query+search, and
www.mediawiki.org/wiki/API:Imageinfo. Who asks must say so and be slow: www.mediawiki.org/wiki/API:Etiquette,
foundation.wikimedia.org/wiki/Policy:Wikimedia_Foundation_User-Agent_Policy.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from chalicelib.adapters.providers import reading
from chalicelib.adapters.providers.session import Client, ProviderSession
from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.remote.artwork import RemoteImage, Subject
from chalicelib.errors import UpstreamError
from chalicelib.settings import RemoteSettings

_PROPERTIES = {
    ItemType.PERSON: {"P18": ImageType.PRIMARY},
    ItemType.MUSIC_ARTIST: {"P18": ImageType.PRIMARY, "P154": ImageType.LOGO},
}
"""Image, and logo image."""
_FOREIGN = {"MusicBrainzArtist": "P434", "Imdb": "P345", "Tmdb": "P4985"}
"""Which statement of an entity holds the id that another site gave it."""
_KNOWN_ID = re.compile(r"Q[1-9]\d{0,15}")
_FOREIGN_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_FORMATS = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
_NO_SUCH_ENTITY = "no-such-entity"
_INSTANCE_OF, _HUMAN = "P31", "Q5"
_CANDIDATES = 5
_THUMBNAIL_WIDTH = "500"


@dataclass(frozen=True, slots=True)
class WikimediaCommons:
    """RemoteImageProvider over two wikis: Wikidata names the files, Commons has them."""

    name: ClassVar[str] = "Wikimedia Commons"
    wikidata: ProviderSession
    commons: ProviderSession

    @classmethod
    def configured(cls, settings: RemoteSettings, client: Client) -> "WikimediaCommons":
        """Build the provider."""
        urls = (settings.wikidata_url, settings.commons_url)
        return cls(*(ProviderSession(client, url) for url in urls))

    def image_types(self, item_type: ItemType) -> tuple[ImageType, ...]:
        """Return what the site may have for items of a type."""
        return tuple(_PROPERTIES.get(item_type, {}).values())

    def images(self, subject: Subject, deadline: Deadline) -> tuple[RemoteImage, ...]:
        """Return the pictures of the entity that the ids lead to, else of the one with that name."""
        for ids in self._candidates(subject, deadline):
            entities = self._entities(ids, deadline)
            if files := _files(entities, ids, subject):
                return tuple(self._images(files, deadline))
        return ()

    def _candidates(self, subject: Subject, deadline: Deadline) -> Iterator[list[str]]:
        """Yield ids of entities to look at, from the surest to the least sure."""
        if known := subject.id_from("Wikidata"):
            yield [known] if _KNOWN_ID.fullmatch(known) else []
            return
        statements = [
            f"haswbstatement:{statement}={known}"
            for site, statement in _FOREIGN.items()
            if (known := subject.id_from(site)) and _FOREIGN_ID.fullmatch(known)
        ]
        if statements:
            yield self._searched(" OR ".join(statements), deadline)
        yield self._named(subject.name, deadline)

    def _searched(self, statements: str, deadline: Deadline) -> list[str]:
        answer = self._ask(
            self.wikidata, deadline, action="query", list="search", srsearch=statements, srlimit="1"
        )
        return _ids(reading.an_object(answer.get("query")).get("search"), "title")

    def _named(self, name: str, deadline: Deadline) -> list[str]:
        answer = self._ask(
            self.wikidata,
            deadline,
            action="wbsearchentities",
            search=name,
            language="en",
            type="item",
            limit=str(_CANDIDATES),
        )
        matches = (
            entry
            for entry in reading.objects(answer.get("search"))
            if (reading.text(entry, "label") or "").casefold() == name.casefold()
        )
        return _ids(list(matches), "id")

    def _entities(self, ids: list[str], deadline: Deadline) -> reading.Object:
        if not ids:
            return {}
        answer = self._ask(self.wikidata, deadline, action="wbgetentities", ids="|".join(ids), props="claims")
        return reading.an_object(answer.get("entities"))

    def _images(self, files: Mapping[str, ImageType], deadline: Deadline) -> Iterator[RemoteImage]:
        answer = self._ask(
            self.commons,
            deadline,
            action="query",
            titles="|".join(f"File:{file}" for file in files),
            prop="imageinfo",
            iiprop="url|size|mime",
            iiurlwidth=_THUMBNAIL_WIDTH,
        )
        for page in reading.objects(reading.an_object(answer.get("query")).get("pages")):
            title = (reading.text(page, "title") or "").partition(":")[2]
            for info in reading.objects(page.get("imageinfo"))[:1]:
                url = reading.link(info, "url")
                if url and title in files and reading.text(info, "mime") in _FORMATS:
                    yield RemoteImage(
                        self.name,
                        files[title],
                        url,
                        reading.link(info, "thumburl"),
                        width=reading.positive(info, "width"),
                        height=reading.positive(info, "height"),
                    )

    def _ask(self, wiki: ProviderSession, deadline: Deadline, **parameters: str) -> reading.Object:
        """Return an answer; these wikis report their troubles with status 200."""
        answer = reading.an_object(wiki.get("", deadline, format="json", formatversion="2", **parameters))
        if (code := reading.text(reading.an_object(answer.get("error")), "code")) in (None, _NO_SUCH_ENTITY):
            return answer
        message = f"It answered with the error {code}."
        raise UpstreamError(message)


def _ids(entries: reading.Json, name: str) -> list[str]:
    found = (reading.text(entry, name) or "" for entry in reading.objects(entries))
    return [text for text in found if _KNOWN_ID.fullmatch(text)]


def _files(entities: reading.Object, ids: list[str], subject: Subject) -> dict[str, ImageType]:
    """Return the files of the first entity that has any, by their name."""
    for known in ids:
        claims = reading.an_object(reading.an_object(entities.get(known)).get("claims"))
        if subject.type is ItemType.PERSON and not _is_human(claims):
            continue  # a film, a band or a street may bear the same name
        files = {
            file.replace("_", " "): image_type
            for statement, image_type in _PROPERTIES[subject.type].items()
            for claim in reading.objects(claims.get(statement))
            if (file := _file(claim))
        }
        if files:
            return files
    return {}


def _is_human(claims: reading.Object) -> bool:
    kinds = (
        reading.an_object(_value(claim).get("value")) for claim in reading.objects(claims.get(_INSTANCE_OF))
    )
    return any(kind.get("id") == _HUMAN for kind in kinds)


def _file(claim: reading.Object) -> str | None:
    return reading.text(_value(claim), "value")


def _value(claim: reading.Object) -> reading.Object:
    return reading.an_object(reading.an_object(claim.get("mainsnak")).get("datavalue"))
