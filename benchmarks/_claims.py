"""What a bench claims, told line by line; its exit status says whether all of it is met."""

from collections.abc import Mapping


def tell_claims(claims: Mapping[str, bool]) -> int:
    """Say of each claim whether it is met; answers the exit status."""
    for claim, met in claims.items():
        print(f"{'met    ' if met else 'NOT MET'} {claim}")
    return 0 if all(claims.values()) else 1
