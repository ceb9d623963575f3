"""The portal's web site for officers, its interface for machines, and its operator's switches on loopback."""

import html
import json
import time
from datetime import date
from http.cookies import SimpleCookie
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from counterparts.answering import AnsweringHandler
from counterparts.donation_portal.shop import Shop

LARGEST_FORM = 65_536
LINK_LIMIT = 5_000
PAGE = """<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1>{body}</body></html>"""
SIGN_IN = """<form method="post" action="/login"><label>利用者ID <input name="user" id="user"></label>
<label>パスワード <input name="password" id="password" type="password"></label>
<button id="sign-in">ログイン</button></form>"""
SEARCH = """<form method="get" action="/orders"><label>申込日 から <input name="from" id="from" value="{first}"></label>
<label>まで <input name="until" id="until" value="{last}"></label><button id="search">検索</button></form>
<p id="found">{count}件 {amount}円</p>
<p><a id="download" href="/orders/download?from={first}&amp;until={last}">CSVダウンロード</a></p>
<form method="post" action="/logout"><button id="sign-out">ログアウト</button></form>"""


class Handler(AnsweringHandler):
    """What the portal's two sides share."""

    shop: ClassVar[Shop]

    def send(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        """One answer; a page may be slow and a download may be broken off on purpose."""
        self.begin(status, kind, len(body), headers)
        if kind.startswith("text/html") and self.shop.switches.slow:
            time.sleep(self.shop.switches.slow / 1000)
        cut = self.shop.take("cut") if kind.startswith("text/csv") else 0
        if cut and cut < len(body):
            self.wfile.write(body[:cut])
            self.close_connection = True
            return
        self.wfile.write(body)

    def page(self, status: int, title: str, body: str, headers: dict[str, str] | None = None) -> None:
        """Answer a person with a page."""
        whole = PAGE.format(title=html.escape(title), body=body).encode()
        self.send(status, whole, "text/html; charset=utf-8", headers)

    def take_body(self) -> bytes:
        """A small body."""
        return self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LARGEST_FORM))

    def query(self) -> dict[str, str]:
        """What stands behind the question mark."""
        return {name: values[-1] for name, values in parse_qs(urlsplit(self.path).query).items()}


class PortalHandler(Handler):
    """The web site and the interface."""

    def _signed_in(self) -> bool:
        """Has this browser signed in?"""
        morsel = SimpleCookie(self.headers.get("Cookie", "")).get("session")
        return morsel is not None and morsel.value in self.shop.sessions

    def _machine(self) -> bool:
        """Does this program have the token?"""
        return self.headers.get("Authorization", "") == f"Bearer {self.shop.token}"

    def _away(self) -> bool:
        """Is the portal down on purpose?"""
        if not self.shop.take("outage"):
            return False
        self.take_body()
        self.page(503, "ただいまメンテナンス中です", "<p>しばらくお待ちください。</p>", {"Retry-After": "60"})
        return True

    def _period(self) -> tuple[date, date]:
        """The period that was asked for; this year's if none was."""
        asked, year = self.query(), self.shop.orders[0].ordered_at.year if self.shop.orders else 1
        first = date.fromisoformat(asked.get("from") or f"{year:04d}-01-01")
        return first, date.fromisoformat(asked.get("until") or f"{year:04d}-12-31")

    def do_GET(self) -> None:
        """Pages, downloads, the interface."""
        if self._away():
            return
        path = urlsplit(self.path).path
        try:
            if path.startswith("/api/"):
                self._machine_asks(path)
            elif path in {"/", "/login"}:
                self.page(200, f"{self.shop.portal} 自治体管理画面", SIGN_IN)
            elif not self._signed_in():
                self.page(403, "ログインしてください", SIGN_IN)
            elif path == "/orders":
                self._search()
            elif path == "/orders/download":
                self._download()
            else:
                self.page(404, "見つかりません", "")
        except ValueError:
            self.page(400, "期間の書き方が違います", "")

    def _search(self) -> None:
        """What a period holds."""
        first, last = self._period()
        count, amount = self.shop.count(first, last)
        self.page(200, "寄附の検索", SEARCH.format(first=first, last=last, count=count, amount=amount))

    def _download(self) -> None:
        """The file of a period."""
        first, last = self._period()
        name = f"{self.shop.portal}_{first:%Y%m%d}_{last:%Y%m%d}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        self.send(200, self.shop.export(first, last), "text/csv", headers)

    def _machine_asks(self, path: str) -> None:
        """The interface: a period, or what is new behind a cursor."""
        if not self._machine():
            self.answer(401, {"ja": "トークンが違います", "en": "wrong token"})
        elif path == "/api/v1/orders":
            first, last = self._period()
            count, amount = self.shop.count(first, last)
            self.send(200, self.shop.export(first, last), "text/csv", self._counts(count, amount))
        elif path == "/api/v1/changes":
            self._changes()
        else:
            self.answer(404, {"ja": "見つかりません", "en": "not found"})

    @staticmethod
    def _counts(count: int, amount: int) -> dict[str, str]:
        """How many orders a file has, and how much they come to."""
        return {"Portal-Orders": str(count), "Portal-Amount": str(amount)}

    def _changes(self) -> None:
        """What is new behind a cursor, or behind what was acknowledged."""
        asked = self.query()
        cursor = int(asked.get("cursor") or self.shop.acknowledged())
        limit = min(int(asked.get("limit") or LINK_LIMIT), self.shop.switches.page or LINK_LIMIT)
        body, following, found = self.shop.changes(cursor, limit)
        headers = self._counts(len(found), sum(each.amount for each in found))
        self.send(200, body, "text/csv", {**headers, "Portal-Cursor": str(following)})

    def do_POST(self) -> None:
        """Sign in, sign out, acknowledge. Nothing else is taken: a municipality gives the portal nothing."""
        if self._away():
            return
        body, path = self.take_body(), urlsplit(self.path).path
        if path == "/login":
            said = {name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
            session = self.shop.sign_in(said.get("user", ""), said.get("password", ""))
            if session is None:
                self.page(403, "利用者IDまたはパスワードが違います", SIGN_IN)
                return
            cookie = f"session={session}; HttpOnly; SameSite=Strict; Path=/"
            self.send(303, b"", "text/html", {"Location": "/orders", "Set-Cookie": cookie})
        elif path == "/logout":
            morsel = SimpleCookie(self.headers.get("Cookie", "")).get("session")
            self.shop.sessions.discard(morsel.value if morsel else "")
            self.send(303, b"", "text/html", {"Location": "/login", "Set-Cookie": "session=; Max-Age=0; Path=/"})
        elif path == "/api/v1/changes/acknowledgement" and self._machine():
            self.answer(200, {"cursor": self.shop.acknowledge(int(json.loads(body)["cursor"]))})
        else:
            self.answer(404, {"ja": "受け付けません", "en": "not taken"})


class OperatorHandler(Handler):
    """The operator's switches."""

    def do_POST(self) -> None:
        """Set the switches that an operator sent."""
        self.shop.switch(json.loads(self.take_body() or b"{}"))
        self.answer(200, {"set": True})

    def do_GET(self) -> None:
        """What the portal knows of itself: orders, amounts, how far the link has come."""
        orders = self.shop.orders
        amount = sum(each.amount for each in orders)
        self.answer(200, {"orders": len(orders), "amount": amount, "cursor": self.shop.acknowledged()})
