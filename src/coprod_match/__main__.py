"""`python -m coprod_match` is `coprod-match`."""

from coprod_match.cli import main

if __name__ == "__main__":
    main()
