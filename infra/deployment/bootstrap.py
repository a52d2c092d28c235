"""Create the first administrator and API key straight in the table: there is nobody yet who could ask the API."""

from chalicelib.container import Container
from chalicelib.services.accounts.bootstrap import Bootstrapped
from chalicelib.settings import Settings


def bootstrap(table: str, name: str = "admin", *, password: str = "", api_key: str = "") -> Bootstrapped:
    """Make sure that an administrator and an API key exist; what is not given is made at random."""
    # The buckets are not met on the way to an account.
    container = Container.of(Settings(table=table, originals_bucket="", variants_bucket=""))
    return container.accounts.bootstrap.run(name, app="operator", password=password, api_key=api_key)
