"""`python -m sekisho.web`: the screens as a process, behind nothing on localhost or behind a proxy that speaks TLS."""

from sekisho.web.serving import serve_screens

if __name__ == "__main__":
    serve_screens("sekisho.web", 8000)
