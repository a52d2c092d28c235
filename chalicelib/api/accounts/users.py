"""Users: who there is, and what administrators and they themselves may change."""

from chalice.app import Response

from chalicelib.container import container, identity_of
from chalicelib.domain.accounts.accounts import Identity, User
from chalicelib.web.accounts.bodies import MAX_BODY_BYTES, new_password, new_user, policy_change
from chalicelib.web.accounts.configuration import configuration_body
from chalicelib.web.accounts.dto import public_user_dto, user_dto
from chalicelib.web.accounts.responses import caller_of, portraits, user_meant, user_of
from chalicelib.web.accounts.schemas import (
    NewPassword,
    NewUser,
    PolicyChange,
    PublicUserDto,
    UserChange,
    UserConfigurationBody,
    UserDto,
)
from chalicelib.web.protocol.auth import authenticated, elevated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.client_address import client_address
from chalicelib.web.protocol.declarations.json_fields import JsonFields
from chalicelib.web.protocol.declarations.operations import operation
from chalicelib.web.protocol.declarations.parameters import guid
from chalicelib.web.protocol.declarations.query import USER_ID, Truth
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response, no_content

routes = Routes(__name__, identity_of)

USERS = "/Users"
IS_HIDDEN = Truth("isHidden", "whether the users are hidden from the login screen")
IS_DISABLED = Truth("isDisabled", "whether the users may not sign in")
USER = USERS + "/{user_id}"


@routes.view(USERS + "/Public", "GET")
@operation(answers=list[PublicUserDto])
def list_public_users(request: Request) -> Response:
    """List the users that a login screen shows."""
    return json_response(request, _dtos(None, container().accounts.users.seen_by(None)))


@routes.view(USERS, "GET")
@operation(IS_HIDDEN, IS_DISABLED, answers=list[UserDto])
@authenticated
def list_users(request: Request) -> Response:
    """List the users that the caller may see."""
    caller = caller_of(request)
    hidden, disabled = (parameter.of(request.query) for parameter in (IS_HIDDEN, IS_DISABLED))
    users = [
        user
        for user in container().accounts.users.seen_by(caller)
        if hidden in (None, user.policy.is_hidden) and disabled in (None, user.policy.is_disabled)
    ]
    return json_response(request, _dtos(caller, users))


@routes.view(USERS + "/Me", "GET")
@operation(answers=UserDto)
@authenticated
def get_current_user(request: Request) -> Response:
    """Answer the user whose token the request carries."""
    caller = caller_of(request)
    return _respond_with_user(request, caller, user_of(caller))


@routes.view(USER, "GET")
@operation(answers=UserDto)
@authenticated
def get_user(request: Request, user_id: str) -> Response:
    """Answer one user; another one as strangers see it, unless to an administrator."""
    return _respond_with_user(request, caller_of(request), guid("userId", user_id))


@routes.view(USERS + "/New", "POST")
@operation(body=NewUser, answers=UserDto)
@elevated
def create_user(request: Request) -> Response:
    """Make a plain user."""
    caller, (name, password) = caller_of(request), new_user(request)
    return json_response(request, _dtos(caller, [container().accounts.users.create(name, password)])[0])


@routes.view(USER, "DELETE")
@elevated
def delete_user(_request: Request, user_id: str) -> Response:
    """Delete a user with its image and sessions."""
    container().accounts.users.remove(guid("userId", user_id))
    return no_content()


@routes.view(USERS + "/Password", "POST")
@routes.view(USER + "/Password", "POST")
@operation(USER_ID, body=NewPassword)
@authenticated
def change_password(request: Request, user_id: str | None = None) -> Response:
    """Change a password, the caller's own or as an administrator another's."""
    caller, said = caller_of(request), new_password(request)
    about = user_meant(request, caller, user_id)
    if said.reset:
        container().accounts.users.reset_password(caller, about)
    else:
        address = client_address(request, container().settings.trusted_proxies)
        container().accounts.users.change_password(caller, about, said.current, said.new, address)
    return no_content()


@routes.view(USERS + "/Configuration", "POST")
@routes.view(USER + "/Configuration", "POST")
@operation(USER_ID, body=UserConfigurationBody)
@authenticated
def change_configuration(request: Request, user_id: str | None = None) -> Response:
    """Keep how a user likes things shown and played."""
    caller, body = caller_of(request), JsonFields.of_body(request, MAX_BODY_BYTES)
    about = user_meant(request, caller, user_id)
    container().accounts.users.set_configuration(caller, about, configuration_body(body))
    return no_content()


@routes.view(USERS, "POST")
@routes.view(USER, "POST")
@operation(USER_ID, body=UserChange)
@authenticated
def change_user(request: Request, user_id: str | None = None) -> Response:
    """Keep what of a user can be changed, as clients send it back: the configuration; the name stays."""
    caller, body = caller_of(request), JsonFields.of_body(request, MAX_BODY_BYTES)
    about = user_meant(request, caller, user_id)
    if body.has("Name"):
        container().accounts.users.check_name(caller, about, body.required_line("Name"))
    if body.has("Configuration"):
        said = configuration_body(JsonFields.of("Configuration", body.values.get("configuration")))
        container().accounts.users.set_configuration(caller, about, said)
    return no_content()


@routes.view(USER + "/Policy", "POST")
@operation(body=PolicyChange)
@elevated
def change_policy(request: Request, user_id: str) -> Response:
    """Change what a user may do."""
    container().accounts.users.set_policy(guid("userId", user_id), policy_change(request))
    return no_content()


def _respond_with_user(request: Request, caller: Identity, user_id: str) -> Response:
    return json_response(request, _dtos(caller, [container().accounts.users.find(user_id)])[0])


def _dtos(caller: Identity | None, users: tuple[User, ...] | list[User]) -> list[PublicUserDto]:
    """Show a user in full to itself and to administrators, else as on a login screen."""
    server_id = container().settings.server_id
    return [
        (user_dto if caller and caller.may_act_for(portrait.user.id) else public_user_dto)(
            portrait, server_id
        )
        for portrait in portraits(container().images.access, users)
    ]
