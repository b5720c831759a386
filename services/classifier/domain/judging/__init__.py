"""From readings to a status: tracks (articles and their copies), words, the status rule, episodes, announcements."""
