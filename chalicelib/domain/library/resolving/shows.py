"""Find series with their seasons and episodes."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.naming.episodes import EpisodeName, episode_of
from chalicelib.domain.library.naming.pictures import Naming, pictures_of, pictures_of_season
from chalicelib.domain.library.naming.provider_ids import OF_EPISODES, OF_SEASONS, OF_SERIES, provider_ids
from chalicelib.domain.library.naming.seasons import season_name, season_of
from chalicelib.domain.library.naming.titles import Title, series_title
from chalicelib.domain.library.naming.videos import Video, episode_versions, joined_parts
from chalicelib.domain.library.resolving.films import told
from chalicelib.domain.library.resolving.folders import MediaFolder
from chalicelib.domain.library.resolving.results import FoundItem, Reason
from chalicelib.domain.library.resolving.walking import Contents, Walk


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder of a series: the season that it is, and the series' folder itself or a folder below."""

    contents: Contents
    season: int | None
    is_series: bool = False


@dataclass(slots=True)
class _Season:
    """A season: the folders that are it, and its episodes with the folders that they lie in."""

    folders: list[Contents] = field(default_factory=list)
    episodes: list[tuple[Contents, Video, EpisodeName]] = field(default_factory=list)


def is_series(walk: Walk, folder: MediaFolder) -> bool:
    """Tell whether a folder in a library without a type is a series."""
    if folder.has("tvshow.nfo"):
        return True
    contents = walk.enter(folder)
    seasons = (season_of(below.name, folder.name, by_word=True) for below in contents.folders)
    return any(number is not None for number in seasons) or any(map(is_sure_episode, contents.videos))


def is_sure_episode(file: str) -> bool:
    """Tell whether a file's name can be that of an episode alone."""
    found = episode_of(file.rpartition(".")[0])
    return found is not None and found.is_sure


def read_series(walk: Walk, folder: MediaFolder, parent: FoundItem) -> None:
    """Find a series, its seasons and their episodes."""
    contents = walk.enter(folder)
    nfo = walk.nfo(folder, "tvshow.nfo")
    title = told(series_title(folder.name), nfo, provider_ids(folder.name, OF_SERIES))
    series = FoundItem(ItemType.SERIES, title, parent, path=folder.path)
    walk.add(series, contents, Naming(series.type, folder.name))
    seasons: dict[int, _Season] = defaultdict(_Season)
    loose = _gather(walk, seasons, _Place(contents, None, is_series=True))
    for below in contents.folders:
        inside = walk.enter(below)
        number = _season_number(walk, below, folder.name)
        if number is not None:
            seasons[number].folders.append(inside)
        loose += _gather(walk, seasons, _Place(inside, number))
    for number in sorted(seasons):
        _add_season(walk, series, number, seasons[number], contents)
    for inside, video in loose:
        _add_episode(walk, series, inside, video, EpisodeName())


def _season_number(walk: Walk, folder: MediaFolder, series: str) -> int | None:
    told_number = walk.nfo(folder, "season.nfo").season
    return told_number if told_number is not None else season_of(folder.name, series)


def _gather(
    walk: Walk, seasons: dict[int, _Season], place: _Place, above: EpisodeName | None = None
) -> list[tuple[Contents, Video]]:
    """Sort the videos of a folder and those below into seasons; returns those that say nothing of themselves.

    `above` is what the folder of one episode says, for files in it that do not say it.
    """
    loose = _sort_videos(seasons, place, above)
    if place.is_series:
        return loose
    for below in place.contents.folders:
        inside = _Place(walk.enter(below), place.season)
        _gather(walk, seasons, inside, episode_of(below.name, place.season))
    if place.season is None:
        walk.claims.note(place.contents.folder.path, Reason.NO_EPISODE)
    return []


def _sort_videos(
    seasons: dict[int, _Season], place: _Place, above: EpisodeName | None
) -> list[tuple[Contents, Video]]:
    """Sort the videos of one folder: a file's season counts before the folder's, without either it is 1."""
    contents, loose = place.contents, []
    videos = joined_parts(contents.videos)
    names = {video.name: episode_of(video.name, place.season) or above for video in videos}
    for video in episode_versions(videos, lambda video: _key(names[video.name])):
        found = names[video.name]
        if found is None and place.season is None:
            loose.append((contents, video))
            continue
        told_season = found.season if found else None
        season = told_season if told_season is not None else place.season
        episode = (contents, video, found or EpisodeName())
        seasons[1 if season is None else season].episodes.append(episode)
    return loose


def _key(name: EpisodeName | None) -> object:
    return (name.season, name.number, name.aired) if name else None


def _add_season(walk: Walk, series: FoundItem, number: int, season: _Season, above: Contents) -> None:
    folder = season.folders[0].folder if season.folders else None
    ids = provider_ids(folder.name, OF_SEASONS) if folder else {}
    name = season_name(number)
    title = told(Title(name), walk.nfo(folder, "season.nfo"), ids) if folder else Title(name)
    item = FoundItem(
        ItemType.SEASON, replace(title, year=None), series, number, path=folder.path if folder else ""
    )
    own = [(inside, Naming(item.type, inside.folder.name)) for inside in season.folders]
    named = [(inside, naming, pictures_of(naming, inside.pictures)) for inside, naming in own]
    of_series = (
        above,
        Naming(item.type, season_prefix(number), is_mixed=True),
        pictures_of_season(number, name, above.pictures),
    )
    walk.add_from(item, [of_series, *named])
    for inside, video, found in season.episodes:
        _add_episode(walk, item, inside, video, found)


def season_prefix(number: int) -> str:
    """Return how names of a season's pictures begin in its series' folder."""
    return f"season{number:02}" if number else "season-specials"


def _add_episode(walk: Walk, parent: FoundItem, inside: Contents, video: Video, found: EpisodeName) -> None:
    folder = inside.folder
    nfo = walk.nfo(folder, f"{video.stem}.nfo")
    number = nfo.episode if found.number is None and nfo.episode is not None else found.number
    year = found.aired.year if found.aired else None
    title = told(
        Title(found.title or video.name, year), replace(nfo, year=None), provider_ids(video.stem, OF_EPISODES)
    )
    item = FoundItem(
        ItemType.EPISODE,
        title,
        parent,
        number,
        found.last,
        found.aired,
        path=folder.join(video.stem),
    )
    others = (name for name in dict.fromkeys((video.name, video.common_stem)) if name and name != video.stem)
    walk.add(item, inside, Naming(item.type, video.stem, is_mixed=True, others=tuple(others)))
