"""S-250 接続の調査: connections that were never put to the council, and what is done about each."""
