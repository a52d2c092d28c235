"""Wikidata and Wikimedia Commons: www.wikidata.org/w/api.php?action=help, www.mediawiki.org/wiki/API:Imageinfo."""

from typing import Any

from infra.demo.providers.messages import ABSENT, Asked, Reply, as_json, seed_of
from infra.demo.providers.pictures import name_of, picture

_MANNERS = b"Please set a user-agent and respect our robot policy."
_IMAGE, _LOGO = "P18", "P154"


def answer_wikidata(asked: Asked) -> Reply:
    """Answer a search or the claims of entities."""
    if not asked.says_who_asks:
        return Reply(_MANNERS, 403, "text/plain")
    match asked.query.get("action"):
        case "wbsearchentities":
            name = asked.query.get("search", "")
            found = (
                [] if name == ABSENT else [{"id": _entity(name), "label": name, "match": {"type": "label"}}]
            )
            return as_json({"searchinfo": {"search": name}, "search": found, "success": 1})
        case "query":
            statement = asked.query.get("srsearch", "")
            hits = [] if statement.endswith(ABSENT) else [{"ns": 0, "title": _entity(statement)}]
            return as_json({"batchcomplete": True, "query": {"search": hits}})
        case "wbgetentities":
            ids = asked.query.get("ids", "").split("|")
            return as_json({"entities": {known: _claims(known) for known in ids}, "success": 1})
    return as_json({"error": {"code": "badvalue", "info": "Unrecognized value for parameter action."}})


def answer_commons(asked: Asked) -> Reply:
    """Answer what is known of files, or a picture below `/upload`."""
    match asked.segments:
        case ["upload", name]:
            return picture(name)
        case ["upload", "thumb", name, size]:
            return picture(name, longest=int(size.partition("px-")[0]))
        case _ if not asked.says_who_asks:
            return Reply(_MANNERS, 403, "text/plain")
    titles = asked.query.get("titles", "").split("|")
    return as_json({"batchcomplete": True, "query": {"pages": [_page(asked, title) for title in titles]}})


def _entity(name: str) -> str:
    return f"Q{int(seed_of(name)[:6], 16) + 1}"


def _claims(known: str) -> dict[str, Any]:
    photograph = name_of(1200, 1600, seed_of(known, _IMAGE))
    logo = name_of(800, 300, seed_of(known, _LOGO), "png")
    claims = {
        "P31": [_claim("P31", {"entity-type": "item", "id": "Q5"}, "wikibase-entityid")],
        _IMAGE: [_claim(_IMAGE, photograph, "string")],
        _LOGO: [_claim(_LOGO, logo, "string")],
    }
    return {"type": "item", "id": known, "claims": claims}


def _claim(statement: str, value: Any, kind: str) -> dict[str, Any]:  # noqa: ANN401  # any JSON value
    snak = {"snaktype": "value", "property": statement, "datavalue": {"value": value, "type": kind}}
    return {"mainsnak": snak, "type": "statement", "rank": "normal"}


def _page(asked: Asked, title: str) -> dict[str, Any]:
    file = title.partition(":")[2]
    width, _, height = file.partition("-")[0].partition("x")
    info = {
        "size": 250_000,
        "width": int(width),
        "height": int(height),
        "thumburl": f"{asked.base_url}/upload/thumb/{file}/500px-{file}",
        "url": f"{asked.base_url}/upload/{file}",
        "descriptionurl": f"{asked.base_url}/wiki/{title}",
        "mime": "image/png" if file.endswith(".png") else "image/jpeg",
    }
    return {"pageid": 1, "ns": 6, "title": title, "imagerepository": "local", "imageinfo": [info]}
