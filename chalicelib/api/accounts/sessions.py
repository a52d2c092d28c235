"""Signing in and out, and API keys."""

from chalice.app import Response

from chalicelib.container import container, identity_of
from chalicelib.domain.accounts.accounts import Session
from chalicelib.errors import NotFoundError
from chalicelib.web.accounts.bodies import credentials
from chalicelib.web.accounts.dto import key_dto, session_dto, user_dto
from chalicelib.web.accounts.responses import caller_of, portraits
from chalicelib.web.accounts.schemas import (
    AuthenticationInfo,
    AuthenticationInfoQueryResult,
    AuthenticationResult,
    Login,
    SessionInfoDto,
)
from chalicelib.web.protocol.auth import authenticated, elevated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.client_address import client_address
from chalicelib.web.protocol.declarations.operations import operation
from chalicelib.web.protocol.declarations.query import Id, Integer, Line, Truth
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response, no_content

routes = Routes(__name__, identity_of)

CONTROLLABLE_BY = Id("controllableByUserId", "list what this user can control: nothing")
DEVICE_ID = Line("deviceId", "list the session of this device alone")
APP = Line("app", "what the key is for", required=True)
IS_ADMINISTRATOR = Truth("isAdministrator", "false for a key that may only read; true if not given")
DAYS = Integer("days", "days after which the key ends; never if not given")


@routes.view("/Users/AuthenticateByName", "POST")
@operation(body=Login, answers=AuthenticationResult)
def authenticate_by_name(request: Request) -> Response:
    """Give an access token for a name and a password."""
    settings = container().settings
    said = credentials(request, legacy=settings.legacy_authorization)
    address = client_address(request, settings.trusted_proxies)
    opened = container().accounts.sign_in.sign_in(said.name, said.password, said.device, address)
    (portrait,) = portraits(container().images.access, [opened.user])
    result: AuthenticationResult = {
        "User": user_dto(portrait, settings.server_id),
        "SessionInfo": session_dto(portrait, opened.session, address, settings.server_id),
        "AccessToken": opened.token,
        "ServerId": settings.server_id,
    }
    return json_response(request, result)


@routes.view("/Sessions", "GET")
@operation(CONTROLLABLE_BY, DEVICE_ID, answers=list[SessionInfoDto])
@authenticated
def list_sessions(request: Request) -> Response:
    """List the caller's own session, which nobody can control from another; an API key has none."""
    session, device_id = caller_of(request).credential, DEVICE_ID.of(request.query)
    if not isinstance(session, Session) or CONTROLLABLE_BY.of(request.query):
        return json_response(request, [])
    return json_response(request, [_dto_of(request, session)] if device_id in {"", session.device.id} else [])


@routes.view("/Sessions/Logout", "POST")
@authenticated
def log_out(request: Request) -> Response:
    """End the session whose token the request carries; an API key has none to end."""
    credential = caller_of(request).credential
    if isinstance(credential, Session):
        container().accounts.sign_in.sign_out(credential)
    return no_content()


@routes.view("/Auth/Keys", "GET")
@operation(answers=AuthenticationInfoQueryResult)
@elevated
def list_keys(request: Request) -> Response:
    """List the API keys; each is shown by its digest, since the key itself is not kept."""
    keys = container().accounts.api_keys.list()
    items = [key_dto(key, number, key.digest) for number, key in enumerate(keys, 1)]
    keys_shown: AuthenticationInfoQueryResult = {
        "Items": items,
        "TotalRecordCount": len(items),
        "StartIndex": 0,
    }
    return json_response(request, keys_shown)


@routes.view("/Auth/Keys", "POST")
@operation(APP, IS_ADMINISTRATOR, DAYS, answers=AuthenticationInfo)
@elevated
def create_key(request: Request) -> Response:
    """Make an API key and show it, this once; Jellyfin shows it in its list."""
    key, token = container().accounts.api_keys.create(
        APP.of(request.query),
        is_administrator=IS_ADMINISTRATOR.of(request.query) is not False,
        days=DAYS.of(request.query),
    )
    return json_response(request, key_dto(key, 0, token))


@routes.view("/Auth/Keys/{key}", "DELETE")
@elevated
def revoke_key(_request: Request, key: str) -> Response:
    """Revoke an API key, named by its digest or by itself."""
    if not container().accounts.api_keys.revoke(key):
        raise NotFoundError("There is no such API key.")
    return no_content()


def _dto_of(request: Request, session: Session) -> SessionInfoDto:
    settings = container().settings
    user = container().accounts.users.find(session.user_id)
    (portrait,) = portraits(container().images.access, [user])
    return session_dto(
        portrait, session, client_address(request, settings.trusted_proxies), settings.server_id
    )
