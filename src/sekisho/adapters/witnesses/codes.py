"""Requests and sign-offs as QR codes: printed in the minutes, and read back from a photograph or a scan."""

import io
import re
from typing import Final

import zxingcpp
from PIL import Image, UnidentifiedImageError

from sekisho.kernel import SekishoError

LARGEST_TEXT: Final = 2_300
"""What fits in one code with a margin against folds and stains (level L: 2,953 bytes)."""
_SIZE: Final = re.compile(r'<svg width="(\d+)" height="(\d+)"')
_MOST_PIXELS: Final = 64_000_000


def code_picture(text: str) -> str:
    """The text as one QR code, as an SVG drawing; nothing if it does not fit in one.

    The drawing has no size of its own and no colour but black, so that it prints as sharp as the printer is.
    """
    if len(text.encode()) > LARGEST_TEXT:
        return ""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    drawing = str(zxingcpp.write_barcode_to_svg(code, add_quiet_zones=True))
    return _SIZE.sub(r'<svg viewBox="0 0 \1 \2"', drawing[drawing.index("<svg") :])


def read_code(picture: bytes) -> str:
    """The text of the one QR code on a picture.

    Raises:
        SekishoError: It is no picture, or there is no code on it, or more than one.

    """
    try:
        with Image.open(io.BytesIO(picture)) as image:
            if image.width * image.height > _MOST_PIXELS:
                message = "画像が大きすぎます / the picture is too large"
                raise SekishoError(message)
            found = zxingcpp.read_barcodes(image.convert("L"), formats=zxingcpp.barcode_formats_from_str("QRCode"))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as fault:
        message = "画像として読めません / this is not a picture"
        raise SekishoError(message) from fault
    if len(found) != 1:
        message = "二次元コードを一つだけ写してください / take a picture of exactly one QR code"
        raise SekishoError(message)
    return str(found[0].text)
