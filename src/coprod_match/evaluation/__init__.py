"""How good the answers are, measured against judged requests. Needs the extra `coprod-match[evaluate]`."""
