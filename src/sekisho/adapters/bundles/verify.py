"""Verify an evidence bundle of the gate, offline: this file, the standard library and `cryptography`, nothing else.

Usage: python3 verify.py BUNDLE.zip|CERTIFICATE.txt [--key VERIFIER_KEY] [--json]
Exit status: 0 everything holds, 1 something does not, 2 the file cannot be read.
"""

import argparse
import base64
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ORDER = ["received", "cleared", "held", "refused", "leaving", "proposed", "delivered", "erasing", "erased"]
SIGNATURES_NEEDED = 2
DIGEST_LENGTH = 64
CERTIFICATE = "sekisho-erasure-certificate/1"
LARGEST_CERTIFICATE = 65_536


class DoesNotHoldError(Exception):
    """Something in the bundle does not hold together; the text says what, in both languages."""


def demand(holds: object, ja: str, en: str) -> None:
    """Stop here if this does not hold."""
    if not holds:
        raise DoesNotHoldError(f"{ja} / {en}")


def canonical(data: object) -> bytes:
    """The one way to write data down."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def signed(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Does this Ed25519 signature hold?"""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def root_from(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes | None:
    """The root that an inclusion proof leads to (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    first, last, root = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return None
        if first & 1 or first == last:
            root = hashlib.sha256(b"\x01" + step + root).digest()
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            root = hashlib.sha256(b"\x01" + root + step).digest()
        first, last = first >> 1, last >> 1
    return root if last == 0 else None


def signed_text(note: str, key: str) -> str:
    """The text of a note that the ledger's key has signed."""
    name, identity, encoded = key.strip().split("+", 2)
    public = base64.b64decode(encoded)
    expected = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    demand(expected.hex() == identity and public[:1] == b"\x01", "確認鍵が正しくありません", "not a verifier key")
    text, blank, signatures = note.rpartition("\n\n")
    text += "\n"
    good = False
    for line in signatures.strip().split("\n"):
        mark, signer, value = line.split(" ")
        raw = base64.b64decode(value)
        match = mark == "—" and signer == name and raw[:4] == expected
        good = good or (match and signed(public[1:], raw[4:], text.encode()))
    demand(blank and good, "帳簿の署名が合いません", "the ledger's signature does not hold")
    return text


def read_checkpoint(note: str, key: str) -> tuple[int, bytes, str]:
    """Size and root that the ledger's key has signed."""
    text = signed_text(note, key)
    origin, size, root = text.rstrip("\n").split("\n")
    return int(size), base64.b64decode(root), origin


def check_entries(evidence: dict[str, Any], size: int, root: bytes) -> list[dict[str, Any]]:
    """Every entry is in the signed tree, of this parcel, in order, written the one way, and alone of its kind."""
    entries = []
    for entry in evidence["entries"]:
        body = entry["body"].encode()
        leaf = hashlib.sha256(b"\x00" + body).digest()
        proof = [bytes.fromhex(step) for step in entry["proof"]]
        included = root_from(leaf, entry["index"], size, proof) == root
        demand(included, "記録が帳簿にありません", f"entry {entry['index']} is not in the ledger")
        data = json.loads(body)
        demand(canonical(data) == body, "記録の書き方が違います", "an entry is not written the canonical way")
        own = (data["parcel"], data["tenant"]) == (evidence["parcel"], evidence["tenant"])
        demand(own, "別の通過の記録です", "an entry of another parcel")
        entries.append((entry["index"], data))
    demand(entries, "記録がありません", "no entries")
    demand(entries == sorted(entries, key=lambda each: each[0]), "順序が違います", "entries out of order")
    steps = [data["kind"] for _, data in entries]
    once = len(steps) == len(set(steps)) and all(step in ORDER for step in steps)
    demand(once and steps == sorted(steps, key=ORDER.index), "歩みの順序が違います", "steps out of order")
    return [data for _, data in entries]


def check_story(entries: list[dict[str, Any]]) -> None:
    """One digest all the way; nothing delivered that was not cleared and recorded; nothing refused that left."""
    steps = {entry["kind"]: entry for entry in entries}
    digests = {entry["digest"] for entry in entries if "digest" in entry}
    demand(len(digests) <= 1, "指紋が途中で変わっています", "the digest changes on the way")
    if "delivered" in steps:
        through = {"received", "cleared", "leaving"} <= set(steps) and "refused" not in steps
        demand(through, "検査を経ずに出ています", "delivered without being cleared and recorded")
        same = steps["leaving"]["sealed_digest"] == steps["delivered"]["sealed_digest"]
        demand(same, "送ったものが記録と違います", "what was delivered is not what was recorded")
    if "erased" in steps:
        proof = steps["erased"]
        whole = "erasing" in steps and len(proof["key_digest"]) == DIGEST_LENGTH
        demand(whole, "削除の証明がありません", "no erasure proof")


def check_permit(evidence: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    """The permit was signed by two, compiles what was approved, and is the one that the entries name."""
    received = next((entry for entry in entries if entry["kind"] == "received"), None)
    permit = evidence["permit"]
    if received is None:
        return
    demand(permit, "通行証がありません", "the permit is missing")
    document = permit["document"].encode()
    data = json.loads(document)
    signers = {
        each["signer"]
        for each in permit["signatures"]
        if signed(bytes.fromhex(each["key"]), bytes.fromhex(each["value"]), document)
    }
    demand(len(signers) >= SIGNATURES_NEEDED, "通行証の署名が足りません", "the permit lacks signatures")
    digest = hashlib.sha256(canonical(permit["specification"])).hexdigest()
    demand(digest == data["specification_digest"], "承認内容が通行証と違います", "the approval differs from the permit")
    demand(digest == received["specification"], "別の承認で受け付けています", "received under another approval")
    demand(data["permit"] == received["permit"], "別の通行証です", "another permit")


def checks(evidence: dict[str, Any], key: str) -> Iterator[str]:
    """Everything that is checked, each named after it held."""
    size, root, origin = read_checkpoint(evidence["checkpoint"], key)
    demand(origin == f"sekisho/{evidence['tenant']}", "別の帳簿です", "another ledger")
    yield "帳簿の署名 / signature of the ledger"
    entries = check_entries(evidence, size, root)
    yield f"記録 {len(entries)} 件 / {len(entries)} entries in the ledger"
    check_story(entries)
    yield "通過の歩み / the steps of the crossing"
    check_permit(evidence, entries)
    yield "通行証と承認 / permit and approval"


def check_certificate(note: str, key: str) -> Iterator[str]:
    """A certificate of erasure by itself: the municipality signed it, and somebody searched for the key."""
    demand(key, "確認鍵(--key)が要ります", "a certificate needs the published verifier key (--key)")
    first, *lines = signed_text(note, key).rstrip("\n").split("\n")
    demand(first == CERTIFICATE, "削除証明書ではありません", "not a certificate of erasure")
    yield "団体の署名 / signature of the municipality"
    facts = dict(line.split(": ", 1) for line in lines)
    demand(key.startswith(f"sekisho/{facts['tenant']}+"), "別の団体の証明です", "of another municipality")
    searched = facts["searched"] == "yes" and len(facts["wrapped-key-sha256"]) == DIGEST_LENGTH
    demand(searched, "鍵が残っていないことを確かめていません", "nobody searched for the key")
    yield f"削除 {facts['erased-at']} / erased: {facts['parcel']}"


def read_and_check(place: str, key: str) -> Iterator[str]:
    """A bundle or a certificate, whichever it is; everything that is checked, each named after it held."""
    with Path(place).open("rb") as file:
        content = file.read(LARGEST_CERTIFICATE)
    if content.startswith(CERTIFICATE.encode() + b"\n"):
        yield from check_certificate(content.decode(), key)
        return
    with zipfile.ZipFile(place) as bundle:
        evidence = json.loads(bundle.read("evidence.json"))
    yield from checks(evidence, key or evidence["verifier_key"])


def main() -> int:
    """Read the command line, check, and say what held."""
    parser = argparse.ArgumentParser(description="証拠一式を確かめる / verify an evidence bundle")
    parser.add_argument("bundle")
    parser.add_argument("--key", default="", help="公表された確認鍵 / the published verifier key")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    held: list[str] = []
    fault, status = "", 0
    try:
        held.extend(read_and_check(arguments.bundle, arguments.key))
    except DoesNotHoldError as found:
        fault, status = str(found), 1
    except OSError as found:
        fault, status = f"読めません / cannot be read: {found.strerror}", 2
    except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile):
        fault, status = "証拠一式ではありません / not an evidence bundle", 2
    if arguments.json:
        print(json.dumps({"verified": status == 0, "held": held, "fault": fault}, ensure_ascii=False))
    else:
        for each in held:
            print(f"○ {each}")
        print(f"× {fault}" if fault else "確かめられました / verified")
    return status


if __name__ == "__main__":
    sys.exit(main())
