"""`python -m counterparts.donation_portal --portal choice --donations 2000 …`: start one portal."""

import argparse
import csv
from pathlib import Path

from counterparts.donation_portal.columns import FORMS
from counterparts.donation_portal.handlers import Handler, OperatorHandler, PortalHandler
from counterparts.donation_portal.orders import Plan, make_orders
from counterparts.donation_portal.people import PLACES
from counterparts.donation_portal.shop import Shop
from counterparts.standing import QuietServer, end_with_starter, serve_with_operator, speak_tls


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="donation_portal")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--portal", choices=sorted(FORMS), required=True)
    parser.add_argument("--donations", type=int, default=200)
    parser.add_argument("--seed", type=int, default=59)
    parser.add_argument("--year", type=int, default=2026)
    parser.add_argument("--places", type=Path, help="CSV of prefecture,city: where the donors live")
    parser.add_argument("--user", default="nagasaki")
    parser.add_argument("--password", default="portal-demo-59")
    parser.add_argument("--token", default="portal-token-59")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--certificate", type=Path)
    parser.add_argument("--key", type=Path)
    return parser.parse_args()


def read_places(place: Path | None) -> tuple[tuple[str, str], ...]:
    """Where the donors live."""
    if place is None:
        return PLACES
    with place.open(encoding="utf-8", newline="") as file:
        return tuple((row[0], row[1]) for row in csv.reader(file) if len(row) > 1)


def serve(arguments: argparse.Namespace) -> None:
    """Listen until told to end."""
    portal, places = arguments.portal, read_places(arguments.places)
    plan = Plan(portal, arguments.seed, arguments.donations, arguments.year, places)
    said = {"user": arguments.user, "password": arguments.password, "token": arguments.token}
    Handler.shop = Shop(portal=portal, orders=make_orders(plan), home=arguments.home, **said)
    site = QuietServer(("127.0.0.1", arguments.port), PortalHandler)
    if arguments.certificate:
        speak_tls(site, arguments.certificate, arguments.key)
    serve_with_operator(site, OperatorHandler)


def main() -> None:
    """Start the portal, and end with whoever started it."""
    arguments = read_arguments()
    end_with_starter()
    serve(arguments)


main()
