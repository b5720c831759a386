"""The demo: a small news site that tells the story of summer 2017 again, and a receiver that checks every webhook."""
