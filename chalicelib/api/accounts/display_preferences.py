"""Display preferences, which clients keep per user; the stock web client cannot sign in without them."""

from chalice.app import Response

from chalicelib.container import container, identity_of
from chalicelib.domain.accounts.preferences import PreferencesKey, preferences_id
from chalicelib.web.accounts.preferences import preferences_body, preferences_dto
from chalicelib.web.accounts.responses import caller_of, user_meant
from chalicelib.web.accounts.schemas import DisplayPreferencesBody, DisplayPreferencesDto
from chalicelib.web.protocol.auth import authenticated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.declarations.operations import operation
from chalicelib.web.protocol.declarations.query import USER_ID, Line
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response, no_content

routes = Routes(__name__, identity_of)

CLIENT = Line("client", "which client keeps them", required=True)
PREFERENCES = "/DisplayPreferences/{preferences_id}"


@routes.view(PREFERENCES, "GET")
@operation(USER_ID, CLIENT, answers=DisplayPreferencesDto)
@authenticated
def get_display_preferences(request: Request, preferences_id: str) -> Response:
    """Answer what a client keeps for a user; of an unknown id Jellyfin's defaults."""
    key = _key(request, preferences_id)
    return json_response(
        request, preferences_dto(key, container().accounts.preferences.find(caller_of(request), key))
    )


@routes.view(PREFERENCES, "POST")
@operation(USER_ID, CLIENT, body=DisplayPreferencesBody)
@authenticated
def save_display_preferences(request: Request, preferences_id: str) -> Response:
    """Keep what a client wants to find again."""
    key, body = _key(request, preferences_id), preferences_body(request)
    container().accounts.preferences.save(caller_of(request), key, body)
    return no_content()


def _key(request: Request, text: str) -> PreferencesKey:
    client = CLIENT.of(request.query)
    return PreferencesKey(user_meant(request, caller_of(request)), client, preferences_id(text))
