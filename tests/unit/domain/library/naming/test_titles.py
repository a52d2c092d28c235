"""What names of folders and files say of titles; many examples are those by which Jellyfin tests itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.library.naming.extensions import is_video, stem_of
from chalicelib.domain.library.naming.titles import Title, film_title, named, plain_title, series_title

CLEANED = """
Super movie 480p.mp4 | Super movie | -
Super movie Multi.mp4 | Super movie | -
Super movie 480p 2001.mp4 | Super movie | 2001
Super movie [480p].mp4 | Super movie | -
480 Super movie [tmdbid=12345].mp4 | 480 Super movie | -
Crouching.Tiger.Hidden.Dragon.4k.mkv | Crouching Tiger Hidden Dragon | -
Crouching.Tiger.Hidden.Dragon.UltraHD.mkv | Crouching Tiger Hidden Dragon | -
Crouching.Tiger.Hidden.Dragon.UHD.mkv | Crouching Tiger Hidden Dragon | -
Crouching.Tiger.Hidden.Dragon.HDR.mkv | Crouching Tiger Hidden Dragon | -
Crouching.Tiger.Hidden.Dragon.HDC.mkv | Crouching Tiger Hidden Dragon | -
Crouching.Tiger.Hidden.Dragon-HDC.mkv | Crouching Tiger Hidden Dragon | -
Crouching.Tiger.Hidden.Dragon.BDrip.mkv | Crouching Tiger Hidden Dragon | -
Crouching.Tiger.Hidden.Dragon.BDrip-HDC.mkv | Crouching Tiger Hidden Dragon | -
Crouching.Tiger.Hidden.Dragon.4K.UltraHD.HDR.BDrip-HDC.mkv | Crouching Tiger Hidden Dragon | -
Last.Call.for.Nowhere.WEB-DL.1080p | Last Call for Nowhere | -
[HorribleSubs] Made in Abyss - 13 [720p].mkv | Made in Abyss | -
[Tsundere] Kore wa Zombie Desu ka of the Dead [BDRip h264 1920x1080 FLAC] | Kore wa Zombie Desu ka of the Dead | -
[Erai-raws] Jujutsu Kaisen - 03 [720p][Multiple Subtitle].mkv | Jujutsu Kaisen | -
[OCN] 애타는 로맨스 720p-NEXT | 애타는 로맨스 | -
[tvN] 혼술남녀.E01-E16.720p-NEXT | 혼술남녀 | -
[tvN] 연애말고 결혼 E01~E16 END HDTV.H264.720p-WITH | 연애말고 결혼 | -
2026年01月10日23時00分00秒-[新]TRIGUN　STARGAZE[字].mp4 | 2026年01月10日23時00分00秒-[新]TRIGUN　STARGAZE | -
www.example.org - Before Sunset | Before Sunset | -
www.example.org    -    Before Sunset 1080p | Before Sunset | -
example.org - Before Sunset | Before Sunset | -
example.ws - Before Sunset 1080p | Before Sunset | -
Before Sunset - www.example.org | Before Sunset | -
Before Sunset - example.org | Before Sunset | -
After The Sunset - [0004].mkv | After The Sunset | -
Super movie(2009).mp4 | Super movie | 2009
[rec].mkv | [rec] | -
American.Psycho.mkv | American Psycho | -
American Psycho.mkv | American Psycho | -
The Falls - Peter Greenaway.mkv | The Falls - Peter Greenaway | -
Exit.Through.the.Gift.Shop - Banksy.mkv | Exit Through the Gift Shop - Banksy | -
Apocalypse.Now - Redux.mkv | Apocalypse Now - Redux | -
Run lola run (lola rennt) (2009).mp4 | Run lola run (lola rennt) | 2009
The Wolf of Wall Street (2013).mkv | The Wolf of Wall Street | 2013
The Wolf of Wall Street 2 (2013).mkv | The Wolf of Wall Street 2 | 2013
The Wolf of Wall Street - 2 (2013).mkv | The Wolf of Wall Street - 2 | 2013
The Wolf of Wall Street 2001 (2013).mkv | The Wolf of Wall Street 2001 | 2013
300 (2006).mkv | 300 | 2006
300 2 (2006).mkv | 300 2 | 2006
300 - 2 (2006).mkv | 300 - 2 | 2006
300 2001 (2006).mkv | 300 2001 | 2006
300 (2006).bluray.disc | 300 | 2006
curse.of.chucky.2013.stv.unrated.multi.1080p.bluray.x264-rough | curse of chucky | 2013
curse.of.chucky.2013.stv.unrated.multi.2160p.bluray.x264-rough | curse of chucky | 2013
Arrival.2016.2160p.Blu-Ray.HEVC.mkv | Arrival | 2016
St. Vincent (2014) | St. Vincent | 2014
Drug War 2013.mp4 | Drug War | 2013
My Movie (1997) - GreatestReleaseGroup 2019.mp4 | My Movie | 1997
First Man 2018 1080p.mkv | First Man | 2018
First Man (2018) 1080p.mkv | First Man | 2018
Maximum Ride - 2016 - WEBDL-1080p - x264 AC3.mkv | Maximum Ride | 2016
Robin Hood [Multi-Subs] [2018].mkv | Robin Hood | 2018
3.Days.to.Kill.2014.720p.BluRay.x264.YIFY.mkv | 3 Days to Kill | 2014
3 days to kill (2005).mkv | 3 days to kill | 2005
Rain Man 1988 REMASTERED 1080p BluRay x264 AAC - JEFF.mp4 | Rain Man | 1988
My Movie 2013.12.09 | My Movie 2013.12.09 | -
My Movie 2013-12-09 | My Movie 2013-12-09 | -
My Movie 20131209 | My Movie 20131209 | -
My Movie 2013-12-09 2013 | My Movie 2013-12-09 | 2013
1917 - (2019) | 1917 | 2019
7 Psychos.mkv | 7 Psychos | -
brave (2006).3d.sbs.mkv | brave | 2006
300 (2006).3d1.sbas.mkv | 300 | 2006
Brave (2006)-trailer.mkv | Brave | 2006
Oblivion.3d.hsbs.mkv | Oblivion | -
Kiln.2007.1080p.BluRay.x264-ABC | Kiln | 2007
Wax.Moon.2011.720p.WEB-DL.AAC.mkv | Wax Moon | 2011
[Grp] Paper Crane - 07 [720p].mkv | Paper Crane | -
Count 1984 (2012) | Count 1984 | 2012
Sum 1999 (2014) | Sum 1999 | 2014
[live] | [live] | -
The Long Trailer.mkv | The Long Trailer | -
Our Blue Trailer.mkv | Our Blue Trailer | -
Oar-trailer.mkv | Oar | -
The German Doctor (2013) | The German Doctor | 2013
Blade Runner (1982) {edition-Final Cut} | Blade Runner | 1982
Dune (2021) - [1080p] | Dune | 2021
2001 - A Space Odyssey (1968) | 2001 - A Space Odyssey | 1968
Movie (Director's Cut) | Movie (Director's Cut) | -
(2012) | (2012) | 2012
[REC] | [REC] | -
Amélie & Co + 1 (2001) | Amélie & Co + 1 | 2001
Clip (1920x1080) | Clip (1920x1080) | -
T*O*W (1970) | T*O*W | 1970
Pel·lícula Žluť 片 (1999) | Pel·lícula Žluť 片 | 1999
R.E.M. by MTV (2014) | R.E.M. by MTV | 2014
Lions, Inc. (2001) | Lions, Inc. | 2001
1984.1984.1080p.mkv | 1984 | 1984
M.1931.mkv | M | 1931
"""
CASES = [tuple(line.split(" | ")) for line in CLEANED.strip().splitlines()]


@pytest.mark.parametrize(("text", "name", "year"), CASES)
def test_the_name_of_a_film(text: str, name: str, year: str) -> None:
    title = film_title(stem_of(text) if is_video(text) else text)
    assert (title.name, str(title.year or "-")) == (name, year)


@pytest.mark.parametrize(
    ("text", "name", "year"),
    [
        ("The.Show.S01", "The Show", None),
        ("The.Show.S01.COMPLETE", "The Show", None),
        ("S.H.O.W.S01", "S.H.O.W", None),
        ("The.Show.P.I.S01", "The Show P.I", None),
        ("The_Show_Season_1", "The Show", None),
        ("The Show", "The Show", None),
        ("The Show Season 10", "The Show", None),
        ("The Show s02e10 720p hdtv", "The Show", None),
        ("The Show s02e10 the episode 720p hdtv", "The Show", None),
        ("1923 (2022)", "1923", 2022),
        ("Marvel's Agents of S.H.I.E.L.D.", "Marvel's Agents of S.H.I.E.L.D.", None),
        ("Marvel's.Agents.of.S.H.I.E.L.D.", "Marvel's Agents of S.H.I.E.L.D.", None),
        ("The.Show.S.H.O.W", "The Show S.H.O.W", None),
        ("Dawson's Creek", "Dawson's Creek", None),
        ("Bunker.S03.1080p.PULSAR.WEB-DL.DDP5.1.Atmos.H.264-showWEB", "Bunker", None),
        ("Outer.Colony.S01.1080p.NOVA.WEB-DL.DDP5.1.H.264.HUN.ENG-QUASAR", "Outer Colony", None),
        ("Starlight.S02.1080p.NOVA.WEB-DL.DDP5.1.Atmos.DV.HDR.H265.HUN.ENG-Z9R", "Starlight", None),
        ("Lost (2004) [tvdbid-73739] [tmdbid-4607]", "Lost", 2004),
        ("Space 1999", "Space 1999", None),
        ("Series 7", "Series 7", None),
    ],
)
def test_the_name_of_a_series(text: str, name: str, year: int | None) -> None:
    title = series_title(text)
    assert (title.name, title.year) == (name, year)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Debut (1993)", Title("Debut", 1993)),
        ("[1985] Opportunities (Let's make lots of money)", Title("[1985] Opportunities (Let's make lots of money)")),
        ("Saga [boxset]", Title("Saga")),
        ("Saga [BoxSet] [tmdbid-10]", Title("Saga", None, {"Tmdb": "10"})),
        ("R.E.M.", Title("R.E.M.")),
    ],
)
def test_the_name_of_an_album_or_a_box_set_stays_as_it_is(text: str, title: Title) -> None:
    assert plain_title(text) == title


@pytest.mark.parametrize("text", ["J. R. Moss Jr.", "Bo & His Kites", "R.E.M.", "Sum 41", "1984", "Blink (182)"])
def test_the_name_of_an_artist_stays_whole(text: str) -> None:
    assert named(text) == Title(text)


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for read in (film_title, series_title, plain_title, named):
        assert read(text).name or not text.strip(" _")
