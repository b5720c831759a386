"""``make models``: fits the weights in ``services/classifier/models`` anew. Not part of the running service, which only reads them."""
