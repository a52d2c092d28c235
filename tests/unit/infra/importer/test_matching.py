"""Which item of the service a found item is."""

import pytest

from chalicelib.domain.library.items import Item, ItemType, Mention
from chalicelib.domain.library.naming.titles import Title
from chalicelib.domain.library.resolving.results import FoundItem
from infra.importer.making import ItemMaker
from infra.importer.matching import ItemPlan
from infra.importer.service.answers import RefusedError
from tests.support.fakes.accounts import NOON
from tests.support.fakes.world import World
from tests.support.in_process_http import service_over

SERIES = "5" * 32


def made(digit: str, item_type: ItemType, name: str, **facts: object) -> Item:
    return Item(digit * 32, item_type, name, name, NOON, **facts)  # type: ignore[arg-type]  # an item's own fields


EXISTING = (
    made("1", ItemType.MOVIE, "Dune", year=1984),
    made("2", ItemType.MOVIE, "Dune", year=2021),
    made("3", ItemType.MOVIE, "La Cité des enfants perdus", provider_ids={"Tmdb": "902"}),
    made("4", ItemType.MOVIE, "Heat"),
    made("5", ItemType.SERIES, "Lost", year=2004),
    made("6", ItemType.SEASON, "The First", ancestors=(SERIES,), series_id=SERIES, index_number=1),
    made("7", ItemType.MUSIC_ALBUM, "Greatest Hits", album_artists=(Mention("Queen"),)),
    made("8", ItemType.MUSIC_ALBUM, "Greatest Hits", album_artists=(Mention("ABBA"),)),
    made("9", ItemType.PERSON, "Zoë Kravitz"),
)


class Items:
    """A plan and a maker, as a run has them."""

    def __init__(self, world: World, *, loaded: bool = True) -> None:
        service = service_over(world)
        self.plan, self.maker = ItemPlan(service), ItemMaker(service)
        if loaded:
            self.plan.load()

    def id_of(self, found: FoundItem) -> str:
        planned = self.plan.plan(found)
        if planned.refusal:
            raise RefusedError(planned.refusal)
        self.maker.make(planned)
        return planned.id


@pytest.fixture
def items(world: World) -> Items:
    for item in EXISTING:
        world.library.add(item)
    return Items(world)


def found(item_type: ItemType, name: str, year: int | None = None, **ids: str) -> FoundItem:
    return FoundItem(item_type, Title(name, year, ids))


@pytest.mark.parametrize(
    ("item", "digit"),
    [
        (found(ItemType.MOVIE, "Dune", 2021), "2"),
        (found(ItemType.MOVIE, "DUNE", 1984), "1"),
        (found(ItemType.MOVIE, "The City of Lost Children", 1995, Tmdb="902"), "3"),
        (found(ItemType.MOVIE, "Heat", 1995), "4"),
        (found(ItemType.SERIES, "Lost"), "5"),
        (FoundItem(ItemType.SEASON, Title("Season 1"), found(ItemType.SERIES, "Lost", 2004), 1), "6"),
        (FoundItem(ItemType.MUSIC_ALBUM, Title("Greatest Hits"), artist="abba"), "8"),
        (found(ItemType.PERSON, "zoe\u0308 kravitz"), "9"),
    ],
)
def test_an_item_that_the_service_has_is_not_made_again(items: Items, item: FoundItem, digit: str) -> None:
    assert items.id_of(item) == digit * 32
    assert items.maker.created == 0


def test_an_item_of_another_year_is_new(items: Items, world: World) -> None:
    made_id = items.id_of(found(ItemType.MOVIE, "Dune", 2000, Imdb="tt0142032"))
    assert made_id
    item = world.shelves.items[made_id]
    assert (item.name, item.year, item.provider_ids) == ("Dune", 2000, {"Imdb": "tt0142032"})
    assert items.maker.created == 1


def test_a_new_item_is_made_below_its_parents(items: Items, world: World) -> None:
    library = FoundItem(ItemType.COLLECTION_FOLDER, Title("Shows"), collection_type="tvshows")
    season = FoundItem(
        ItemType.SEASON, Title("Season 2"), FoundItem(ItemType.SERIES, Title("Fargo"), library), 2
    )
    episode_id = items.id_of(FoundItem(ItemType.EPISODE, Title("Pilot"), season, 1))
    assert episode_id
    episode = world.shelves.items[episode_id]
    above = [world.shelves.items[item_id] for item_id in episode.ancestors]
    assert [item.name for item in above] == ["Shows", "Fargo", "Season 2"]
    assert (episode.parent_index_number, episode.index_number, above[0].collection_type) == (2, 1, "tvshows")


def test_what_lies_below_an_item_that_is_found_twice_waits_until_it_is_made(
    items: Items, world: World
) -> None:
    plain, numbered = (found(ItemType.COLLECTION_FOLDER, "Ruby", 2020, **ids) for ids in ({}, {"Tmdb": "7"}))
    library = items.plan.plan(plain)
    below = FoundItem(ItemType.MOVIE, Title("Ruby", 2021), numbered)
    movie = world.shelves.items[items.id_of(below)]
    assert movie.ancestors == (library.id,)
    assert world.shelves.items[library.id].name == "Ruby"


def test_a_name_without_a_year_that_several_have_is_refused(items: Items) -> None:
    with pytest.raises(RefusedError, match="2 items that could be Movie Dune"):
        items.id_of(found(ItemType.MOVIE, "Dune"))


def test_an_item_that_was_made_but_is_not_listed_yet_is_met_again(items: Items, world: World) -> None:
    item = found(ItemType.MOVIE, "Ran", 1985)
    first = items.id_of(item)
    later = Items(world, loaded=False)
    assert later.id_of(item) == first


def test_a_named_item_that_others_made_meanwhile_is_found(world: World) -> None:
    items = Items(world, loaded=False)
    person = found(ItemType.PERSON, "Amy Adams")
    first = items.id_of(person)
    assert Items(world, loaded=False).id_of(person) == first
