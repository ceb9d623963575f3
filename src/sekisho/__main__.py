"""`python -m sekisho` is the `sekisho` command."""

from sekisho.cli import main

main(prog_name="sekisho")
