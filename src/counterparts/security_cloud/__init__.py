"""A stand-in for the prefecture's security cloud (自治体情報セキュリティクラウド): the only way out to the internet.

It runs Debian's Squid as a process of its own. Whatever does not stand on the allow-list is turned away.
"""
