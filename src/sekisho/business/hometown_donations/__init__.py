"""Hometown donations (ふるさと納税): donations, receipts, who a donor is, one-stop applications."""
