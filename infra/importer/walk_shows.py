"""Find a series with its seasons and episodes in their folders."""

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.folder_names import (
    Title,
    episode_name,
    episode_of,
    season_name,
    season_of,
    title_of,
)
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.naming.pictures import NamedPicture, Naming, pictures_of, pictures_of_season
from infra.importer.folder import Folder
from infra.importer.found import Finds, FoundItem, FoundPicture


def series(folder: Folder, parent: FoundItem) -> Finds:
    """Yield a series, its seasons and their episodes, wherever these have pictures."""
    name = folder.path.name
    found = FoundItem(ItemType.SERIES, title_of(name), parent)
    if pictures := folder.take(pictures_of(Naming(found.type, name), folder.pictures)):
        yield found.with_pictures(pictures)
    folders = {number: sub for sub in folder.subfolders if (number := season_of(sub)) is not None}
    loose = {episode.season for stem in folder.stems if (episode := episode_of(stem))}
    for number in sorted({*folders, *loose}):
        season = FoundItem(ItemType.SEASON, Title(season_name(number)), found, number)
        inside = Folder.read(folder.path / folders[number]) if number in folders else None
        yield from _season(season, number, folder, inside)


def _season(season: FoundItem, number: int, above: Folder, inside: Folder | None) -> Finds:
    named = pictures_of_season(number, season.title.name, above.pictures)
    pictures = above.take(named)
    if inside:
        own = pictures_of(Naming(season.type, inside.path.name), inside.pictures)
        pictures += inside.take(_without(own, pictures))
    if pictures:
        yield season.with_pictures(pictures)
    yield from _episodes(season, number, above)
    if inside:
        yield from _episodes(season, number, inside)
        yield from inside.left_over()


def _without(named: tuple[NamedPicture, ...], taken: tuple[FoundPicture, ...]) -> tuple[NamedPicture, ...]:
    """Leave out images of types that hold one and have theirs already."""
    full = {picture.image_type for picture in taken} - {ImageType.BACKDROP}
    return tuple(picture for picture in named if picture.image_type not in full)


def _episodes(season: FoundItem, number: int, folder: Folder) -> Finds:
    for stem in folder.stems:
        numbers = episode_of(stem)
        if numbers is None or (numbers.season != number and season_of(folder.path.name) is None):
            continue
        naming = Naming(ItemType.EPISODE, stem)
        if pictures := folder.take(pictures_of(naming, folder.beginning_with(stem))):
            title = Title(episode_name(stem))
            yield FoundItem(ItemType.EPISODE, title, season, numbers.episode, pictures=pictures)
