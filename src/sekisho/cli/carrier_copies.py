"""`sekisho carrier verify`: what a vendor gives back is our own municipality's alone, or its permit stops."""

from pathlib import Path

import click

from sekisho.cli.answers import tell
from sekisho.cli.files import read_pieces
from sekisho.cli.permit_acts import AS_JSON, TENANT


@click.command()
@click.argument("counterpart")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@TENANT
@click.option("--permit", required=True, help="どの通行証で送ったか / under which permit it was sent")
@click.option("--parcel", required=True, help="荷物の番号 / the parcel's number")
@click.option("--layout", default="donation.record", show_default=True, help="記録様式 / record layout")
@AS_JSON
def verify(*, counterpart: str, file: Path, tenant: str, permit: str, parcel: str, layout: str, as_json: bool) -> None:
    """業者の預かり分を、送ったFILEと照らし合わせる / compare a vendor's copy with the FILE that was sent.

    他の団体の記録が混ざっていたら隔離し、通行証を止める。終了コードは1 / mixed up: put away, the permit stops, exit 1.
    """
    from sekisho.bootstrap import now, open_office

    home = open_office(tenant)
    from sekisho.adapters.carriers.vendor_copies import VendorCopy, digests_of, verify_copy
    from sekisho.adapters.database.ledgers import sequence

    sent = digests_of(layout, b"".join(read_pieces(file)))
    copy = VendorCopy(tenant=tenant, permit=permit, counterpart=counterpart, parcel=parcel, sent=sent)
    found = verify_copy(home, copy, layout, now())
    sequence(tenant)
    told = {"parcel": parcel, "good": found.good, "records": found.records, "missing": found.missing}
    told |= {"strangers": found.strangers, "unreadable": found.unreadable}
    told |= {"canaries": {each.municipality: each.count for each in found.canaries}}
    good = f"{parcel}: {found.records}件、送ったとおりです / {found.records} records, just as sent"
    bad = (
        f"{parcel}: 送っていない記録 {found.strangers}件、足りない記録 {found.missing}件"
        f"{'、記録として読めません' if found.unreadable else ''}。"
        f"隔離し、通行証 {permit} を止めました。"
        f"業者に原因を確かめ、二人で再開してください / {found.strangers} not ours, {found.missing} missing: "
        f"put away, permit {permit} stopped; ask the vendor, then two persons start it again"
    )
    tell(told, good if found.good else bad, as_json=as_json)
    if not found.good:
        raise SystemExit(1)
