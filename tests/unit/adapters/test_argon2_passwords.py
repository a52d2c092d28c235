"""Passwords as Argon2id hashes."""

import pytest
from argon2 import PasswordHasher, extract_parameters

from chalicelib.adapters.argon2_passwords import Argon2Passwords
from chalicelib.services.accounts.ports import PasswordCheck

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def passwords() -> Argon2Passwords:
    return Argon2Passwords(CHEAP)


@pytest.mark.parametrize("password", ["secret", "", "päss wörd", "x" * 1_024, "a\0b", "\ud800"])
def test_a_password_matches_its_own_hash_only(passwords: Argon2Passwords, password: str) -> None:
    made = passwords.hash(password)
    assert passwords.check(made, password) == PasswordCheck(is_right=True)
    assert passwords.check(made, password + "x") == PasswordCheck(is_right=False)


def test_no_two_hashes_are_alike(passwords: Argon2Passwords) -> None:
    assert passwords.hash("secret") != passwords.hash("secret")


@pytest.mark.parametrize("password", ["", "secret", "0"])
def test_no_password_is_right_where_there_is_no_hash(passwords: Argon2Passwords, password: str) -> None:
    assert passwords.check("", password) == PasswordCheck(is_right=False)


def test_nobodys_hash_costs_what_a_real_one_does() -> None:
    passwords = Argon2Passwords()
    nobody = extract_parameters(passwords._nobody)  # noqa: SLF001  # the cost of a comparison cannot be seen from outside
    assert nobody == extract_parameters(passwords.hash("secret"))


def test_parameters_meet_owasps_minimum() -> None:
    parameters = extract_parameters(Argon2Passwords().hash("secret"))
    assert parameters.type.name == "ID"
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) >= (19_456, 2, 1)


def test_a_hash_of_other_parameters_is_outdated(passwords: Argon2Passwords) -> None:
    old = passwords.hash("secret")
    assert Argon2Passwords().check(old, "secret") == PasswordCheck(is_right=True, is_outdated=True)
    assert Argon2Passwords().check(old, "wrong") == PasswordCheck(is_right=False)
