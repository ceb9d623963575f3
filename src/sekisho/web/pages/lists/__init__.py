"""Lists that leave as a workbook, each written into the ledger before its first byte."""
