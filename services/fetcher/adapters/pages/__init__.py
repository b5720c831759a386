"""Articles' own pages, read: text, who wrote it, when, and what the page says of itself."""
