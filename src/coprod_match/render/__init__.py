"""From a result to text: pure functions that return strings or plain data."""
