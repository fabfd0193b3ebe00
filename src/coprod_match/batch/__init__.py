"""A sheet of requests in, an answer for each of its rows out."""
