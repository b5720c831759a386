"""A trained second opinion: does a text speak of a claim, and is it for it, against it, or only observing? Weights in, judgement out."""
