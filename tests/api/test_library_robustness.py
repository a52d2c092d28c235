"""Whatever a client sends about items, the answer is theirs to mend and nothing is half done."""

import json
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.container import override_container
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.items import ItemType
from tests.support.fakes.world import ADMIN, World
from tests.support.gateway import call

FIELDS = [
    "Id",
    "Name",
    "Type",
    "ParentId",
    "SortName",
    "Overview",
    "CollectionType",
    "PreferredMetadataLanguage",
    "ProductionYear",
    "IndexNumber",
    "ParentIndexNumber",
    "DateCreated",
    "ProviderIds",
    "Genres",
    "Studios",
    "Artists",
    "AlbumArtists",
    "People",
    "Chapters",
]
PARAMETERS = [
    "userId",
    "ids",
    "parentId",
    "includeItemTypes",
    "excludeItemTypes",
    "mediaTypes",
    "recursive",
    "searchTerm",
    "nameStartsWith",
    "nameStartsWithOrGreater",
    "nameLessThan",
    "years",
    "genres",
    "studios",
    "artists",
    "genreIds",
    "personIds",
    "studioIds",
    "artistIds",
    "albumArtistIds",
    "imageTypes",
    "startIndex",
    "limit",
    "sortBy",
    "sortOrder",
    "fields",
    "enableImages",
    "enableImageTypes",
    "imageTypeLimit",
    "enableTotalRecordCount",
    "isFavorite",
    "filters",
]
LISTS = ["/Items", "/Items/Latest", "/Search/Hints", "/Artists", "/Genres", "/Artists/AlbumArtists"]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["Name", "Role", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
BODIES = st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6) | st.fixed_dictionaries(
    {"Name": st.text(st.characters(codec=None), max_size=9), "Type": st.sampled_from([*ItemType])},
    optional=dict.fromkeys(FIELDS[3:], JSON),
)
VALUES = st.text(max_size=9) | st.sampled_from(
    [
        "1",
        "-1",
        "0",
        "true",
        "a,b",
        "Movie",
        "Primary",
        "Random,Name",
        "Descending",
        "2147483648",
        "0" * 32,
        "|",
    ]
)


@pytest.fixture(scope="module")
def shared() -> Iterator[World]:
    """Put one application in force for all examples; a library that fills up is part of the test."""
    made = World()
    with override_container(made.container):
        yield made


@given(body=BODIES)
def test_an_item_is_created_whole_or_refused(shared: World, body: dict[str, object]) -> None:
    answer = call("POST", "/Items", body=json.dumps(body), headers=ADMIN)
    assert answer.status in {200, 400, 409}, answer.body
    if answer.status == 400:
        assert answer.json()["errors"]
    if answer.status == 200:
        item = answer.json()
        assert call("GET", f"/Items/{item['Id']}", headers=ADMIN).json() == item
        again = call("PUT", f"/Items/{item['Id']}", body=item, headers=ADMIN)
        assert (again.status, again.json()) == (200, item)
    assert {OwnerKey.item(item_id) for item_id in shared.shelves.items} == set(shared.rows.rows)


@given(
    path=st.sampled_from(LISTS), query=st.lists(st.tuples(st.sampled_from(PARAMETERS), VALUES), max_size=4)
)
def test_a_list_is_answered_or_the_parameter_named(
    shared: World, path: str, query: list[tuple[str, str]]
) -> None:
    assert shared.settings
    answer = call("GET", f"{path}?{urlencode(query)}", headers=ADMIN)
    assert answer.status in {200, 400, 404}, answer.body
    if answer.status == 400:
        (field,) = answer.json()["errors"]
        assert field in PARAMETERS


@given(name=st.text(min_size=1))
def test_a_name_of_any_letters_is_found_again(name: str) -> None:
    with override_container(World().container):
        answer = call("POST", "/Items", body={"Name": name, "Type": "Person"}, headers=ADMIN)
        if answer.status == 400:
            assert list(answer.json()["errors"]) == ["Name"]
            return
        person = answer.json()
        assert call("GET", f"/Persons/{quote(person['Name'], safe='')}", headers=ADMIN).json() == person


def test_a_collection_type_that_jellyfin_does_not_have_is_refused(world: World) -> None:
    body = {"Name": "Faces", "Type": "CollectionFolder", "CollectionType": "people"}
    refused = call("POST", "/Items", body=body, headers=ADMIN)
    taken = call("POST", "/Items", body=body | {"CollectionType": "TVShows"}, headers=ADMIN)
    assert world.settings
    assert (refused.status, refused.json()["errors"].keys()) == (400, {"CollectionType"})
    assert (taken.status, taken.json()["CollectionType"]) == (200, "tvshows")
