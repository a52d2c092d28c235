"""Passwords as Argon2id hashes, by argon2-cffi.

The parameters are those of OWASP's password storage sheet that suit one vCPU: 19 MiB, two passes, one lane.
"""

from base64 import b64encode

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from argon2.low_level import ARGON2_VERSION

from chalicelib.services.accounts.ports import PasswordCheck

MEMORY_KIB = 19_456
PASSES = 2
LANES = 1


class Argon2Passwords:
    """Passwords over Argon2id; `hasher` sets its parameters."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(PASSES, MEMORY_KIB, LANES)
        self._nobody = _unmatchable(self._hasher)

    def hash(self, password: str) -> str:
        """Return the PHC string: parameters, random salt, hash."""
        return self._hasher.hash(_bytes(password))

    def check(self, password_hash: str, password: str) -> PasswordCheck:
        """Compare; where there is no hash, compare with that of nobody, which takes as long."""
        try:
            self._hasher.verify(password_hash or self._nobody, _bytes(password))
        except VerificationError:
            return PasswordCheck(is_right=False)
        return PasswordCheck(is_right=True, is_outdated=self._hasher.check_needs_rehash(password_hash))


def _unmatchable(hasher: PasswordHasher) -> str:
    """Return a hash in PHC's form with the hasher's cost, which no password is known to have."""
    salt, digest = (_base64(bytes(length)) for length in (hasher.salt_len, hasher.hash_len))
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v={ARGON2_VERSION}${costs}${salt}${digest}"


def _base64(data: bytes) -> str:
    return b64encode(data).decode().rstrip("=")


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
