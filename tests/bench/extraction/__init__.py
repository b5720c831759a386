"""Extraction from article pages, scored: texts, titles, dates, authors, and pages per CPU second, ours beside others'."""
