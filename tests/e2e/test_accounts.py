"""Accounts through the deployed stack: real hashes, real rows, real races."""

import secrets
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import accumulate
from time import monotonic

import pytest

from chalicelib.services.accounts.password_gate import PAIR
from tests.support.deployed_service import Http, photo

CLIENT = 'MediaBrowser Client="Tests", Device="Machine", DeviceId="{device}", Version="1.0"'


@dataclass(frozen=True)
class Account:
    """A user of this test's own."""

    anyone: Http
    id: str
    name: str
    password: str

    def attempt(self, password: str, device: str = "here") -> tuple[int, str]:
        """Try to sign in; return the status and the token."""
        answer = self.anyone.call(
            "POST",
            "/users/authenticatebyname",
            json={"Username": self.name, "Pw": password},
            headers={"Authorization": CLIENT.format(device=device)},
        )
        return answer.status_code, answer.json().get("AccessToken", "")

    def signed_in(self, device: str = "here") -> Http:
        """Sign in and call with the token."""
        status, token = self.attempt(self.password, device)
        assert status == 200
        return Http(
            self.anyone.base_url, {"Authorization": f'MediaBrowser Token="{token}"'}, self.anyone.session
        )


@pytest.fixture
def ann(admin: Http, anyone: Http) -> Iterator[Account]:
    name, password = f"Ann {secrets.token_hex(4)}", secrets.token_urlsafe(12)
    made = admin.call("POST", "/Users/New", json={"Name": name, "Password": password})
    assert made.status_code == 200, made.text
    yield Account(anyone, made.json()["Id"], name, password)
    admin.call("DELETE", f"/Users/{made.json()['Id']}")


def status_of_me(client: Http) -> int:
    return client.get("/Users/Me").status_code


def test_a_token_lives_from_login_to_logout(ann: Account) -> None:
    first = ann.signed_in()
    second, elsewhere = ann.signed_in(), ann.signed_in("elsewhere")
    assert [status_of_me(client) for client in (first, second, elsewhere)] == [401, 200, 200]
    assert second.call("POST", "/Sessions/Logout").status_code == 204
    assert [status_of_me(client) for client in (second, elsewhere)] == [401, 200]


def test_a_new_password_ends_all_other_sessions_at_once(ann: Account) -> None:
    here, elsewhere = ann.signed_in(), ann.signed_in("elsewhere")
    body = {"CurrentPw": ann.password, "NewPw": "better"}
    assert here.call("POST", "/Users/Password", json=body).status_code == 204
    assert [status_of_me(client) for client in (here, elsewhere)] == [200, 401]
    assert ann.attempt("better", "elsewhere")[0] == 200


def test_a_disabled_user_is_out_at_once(ann: Account, admin: Http) -> None:
    client = ann.signed_in()
    assert admin.call("POST", f"/Users/{ann.id}/Policy", json={"IsDisabled": True}).status_code == 204
    assert status_of_me(client) == 401
    assert ann.attempt(ann.password)[0] == 403


def test_a_user_has_a_picture_until_it_is_deleted_with_its_user(
    ann: Account, admin: Http, anyone: Http
) -> None:
    client, picture, path = ann.signed_in(), photo(64, 64), f"/Users/{ann.id}/Images/Primary"
    assert client.upload("/UserImage", picture).status_code == 204
    assert anyone.get(path).content == picture
    assert client.get("/Users/Me").json()["PrimaryImageTag"]
    assert admin.call("DELETE", f"/Users/{ann.id}").status_code == 204
    assert (anyone.get(path).status_code, status_of_me(client)) == (404, 401)


def test_many_guesses_at_once_are_no_way_round_the_throttle(ann: Account) -> None:
    begun = monotonic()
    with ThreadPoolExecutor(12) as crowd:
        statuses = Counter(status for status, _ in crowd.map(lambda _: ann.attempt("wrong"), range(24)))
    waits = accumulate(PAIR.first.total_seconds() * 2**n for n in range(10))
    assert set(statuses) <= {401, 429}
    assert statuses[401] <= PAIR.free + sum(wait <= monotonic() - begun for wait in waits)
    assert ann.attempt(ann.password)[0] in {200, 429}


def test_an_api_key_works_until_it_is_revoked(admin: Http, anyone: Http) -> None:
    made = admin.call("POST", "/Auth/Keys?app=tests").json()["AccessToken"]
    holder = Http(anyone.base_url, {"X-Emby-Token": made}, anyone.session)
    assert holder.get("/Users").status_code == 200
    assert admin.call("DELETE", f"/Auth/Keys/{made}").status_code == 204
    assert holder.get("/Users").status_code == 401
