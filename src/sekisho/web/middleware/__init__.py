"""What happens to every request before a page sees it, and to every answer before it leaves."""
