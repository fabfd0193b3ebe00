"""The command line: reads input, calls one library function, prints."""

import gc
import os
import sys

from coprod_match.cli.exits import EXIT_DATA, EXIT_INTERRUPTED


def main() -> None:
    """Run the command line. A reader that stops early, such as `head`, is no error; a full disk is."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the products are small: threads would cost more than they save
    if sys.stdout is None:  # it was closed before we began
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    try:
        from coprod_match.cli.app import app  # here, so that Ctrl-C while it is loaded ends as quietly as later

        try:
            app()
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        _give_up_output()
    except OSError as error:
        _give_up_output()
        sys.stderr.write(f"Sorry: the answer cannot be written: {error.strerror}.\n")
        sys.exit(EXIT_DATA)
    finally:
        gc.freeze()  # the process ends: a search for garbage in all that was loaded takes long and frees nothing of use


def _give_up_output() -> None:
    """Point standard output at nothing, or Python would try once more to write what is left when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
