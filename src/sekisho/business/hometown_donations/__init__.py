"""Hometown donations (ふるさと納税): what is known of a donation, its receipts, who a donor is, one-stop applications."""
