"""Pages of our own making, as outlets build them."""

import json
from typing import Any

URL = "https://albion.example/world/2026/03/01/dam-holds.html"
PARAGRAPHS = (
    "OSTRAVA (CPA) - The dam above the town has held through the night, the river board said on Sunday morning.",
    "Nobody had to leave the low quarters, although the fire brigade had gone from door to door before midnight.",
    "The board said that the water had fallen by forty centimetres since two o'clock, and that it expected no second wave.",
    "Engineers will look at the northern wall this week; a crack found there in 2019 was closed in the following year.",
    "The mayor, Hana Kral, thanked the volunteers and asked the inhabitants to keep away from the banks until Tuesday.",
    "The river had last come so high in 1997, when the old bridge was lost and four thousand people were brought to safety.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def script(*nodes: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(nodes[0] if len(nodes) == 1 else list(nodes))}</script>'


def document(body: str, *, head: str = "", lang: str = "en") -> bytes:
    return f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()


def article(*, head: str = "", before: str = "", after: str = "", text: str | None = None) -> bytes:
    """Return a page with everything around the article that outlets put there."""
    inner = text if text is not None else paragraphs(*PARAGRAPHS)
    return document(
        f"""
        <div class="cookie-banner"><p>We use cookies to make this site better for you, and to show you what our sponsors like.</p></div>
        <header><nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav></header>
        <main><article>
          <h1>Dam above Ostrava holds</h1>
          <div class="byline">By <a rel="author" href="/people/rc">Ruth Calder</a></div>
          {before}
          <div class="article-body">{inner}</div>
          <figure><img src="dam.jpg"><figcaption>The dam above the town on Saturday evening, seen from the northern bank of the river.</figcaption></figure>
          {after}
          <div class="related-links"><h3>Read also</h3><ul><li><a href="/a">Rain stops play at the county ground on the second day</a></li></ul></div>
        </article></main>
        <aside class="sidebar"><h2>Most read</h2><ol><li><a href="/b">Ten ways to cook a turnip, by people who like it</a></li></ol></aside>
        <section id="comments"><p>I was there and it was much worse than they say, the whole cellar was full of water by then.</p></section>
        <footer><p>Albion Times is a member of the press council and belongs to its readers since 1921. All rights reserved.</p></footer>
        """,
        head=f"<title>Dam above Ostrava holds | Albion Times</title>{head}",
    )
