"""From a request to ranked, explained entries: pure functions over the values of `model`."""
