"""Notices from the registry office (地方税法382条): the diff that an officer decides."""
