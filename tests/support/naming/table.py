"""Paths of media folders, and what must come of them: the rules of Jellyfin's naming, a row each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """A small tree. `items` has each item's images as `Type path`, paths relative to the item's library.

    `left_out` are the pictures that are no image. A path may have alternatives: `{a,b}/c.jpg`. `really` has the
    extension of the format in which a picture is, where that is not the one of its name.
    """

    number: int
    paths: tuple[str, ...]
    items: Mapping[str, tuple[str, ...]]
    left_out: tuple[str, ...] = ()
    texts: Mapping[str, bytes] = field(default_factory=dict)
    really: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Return every path."""
        return [name for path in self.paths for name in expanded(path)]


def expanded(path: str) -> Iterator[str]:
    """Yield each path that one with alternatives in braces stands for."""
    match = re.search(r"\{([^{}]*,[^{}]*)\}", path)
    if match is None:
        yield path
        return
    for choice in match[1].split(","):
        yield from expanded(path[: match.start()] + choice + path[match.end() :])


ROWS = (
    Row(
        1,
        (
            "Movies/Amber Coast (1998)/{a.mkv,poster.jpg}",
            "Movies/Amber Coast (1998)/extrafanart/{fanart1,.old,._fanart1}.jpg",
        ),
        {
            "Movie Amber Coast (1998)": (
                "Primary Amber Coast (1998)/poster.jpg",
                "Backdrop Amber Coast (1998)/extrafanart/fanart1.jpg",
            )
        },
        ("Amber Coast (1998)/extrafanart/.old.jpg", "Amber Coast (1998)/extrafanart/._fanart1.jpg"),
    ),
    Row(
        2,
        ("Movies/Kiln.2007.1080p.BluRay.x264-ABC/{kiln.mkv,poster.jpg,Sample/kiln-sample.mkv}",),
        {"Movie Kiln (2007)": ("Primary Kiln.2007.1080p.BluRay.x264-ABC/poster.jpg",)},
    ),
    Row(
        3,
        ("Movies/Tin Sky (2002)/{Tin.Sky.2002.mkv,trailer.mkv,poster.jpg,fanart.jpg}",),
        {"Movie Tin Sky (2002)": ("Primary Tin Sky (2002)/poster.jpg", "Backdrop Tin Sky (2002)/fanart.jpg")},
    ),
    Row(
        4,
        ("Movies/Oar (2010)/{oar.mkv,oar-trailer.mkv,poster.jpg}",),
        {"Movie Oar (2010)": ("Primary Oar (2010)/poster.jpg",)},
    ),
    Row(
        5,
        ("Movies/Oar Two (2011)/{a.mkv,Featurettes/one.mkv,Featurettes/one.jpg,folder.jpg}",),
        {"Movie Oar Two (2011)": ("Primary Oar Two (2011)/folder.jpg",)},
        ("Oar Two (2011)/Featurettes/one.jpg",),
    ),
    Row(
        6,
        ("Movies/Oar Three (2012)/{a.mkv,a-behindthescenes2.mp4,a-poster.jpg}",),
        {"Movie Oar Three (2012)": ("Primary Oar Three (2012)/a-poster.jpg",)},
    ),
    Row(
        7,
        ("Movies/The Long Trailer{.mkv,-poster.jpg}",),
        {"Movie The Long Trailer": ("Primary The Long Trailer-poster.jpg",)},
    ),
    Row(
        8,
        ("Movies/Halves (2005)/{h-cd1.avi,h-cd2.avi,h-cd1-poster.jpg}",),
        {"Movie Halves (2005)": ("Primary Halves (2005)/h-cd1-poster.jpg",)},
    ),
    Row(
        9,
        ("Movies/Thirds (2006)/{Thirds (2006) part a.mkv,Thirds (2006) part b.mkv,folder.jpg}",),
        {"Movie Thirds (2006)": ("Primary Thirds (2006)/folder.jpg",)},
    ),
    Row(
        10,
        ("Movies/Box/{Elm disc1.mkv,Elm disc2.mkv,Elm disc1-poster.jpg,Ash.mkv,Ash-poster.jpg}",),
        {"Movie Ash": ("Primary Box/Ash-poster.jpg",), "Movie Elm": ("Primary Box/Elm disc1-poster.jpg",)},
    ),
    Row(
        11,
        ("Movies/Box Two/{Fig 1,Fig 2}{.mkv,-poster.jpg}",),
        {
            "Movie Fig 1": ("Primary Box Two/Fig 1-poster.jpg",),
            "Movie Fig 2": ("Primary Box Two/Fig 2-poster.jpg",),
        },
    ),
    Row(
        12,
        (
            "Movies/Gale (2006) [imdbid-tt0123456]/Gale (2006) [imdbid-tt0123456] - {1080p,2160p}.mkv",
            "Movies/Gale (2006) [imdbid-tt0123456]/Gale (2006) [imdbid-tt0123456] - 2160p-poster.jpg",
        ),
        {
            "Movie Gale (2006) Imdb=tt0123456": (
                "Primary Gale (2006) [imdbid-tt0123456]/Gale (2006) [imdbid-tt0123456] - 2160p-poster.jpg",
            )
        },
    ),
    Row(
        13,
        ("Movies/Gust (2003)/Gust (2003){ - 1080p.mkv,-trailer.mp4, - 1080p-poster.jpg}",),
        {"Movie Gust (2003)": ("Primary Gust (2003)/Gust (2003) - 1080p-poster.jpg",)},
    ),
    Row(
        14,
        ("Movies/Hull (2001)/{Hull (2001).mkv,Hull (2001)_4K.mkv,poster.jpg}",),
        {"Movie Hull (2001)": ("Primary Hull (2001)/poster.jpg",)},
    ),
    Row(
        15,
        ("Movies/Ivy/Ivy {(2008),(2009)}{.mkv,-poster.jpg}",),
        {
            "Movie Ivy (2008)": ("Primary Ivy/Ivy (2008)-poster.jpg",),
            "Movie Ivy (2009)": ("Primary Ivy/Ivy (2009)-poster.jpg",),
        },
    ),
    Row(
        16,
        ("Movies/M/Moth {1,2}{.mkv,-poster.jpg}",),
        {"Movie Moth 1": ("Primary M/Moth 1-poster.jpg",), "Movie Moth 2": ("Primary M/Moth 2-poster.jpg",)},
    ),
    Row(
        17,
        ("Shows/Lantern/Staffel 1/{Lantern S01E01.mkv,Lantern S01E01-thumb.jpg,poster.jpg}",),
        {
            "Series Lantern": (),
            "Lantern > Season 1": ("Primary Lantern/Staffel 1/poster.jpg",),
            "Lantern > Season 1 > Episode 1 Lantern S01E01": (
                "Primary Lantern/Staffel 1/Lantern S01E01-thumb.jpg",
            ),
        },
    ),
    Row(
        18,
        ("Shows/Lantern/2. Sezon/{S02E01.mkv,folder.jpg}",),
        {
            "Series Lantern": (),
            "Lantern > Season 2": ("Primary Lantern/2. Sezon/folder.jpg",),
            "Lantern > Season 2 > Episode 1 S02E01": (),
        },
    ),
    Row(
        19,
        ("Shows/Lantern/Saison 04 (2016)/{poster.jpg,S04E01.mkv}",),
        {
            "Series Lantern": (),
            "Lantern > Season 4": ("Primary Lantern/Saison 04 (2016)/poster.jpg",),
            "Lantern > Season 4 > Episode 1 S04E01": (),
        },
    ),
    Row(
        20,
        ("Shows/Lantern/Specials/{S00E01.mkv,S00E01.jpg,poster.jpg}",),
        {
            "Series Lantern": (),
            "Lantern > Specials": ("Primary Lantern/Specials/poster.jpg",),
            "Lantern > Specials > Episode 1 S00E01": ("Primary Lantern/Specials/S00E01.jpg",),
        },
    ),
    Row(
        21,
        ("Shows/Lantern/{season02-poster.jpg,Season 2/poster.jpg}", "Shows/Lantern/Season 2/S02E01.mkv"),
        {
            "Series Lantern": (),
            "Lantern > Season 2": ("Primary Lantern/season02-poster.jpg",),
            "Lantern > Season 2 > Episode 1 S02E01": (),
        },
        ("Lantern/Season 2/poster.jpg",),
    ),
    Row(
        22,
        ("Shows/Lantern/Bonus stuff/{x.mkv,x.jpg}",),
        {"Series Lantern": ()},
        ("Lantern/Bonus stuff/x.jpg",),
    ),
    Row(
        23,
        ("Shows/Mill/Season 1/Mill - S01E01 - Run - {1080p,720p}{.mkv,-thumb.jpg}",),
        {
            "Series Mill": (),
            "Mill > Season 1": (),
            "Mill > Season 1 > Episode 1 Run": (
                "Primary Mill/Season 1/Mill - S01E01 - Run - 1080p-thumb.jpg",
            ),
        },
        ("Mill/Season 1/Mill - S01E01 - Run - 720p-thumb.jpg",),
    ),
    Row(
        24,
        ("Shows/Mill Two/Season 1/Mill - S01E01 - Run{ - 1080p.mkv, - 720p.mkv,.jpg}",),
        {
            "Series Mill Two": (),
            "Mill Two > Season 1": (),
            "Mill Two > Season 1 > Episode 1 Run": ("Primary Mill Two/Season 1/Mill - S01E01 - Run.jpg",),
        },
    ),
    Row(25, ("Movies/#recycle/Noon (1999)/{n.mkv,poster.jpg}",), {}, ("#recycle/Noon (1999)/poster.jpg",)),
    Row(
        26,
        ("Movies/$RECYCLE.BIN/Dusk (1999)/{d.mkv,poster.jpg}",),
        {},
        ("$RECYCLE.BIN/Dusk (1999)/poster.jpg",),
    ),
    Row(
        27,
        ("Movies/@eaDir/Dawn (2010)/folder.jpg", "Movies/Dawn (2010)/{d.mkv,poster.jpg}"),
        {"Movie Dawn (2010)": ("Primary Dawn (2010)/poster.jpg",)},
        ("@eaDir/Dawn (2010)/folder.jpg",),
    ),
    Row(
        28,
        ("Movies/Quiet (2009)/{.ignore,q.mkv,poster.jpg}",),
        {},
        ("Quiet (2009)/poster.jpg",),
        {"Movies/Quiet (2009)/.ignore": b""},
    ),
    Row(
        29,
        ("Films/.ignore", "Films/Old/Rye (1970)/{r.mkv,poster.jpg}", "Films/New (1971)/{n.mkv,poster.jpg}"),
        {"Movie New (1971)": ("Primary New (1971)/poster.jpg",)},
        ("Old/Rye (1970)/poster.jpg",),
        {"Films/.ignore": b"Old/\n"},
    ),
    Row(
        30,
        (
            "Movies/Ruby (2020)/{r.mkv,poster.jpg}",
            "Movies/Ruby (2020) {edition-Directors Cut}/{r.mkv,poster.jpg}",
            "Movies/Ruby (2020) [Extended]/{r.mkv,poster.jpg}",
        ),
        {"Movie Ruby (2020)": ("Primary Ruby (2020)/poster.jpg",)},
        ("Ruby (2020) [Extended]/poster.jpg", "Ruby (2020) {edition-Directors Cut}/poster.jpg"),
    ),
    Row(
        31,
        ("Music/J. R. Moss Jr./First/{01.mp3,cover.jpg}", "Music/J. R. Moss Jr./folder.jpg"),
        {
            "MusicArtist J. R. Moss Jr.": ("Primary J. R. Moss Jr./folder.jpg",),
            "MusicAlbum First of J. R. Moss Jr.": ("Primary J. R. Moss Jr./First/cover.jpg",),
        },
    ),
    Row(
        32,
        ("Music/Bo & His Kites/folder.jpg", "Music/Bo & His Kites/Up/01.flac"),
        {
            "MusicArtist Bo & His Kites": ("Primary Bo & His Kites/folder.jpg",),
            "MusicAlbum Up of Bo & His Kites": (),
        },
    ),
    Row(
        33,
        ("Movies/Lions, Inc. (2001)/{a.mkv,poster.jpg}",),
        {"Movie Lions, Inc. (2001)": ("Primary Lions, Inc. (2001)/poster.jpg",)},
    ),
    Row(
        34,
        (
            "Movies/{Fox - Home,Day_Night,Run Vol. 1}/{a.mkv,poster.jpg}",
            "Movies/Kite Tale, The/{a.mkv,poster.jpg}",
        ),
        {
            "Movie Day Night": ("Primary Day_Night/poster.jpg",),
            "Movie Fox - Home": ("Primary Fox - Home/poster.jpg",),
            "Movie Kite Tale, The": ("Primary Kite Tale, The/poster.jpg",),
            "Movie Run Vol. 1": ("Primary Run Vol. 1/poster.jpg",),
        },
    ),
    Row(
        35,
        ("Movies/Slate (2004)/{s.mkv,backdrop.jpg,logo.png,poster.jpg}",),
        {
            "Movie Slate (2004)": (
                "Primary Slate (2004)/poster.jpg",
                "Logo Slate (2004)/logo.png",
                "Backdrop Slate (2004)/backdrop.jpg",
            )
        },
    ),
    Row(
        36,
        ("Movies/Ring (2001)/{r.mkv,poster.jpg}",),
        {"Movie Ring (2001)": ("Primary Ring (2001)/poster.jpg",)},
    ),
    Row(
        37, ("Movies/Bad\udcff\udce9 (2002)/{b.mkv,poster.jpg}",), {}, ("Bad\udcff\udce9 (2002)/poster.jpg",)
    ),
    Row(
        38,
        ("Movies/Wax.Moon.2011.720p.WEB-DL.AAC{.mkv,-poster.jpg}",),
        {"Movie Wax Moon (2011)": ("Primary Wax.Moon.2011.720p.WEB-DL.AAC-poster.jpg",)},
    ),
    Row(
        39,
        ("Movies/[Grp] Paper Crane - 07 [720p]{.mkv,-poster.jpg}",),
        {"Movie Paper Crane": ("Primary [Grp] Paper Crane - 07 [720p]-poster.jpg",)},
    ),
    Row(
        40,
        ("Movies/Count 1984 (2012)/{x.mkv,x-folder.jpg,poster.jpg}",),
        {"Movie Count 1984 (2012)": ("Primary Count 1984 (2012)/x-folder.jpg",)},
        ("Count 1984 (2012)/poster.jpg",),
    ),
    Row(
        41,
        (
            "Movies/Reed (1990)/{r.mkv,poster.jpg}",
            "Anime/Sumi/Season 1/{Sumi S01E01.mkv,poster.jpg}",
            "Movies 4K/Rust (1991)/{r.mkv,poster.jpg}",
            "Filme/Rost (1992)/{r.mkv,poster.jpg}",
            "stray.jpg",
        ),
        {
            "Movie Reed (1990)": ("Primary Reed (1990)/poster.jpg",),
            "Movie Rust (1991)": ("Primary Rust (1991)/poster.jpg",),
            "Movie Rost (1992)": ("Primary Rost (1992)/poster.jpg",),
            "Series Sumi": (),
            "Sumi > Season 1": ("Primary Sumi/Season 1/poster.jpg",),
            "Sumi > Season 1 > Episode 1 Sumi S01E01": (),
        },
        ("stray.jpg",),
    ),
    Row(
        42,
        ("Mixed/Pond (2001)/{Pond (2001).mkv,theme.mp3,poster.jpg}",),
        {"Movie Pond (2001)": ("Primary Pond (2001)/poster.jpg",)},
    ),
    Row(
        43,
        ("Mixed/10 Bridges Collection/{10 Bridges (2003),10 Bridges Again}/{b.mkv,poster.jpg}",),
        {
            "Movie 10 Bridges (2003)": ("Primary 10 Bridges Collection/10 Bridges (2003)/poster.jpg",),
            "Movie 10 Bridges Again": ("Primary 10 Bridges Collection/10 Bridges Again/poster.jpg",),
        },
    ),
    Row(
        44,
        ("Mixed/Harbour/Season 1/{S01E01.mkv,poster.jpg}",),
        {
            "Series Harbour": (),
            "Harbour > Season 1": ("Primary Harbour/Season 1/poster.jpg",),
            "Harbour > Season 1 > Episode 1 S01E01": (),
        },
    ),
    Row(
        45,
        ("Music/Tern/Twice/{CD1/01.mp3,CD2/01.mp3,cover.jpg}",),
        {"MusicArtist Tern": (), "MusicAlbum Twice of Tern": ("Primary Tern/Twice/cover.jpg",)},
    ),
    Row(
        46,
        ("Music/Tern/Vaults/{Volume 1/01.flac,Volume 2/01.flac,cover.jpg}",),
        {"MusicArtist Tern": (), "MusicAlbum Vaults of Tern": ("Primary Tern/Vaults/cover.jpg",)},
    ),
    Row(
        47,
        ("Music/Tern/Peaks/{CD1/01.mp3,CD2/01.mp3,Artwork/back.jpg,cover.jpg}",),
        {"MusicArtist Tern": (), "MusicAlbum Peaks of Tern": ("Primary Tern/Peaks/cover.jpg",)},
        ("Tern/Peaks/Artwork/back.jpg",),
    ),
    Row(
        48,
        ("Music/Tern/Live/Harbour Night/{01.mp3,cover.jpg}",),
        {
            "MusicArtist Tern": (),
            "MusicAlbum Harbour Night of Tern": ("Primary Tern/Live/Harbour Night/cover.jpg",),
        },
    ),
    Row(
        49,
        ("Music/Tern/Letters/{disk x/01.mp3,cover.jpg}",),
        {"MusicArtist Tern": (), "MusicAlbum disk x of Tern": ()},
        ("Tern/Letters/cover.jpg",),
    ),
    Row(
        50,
        (
            "Movies/Many (2000)/{m.mkv,extrafanart/fanart1.jpg,extrafanart/fanart2.jpg,extrafanart/fanart3.jpg}",
            "Movies/Many (2000)/extrafanart/fanart{10,11}.jpg",
        ),
        {
            "Movie Many (2000)": tuple(
                f"Backdrop Many (2000)/extrafanart/fanart{n}.jpg" for n in (1, 2, 3, 10, 11)
            )
        },
    ),
    Row(
        51,
        ("Movies/Kodi (2000)/{k.mkv,fanart.jpg,fanart1.jpg,keyart.jpg,characterart.png}",),
        {"Movie Kodi (2000)": ("Backdrop Kodi (2000)/fanart.jpg",)},
        ("Kodi (2000)/characterart.png", "Kodi (2000)/fanart1.jpg", "Kodi (2000)/keyart.jpg"),
    ),
    Row(
        52,
        ("Shows/Aki/Season 1/Aki - 001{.mkv,-thumb.jpg}",),
        {
            "Series Aki": (),
            "Aki > Season 1": (),
            "Aki > Season 1 > Episode 1 Aki - 001": ("Primary Aki/Season 1/Aki - 001-thumb.jpg",),
        },
    ),
    Row(
        53,
        ("Shows/Nightly/Season 1/Nightly 2021-05-03{.mkv,.jpg}",),
        {
            "Series Nightly": (),
            "Nightly > Season 1": (),
            "Nightly > Season 1 > Episode 2021-05-03 Nightly 2021-05-03": (
                "Primary Nightly/Season 1/Nightly 2021-05-03.jpg",
            ),
        },
    ),
    Row(
        54,
        (
            "Shows/Ori/Season 1/{Episode 1 - Start,Ori ep02,03 - Home}{.mkv,.jpg}",
            "Shows/Ori/Season 2/ep02{.mkv,.jpg}",
        ),
        {
            "Series Ori": (),
            "Ori > Season 1": (),
            "Ori > Season 1 > Episode 1 Start": ("Primary Ori/Season 1/Episode 1 - Start.jpg",),
            "Ori > Season 1 > Episode 2 Ori ep02": ("Primary Ori/Season 1/Ori ep02.jpg",),
            "Ori > Season 1 > Episode 3 Home": ("Primary Ori/Season 1/03 - Home.jpg",),
            "Ori > Season 2": (),
            "Ori > Season 2 > Episode 2 ep02": ("Primary Ori/Season 2/ep02.jpg",),
        },
    ),
    Row(
        55,
        ("Shows/Pair/Season 1/Pair - S01E01-E02 - Both{.mkv,.jpg}",),
        {
            "Series Pair": (),
            "Pair > Season 1": (),
            "Pair > Season 1 > Episode 1-2 Both": ("Primary Pair/Season 1/Pair - S01E01-E02 - Both.jpg",),
        },
    ),
    Row(
        56,
        ("Shows/Year/Season 1/{Year S01E01 - Pilot (2002),Clip (1920x1080) S01E07}{.mkv,.jpg}",),
        {
            "Series Year": (),
            "Year > Season 1": (),
            "Year > Season 1 > Episode 1 Pilot": ("Primary Year/Season 1/Year S01E01 - Pilot (2002).jpg",),
            "Year > Season 1 > Episode 7 Clip (1920x1080) S01E07": (
                "Primary Year/Season 1/Clip (1920x1080) S01E07.jpg",
            ),
        },
    ),
    Row(
        57,
        (
            "Movies/{T*O*W (1970),Pel·lícula Žluť 片 (1999),Caf\u00e9 (2004)}/{a.mkv,poster.jpg}",
            "Movies/Cafe\u0301 (2004)/{a.mkv,poster.jpg}",
        ),
        {
            "Movie Cafe\u0301 (2004)": ("Primary Cafe\u0301 (2004)/poster.jpg",),
            "Movie Pel·lícula Žluť 片 (1999)": ("Primary Pel·lícula Žluť 片 (1999)/poster.jpg",),
            "Movie T*O*W (1970)": ("Primary T*O*W (1970)/poster.jpg",),
        },
        ("Caf\u00e9 (2004)/poster.jpg",),
    ),
    Row(
        58,
        (
            "Shows/Back/{season01-fanart.jpg,season01-poster.jpg}",
            "Shows/Back/Season 01/{backdrop.jpg,backdrop1.jpg,S01E01.mkv}",
        ),
        {
            "Series Back": (),
            "Back > Season 1": (
                "Primary Back/season01-poster.jpg",
                "Backdrop Back/season01-fanart.jpg",
                "Backdrop Back/Season 01/backdrop.jpg",
                "Backdrop Back/Season 01/backdrop1.jpg",
            ),
            "Back > Season 1 > Episode 1 S01E01": (),
        },
    ),
    Row(
        59,
        ("Movies/Web (2001)/{w.mkv,logo.png}",),
        {"Movie Web (2001)": ("Logo Web (2001)/logo.png",)},
        really={"Movies/Web (2001)/logo.png": ".webp"},
    ),
    Row(
        60,
        ("Movies/Saga [boxset]/{poster.jpg,Saga One (2001)/s.mkv,Saga One (2001)/poster.jpg}",),
        {
            "BoxSet Saga": ("Primary Saga [boxset]/poster.jpg",),
            "Movie Saga One (2001)": ("Primary Saga [boxset]/Saga One (2001)/poster.jpg",),
        },
    ),
)
