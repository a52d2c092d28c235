"""Users in DynamoDB: every change is one transaction, every read consistent."""

from dataclasses import dataclass, replace

from pynamodb.exceptions import DoesNotExist, TransactWriteError
from pynamodb.expressions.condition import size
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb.accounts.preferences import forget_preferences
from chalicelib.adapters.dynamodb.accounts.rows import (
    ACCOUNT,
    ACCOUNTS,
    ADMINISTRATORS,
    NAME,
    AccountRow,
    AdministratorsRow,
    NameRow,
    account_row,
    user_key,
    user_of,
)
from chalicelib.adapters.dynamodb.accounts.tokens import end_all_sessions
from chalicelib.adapters.dynamodb.images.rows import ImagesRow, delete_images, images_row
from chalicelib.adapters.dynamodb.library.user_data import forget_user_data
from chalicelib.adapters.dynamodb.table.transactions import CONDITION, failures, transaction
from chalicelib.domain.accounts.accounts import NOBODY, User, folded_name
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import ConflictError, LastAdministratorError, NameTakenError


class DynamoAccounts:
    """Accounts over the rows above."""

    def find(self, user_id: str) -> User | None:
        """Read one row."""
        try:
            return user_of(AccountRow.get(user_key(user_id), ACCOUNT, consistent_read=True))
        except DoesNotExist:
            return None

    def find_named(self, name: str) -> User | None:
        """Read the name's row, then the user's: as often for a name that nobody has, so the time tells nothing."""
        try:
            user_id = NameRow.get(ACCOUNTS, NAME + folded_name(name), consistent_read=True).user_id
        except DoesNotExist:
            user_id = NOBODY
        return self.find(user_id)

    def list(self) -> tuple[User, ...]:
        """Query the names, then get the users by the hundred."""
        names = NameRow.query(ACCOUNTS, NameRow.sk.startswith(NAME), consistent_read=True)
        keys = [(user_key(row.user_id), ACCOUNT) for row in names]
        users = (user_of(row) for row in AccountRow.batch_get(keys, consistent_read=True))
        return tuple(sorted(users, key=lambda user: folded_name(user.name)))

    def add(self, user: User) -> User:
        """Put the user, its name and its empty image list, all or none."""
        added = replace(user, version=1)
        try:
            with transaction() as write:
                write.save(account_row(added), AccountRow.pk.does_not_exist())
                name = NameRow(ACCOUNTS, NAME + folded_name(user.name), user_id=user.id)
                write.save(name, NameRow.pk.does_not_exist())
                images = OwnerImages(OwnerKey.user(user.id), user.name, version=1)
                write.save(images_row(images), ImagesRow.pk.does_not_exist())
                _ChangeOfAdministrators(user.id, adds=user.policy.can_administer or None).add_to(write)
        except TransactWriteError as error:
            if failures(error):
                raise NameTakenError(user.name) from error
            raise
        return added

    def save(self, user: User) -> User:
        """Put the user if it is still at `user.version`, and record whether it can administer."""
        saved = replace(user, version=(user.version or 0) + 1)
        change = _change_of_administrators(user.id, can_administer=user.policy.can_administer)
        try:
            with transaction() as write:
                write.save(account_row(saved), AccountRow.version == user.version)
                change.add_to(write)
        except TransactWriteError as error:
            raise _refusal(error, user, change) from error
        return saved

    def remove(self, user: User, images: OwnerImages | None) -> None:
        """Delete all rows of the user; its sessions and preferences are void without it, and their rows go last."""
        change = _change_of_administrators(user.id, can_administer=False)
        try:
            with transaction() as write:
                write.delete(AccountRow(user_key(user.id), ACCOUNT), AccountRow.version == user.version)
                write.delete(NameRow(ACCOUNTS, NAME + folded_name(user.name)))
                if images is not None:
                    delete_images(write, images)
                change.add_to(write)
        except TransactWriteError as error:
            raise _refusal(error, user, change) from error
        end_all_sessions(user.id)
        forget_preferences(user.id)
        forget_user_data(user.id)


@dataclass(frozen=True, slots=True)
class _ChangeOfAdministrators:
    """What a write does to the administrators: adds, drops or (None) neither."""

    user_id: str
    adds: bool | None

    def add_to(self, write: TransactWrite) -> None:
        """Make the change the last part of a transaction."""
        row, ids = AdministratorsRow(ACCOUNTS, ADMINISTRATORS), AdministratorsRow.ids
        if self.adds:
            write.update(row, [ids.add({self.user_id})])
        elif self.adds is not None:
            write.update(row, [ids.delete({self.user_id})], size(ids) > 1)  # type: ignore[no-untyped-call]  # PynamoDB's


def _change_of_administrators(user_id: str, *, can_administer: bool) -> _ChangeOfAdministrators:
    """Read who can administer, before the transaction: it changes only together with the user's version."""
    is_one = user_id in _administrators()
    return _ChangeOfAdministrators(user_id, None if can_administer is is_one else can_administer)


def _administrators() -> set[str]:
    try:
        return AdministratorsRow.get(ACCOUNTS, ADMINISTRATORS, consistent_read=True).ids or set()
    except DoesNotExist:
        return set()


def _refusal(error: TransactWriteError, user: User, change: _ChangeOfAdministrators) -> Exception:
    if not (codes := failures(error)):
        return error
    if change.adds is False and codes[-1] == CONDITION and not any(codes[:-1]):
        return LastAdministratorError(user.name)
    return ConflictError(f"The user {user.id} changed meanwhile.")
