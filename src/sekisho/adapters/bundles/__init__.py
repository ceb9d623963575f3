"""Evidence bundles: one file that proves a crossing to somebody who does not trust us, with its own verifier."""

import json
import zipfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

_DAY: Final = (2019, 11, 19, 0, 0, 0)
_README: Final = """証拠一式 / Evidence bundle

一件の通過を、関所の画面もデータベースも使わずに確かめるためのファイルです。
This file proves one crossing without our screens and without our database.

  python3 -m zipfile -e BUNDLE.zip FOLDER
  python3 FOLDER/verify.py BUNDLE.zip [--key VERIFIER_KEY] [--json]

必要なもの / needs: Python 3.11, cryptography
確認鍵(--key)は、この一式からではなく、団体の公表したものを使ってください。
Take the verifier key (--key) from where the office publishes it, not from this bundle.
終了状態 / exit status: 0 確かめられた, 1 合わない, 2 読めない
"""


def write_bundle(path: Path, evidence: Mapping[str, Any]) -> Path:
    """Write the bundle of a crossing: the evidence, the verifier, how to use it. The same evidence, the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    verifier = files(__package__).joinpath("verify.py").read_text(encoding="utf-8")
    members = {
        "evidence.json": json.dumps(evidence, ensure_ascii=False, sort_keys=True, indent=1),
        "verify.py": verifier,
        "README.txt": _README,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in members.items():
            bundle.writestr(zipfile.ZipInfo(name, _DAY), text, zipfile.ZIP_DEFLATED)
    return path
