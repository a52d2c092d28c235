"""The requests whose cost is measured: what the stock web client asks while somebody browses music."""

from collections.abc import Mapping

from tests.tools.growth.music import item_id, music, title


def requests_of(size: int) -> Mapping[str, str]:
    """Return the requests by name, for a library of so many tracks."""
    top = item_id("top")
    artist = item_id("artist 0")
    tracks = f"/Items?parentId={top}&recursive=true&includeItemTypes=Audio&sortBy=SortName&limit=100"
    genre = item_id("genre 0")
    tracks_of_genre = f"/Items?parentId={top}&recursive=true&includeItemTypes=Audio&genreIds={genre}"
    return {
        "first page of 100 tracks": tracks,
        "page of 100 from the middle": f"{tracks}&startIndex={size // 2}",
        "100 tracks from a name on": f"{tracks}&nameStartsWithOrGreater={_some_track()}",
        "Latest": f"/Items/Latest?parentId={top}&limit=24",
        "album artists": f"/Artists/AlbumArtists?parentId={top}&limit=100",
        "20 album artists from a letter on": (
            f"/Artists/AlbumArtists?parentId={top}&limit=20&nameStartsWithOrGreater=M"
        ),
        "20 artists": f"/Artists?parentId={top}&limit=20",
        "genres": f"/MusicGenres?parentId={top}&sortBy=SortName&limit=20",
        "genres of albums": f"/Genres?parentId={top}&includeItemTypes=MusicAlbum&sortBy=SortName&limit=20",
        "labels of albums": f"/Studios?parentId={top}&includeItemTypes=MusicAlbum&limit=20",
        "20 composers": f"/Persons?parentId={top}&limit=20",
        "20 tracks of a genre": f"{tracks_of_genre}&limit=20",
        "20 from the middle of a genre": f"{tracks_of_genre}&limit=20&startIndex={size // 10}",
        "a genre, with numbers": f"/Items/{genre}",
        "similar to an album": f"/Items/{item_id('album 0')}/Similar?limit=12",
        "similar to what mentions nothing": f"/Items/{top}/Similar?limit=12",
        "numbers of all types": "/Items/Counts",
        "an artist, with numbers": f"/Items/{artist}",
        "albums of an artist": f"/Items?albumArtistIds={artist}&recursive=true&includeItemTypes=MusicAlbum",
        "tracks of an artist": f"/Items?artistIds={artist}&recursive=true&includeItemTypes=Audio",
        "search": f"/Search/Hints?searchTerm={title('track 7').split()[0]}&limit=24",
        "search of tracks": "/Items?searchTerm=ri&recursive=true&includeItemTypes=Audio&limit=24",
    }


def _some_track() -> str:
    """Return how the name of a track sorts that half of all tracks, the fifth of each album on, stand behind."""
    return next(item.sort_name for item in music(5) if item.index_number == 5)[:4]
