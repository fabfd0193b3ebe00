"""How often the engine declines what is not its business, and how often it wrongly declines what is.

python benchmarks/scope.py benchmarks/scope/development.yaml
"""

import sys
from pathlib import Path

import yaml

from coprod_match import Matcher


def main(file: Path) -> None:
    """Print both rates for the requests of a file."""
    requests = yaml.safe_load(file.read_text(encoding="utf-8"))
    matcher = Matcher.load()
    for genuine, label in ((False, "out of scope, declined"), (True, "odd but genuine, declined")):
        asked = [request for request in requests if request["in_scope"] is genuine]
        answers = [
            matcher.recommend(role=request.get("role"), place=request.get("place"), text=request["text"])
            for request in asked
        ]
        declined = sum(not answer.recommendations for answer in answers)
        print(f"{label}: {declined} of {len(asked)} ({declined / len(asked):.0%})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
