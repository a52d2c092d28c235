"""A service in use: something of every sort that people, programs and operators leave behind, and its end."""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import requests

from chalicelib.domain.accounts.accounts import token_digest
from infra.local import administrator
from infra.local.service import Service
from tests.support import aws
from tests.support.deployed_service import SECONDS, Http, eventually, photo
from tests.support.instance import session_folder

NAMED = ("Artists", "Genres", "MusicGenres", "Persons", "Studios")


@dataclass(frozen=True)
class ServiceUsage:
    """What people, programs and operators do with the service."""

    admin: Http
    anyone: Http
    service: Service

    def use_everything(self) -> None:
        """Leave something of every sort behind."""
        genre, person, studio, band = (f"A name {uuid.uuid4().hex}" for _ in range(4))
        film = self.item("Movie", Genres=[genre], People=[{"Name": person}], Studios=[studio])
        self.pictures(film, "Primary", "Backdrop", "Logo")
        album = self.item("MusicAlbum", Artists=[band], AlbumArtists=[band], Genres=[genre])
        self.pictures(album, "Primary")
        shelf = self.item("CollectionFolder")
        self.pictures(self.item("Movie", ParentId=shelf), "Primary")
        self.tickets(film)
        self.drops(film)
        self.remote_image(self.item("Movie", ProviderIds={"Tmdb": "19"}))
        self.portrait(*self.user())
        assert self.admin.call("POST", "/Auth/Keys?app=life").ok
        self.administrator()

    def item(self, item_type: str, **fields: object) -> str:
        body = {"Name": f"A {item_type} {uuid.uuid4().hex}", "Type": item_type, **fields}
        made = self.admin.call("POST", "/Items", json=body)
        return str(made.json()["Id"])

    def pictures(self, item: str, *types: str) -> None:
        for image_type in types:
            path = f"/Items/{item}/Images/{image_type}"
            assert self.admin.upload(path, photo(1000, 1500)).ok
            for query in ("maxWidth=100", "fillWidth=301&fillHeight=211&quality=70", "format=png&width=55"):
                assert self.anyone.get(f"{path}?{query}").ok

    def tickets(self, item: str) -> None:
        """Let one be used, one be refused, and one never be."""
        for data in (photo(), b"no picture", None):
            made = self.admin.call("POST", f"/Items/{item}/Images/Art/Upload").json()
            if data:
                assert requests.post(made["Url"], made["Fields"], files={"file": data}, timeout=SECONDS).ok
                assert eventually(partial(self.is_settled, str(made["StatusUrl"])))

    def is_settled(self, status_url: str) -> bool:
        return bool(self.admin.get(status_url).json()["State"] != "Waiting")

    def drops(self, item: str) -> None:
        """Let one be taken and one be refused."""
        s3 = aws.client("s3")
        for name, data in (("banner.jpg", photo()), ("notes.txt", b"no picture")):
            s3.put_object(Bucket=self.service.originals_bucket, Key=f"inbox/{item}/{name}", Body=data)
        assert eventually(lambda: self.admin.call("HEAD", f"/Items/{item}/Images/Banner").ok)

    def remote_image(self, item: str) -> None:
        url = self.admin.get(f"/Items/{item}/RemoteImages?type=Primary").json()["Images"][0]["Url"]
        parameters = {"type": "Primary", "imageUrl": url}
        assert self.admin.call("POST", f"/Items/{item}/RemoteImages/Download", params=parameters).ok

    def user(self) -> tuple[str, str]:
        name, password = f"Ann {uuid.uuid4().hex}", uuid.uuid4().hex
        assert self.admin.call("POST", "/Users/New", json={"Name": name, "Password": password}).ok
        assert self.sign_in(name, "wrong").status_code == requests.codes.unauthorized
        return name, password

    def sign_in(self, name: str, password: str) -> requests.Response:
        said = 'MediaBrowser Client="Tests", Device="Machine", DeviceId="here", Version="1.0"'
        body = {"Username": name, "Pw": password}
        return self.anyone.call(
            "POST", "/Users/AuthenticateByName", json=body, headers={"Authorization": said}
        )

    def portrait(self, name: str, password: str) -> None:
        """Let a user sign in and upload its picture."""
        token = self.sign_in(name, password).json()["AccessToken"]
        user = replace(self.anyone, headers={"X-Emby-Token": token})
        assert user.upload("/UserImage", photo(300, 300)).ok

    @property
    def operator(self) -> dict[str, str | None]:
        return administrator.known(session_folder())

    def administrator(self) -> None:
        """Let the deployment's administrator, whose password others may have changed, come and go."""
        name, password = str(self.operator["user"]), str(self.operator["password"])
        (user,) = [user["Id"] for user in self.admin.get("/Users").json() if user["Name"] == name]
        assert self.admin.call("POST", f"/Users/{user}/Password", json={"NewPw": password}).ok
        token = self.sign_in(name, password).json()["AccessToken"]
        assert self.anyone.call("POST", "/Sessions/Logout", headers={"X-Emby-Token": token}).ok

    def delete_everything(self) -> None:
        """Delete all that an administrator can."""
        with ThreadPoolExecutor(4) as pool:
            while found := set(self._paths()):
                assert set(pool.map(self._delete, found)) <= {204, 404, 409}

    def _delete(self, path: str) -> int:
        return self.admin.call("DELETE", path).status_code

    def _paths(self) -> Iterator[str]:
        for resource in ("Items", *NAMED):
            for item in self.admin.get(f"/{resource}?limit=200").json()["Items"]:
                yield f"/Items/{item['Id']}"
        for user in self.admin.get("/Users").json():
            if user["Name"] != self.operator["user"]:
                yield f"/Users/{user['Id']}"
        for key in self.admin.get("/Auth/Keys").json()["Items"]:
            if key["AccessToken"] != token_digest(self.service.admin_api_key):
                yield f"/Auth/Keys/{key['AccessToken']}"
