"""`python -m sekisho.web.donation_manager`: the donation manager's screens as a process."""

from sekisho.web.serving import serve_screens

if __name__ == "__main__":
    serve_screens("sekisho.web.donation_manager", 8100)
