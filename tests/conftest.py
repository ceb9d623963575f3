"""What holds for every test: the long ones start first, so that two workers end at about the same time."""

import pytest

HEAVY = ("slow", "browser", "postgres")


def is_heavy(item: pytest.Item) -> bool:
    """Does this test take long or start a program of its own?"""
    return any(item.get_closest_marker(mark) for mark in HEAVY)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files with heavy tests first; within that, the random order stays."""
    heavy = {item.path for item in items if is_heavy(item)}
    items.sort(key=lambda item: item.path not in heavy)
