"""S-245 会議録: drafted, edited, confirmed by those present, redacted by two and a machine, published, corrected."""
