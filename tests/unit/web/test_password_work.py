"""A stolen list of passwords is slow to guess: only here, in the tests, does one password cost little."""

from django.contrib.auth.hashers import get_hashers, identify_hasher, make_password


def test_every_password_is_kept_by_scrypt_with_its_full_work(work_of_a_password: int) -> None:
    assert [hasher.algorithm for hasher in get_hashers()] == ["scrypt"]
    assert work_of_a_password >= 2**14


def test_what_the_tests_keep_is_scrypt_too() -> None:
    assert identify_hasher(make_password("made-up-password-1")).algorithm == "scrypt"
