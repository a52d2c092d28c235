"""Keys of the drop folder."""

import pytest

from chalicelib.domain.intake.inbox import Drop, drop_of, refused_key
from chalicelib.errors import InvalidInputError


@pytest.mark.parametrize(
    ("key", "folder", "file"),
    [
        ("inbox/Dune (2021)/poster.jpg", "Dune (2021)", "poster.jpg"),
        ("inbox/Amélie & Co + 1/extrafanart/a b.png", "Amélie & Co + 1", "extrafanart/a b.png"),
        ("inbox/inbox/inbox/x.png", "inbox", "inbox/x.png"),
    ],
)
def test_a_key_names_a_folder_and_a_file_in_it(key: str, folder: str, file: str) -> None:
    assert drop_of(key) == Drop(key, folder, file)
    assert drop_of(key).prefix + file == key


@pytest.mark.parametrize(
    "key", ["inbox/poster.jpg", "inbox//poster.jpg", "inbox/Dune/", "inbox/ /x.jpg", "inbox/"]
)
def test_an_object_outside_of_a_folder_is_refused(key: str) -> None:
    with pytest.raises(InvalidInputError, match="Copy pictures to inbox/"):
        drop_of(key)


def test_each_write_of_each_key_has_a_ticket_of_its_own() -> None:
    dune, alien = drop_of("inbox/Dune/poster.jpg"), drop_of("inbox/Alien/poster.jpg")
    ids = {dune.ticket_id("1"), dune.ticket_id("2"), alien.ticket_id("1"), dune.ticket_id("1")}
    assert len(ids) == 3
    assert all(len(ticket) == 32 for ticket in ids)


def test_what_is_refused_keeps_its_path() -> None:
    assert refused_key("inbox/Dune/poster.jpg") == "refused/Dune/poster.jpg"
