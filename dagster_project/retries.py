"""What is tried again: steps that a disk or a network refused for a moment, and nothing else.

Belongs here: telling what passes by itself from what a second try would only repeat. Does not
belong here: runs whose process died (the instance's run retries, deploy/dagster.yaml).
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from stadsdel.errors import StadsdelError

_INTERRUPTED = "Interrupted. Readers hold what was published last; the next refresh goes on."

# Some five, fifteen and thirty-five seconds, or less: a share that is mounted again is back by
# then, and steps that failed side by side do not come back side by side.
POLICY = dg.RetryPolicy(
    max_retries=3, delay=5, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.FULL
)

# A full disk or a missing permission waits for a person; these do not.
_PASSING = frozenset(
    {
        errno.EAGAIN,
        errno.EBUSY,
        errno.EINTR,
        errno.EIO,
        errno.ESTALE,
        errno.ETIMEDOUT,
        errno.ECONNABORTED,
        errno.ECONNRESET,
        errno.EHOSTDOWN,
        errno.EHOSTUNREACH,
        errno.ENETDOWN,
        errno.ENETRESET,
        errno.ENETUNREACH,
        errno.ENOTCONN,
    }
)


@contextmanager
def of_what_passes() -> Iterator[None]:
    """Let errors that pass reach the step's retry policy; end the step for good on any other.

    An interrupt ends it, too: Dagster would try again, as if nobody had asked for the end.
    """
    try:
        yield
    except dg.Failure:
        raise
    except (KeyboardInterrupt, dg.DagsterExecutionInterruptedError) as interrupt:
        raise dg.Failure(_INTERRUPTED, allow_retries=False) from interrupt
    except Exception as error:
        if _passes(error):
            raise
        told = (
            str(error) if isinstance(error, StadsdelError) else f"{type(error).__name__}: {error}"
        )
        raise dg.Failure(told, allow_retries=False) from error


def _passes(error: BaseException | None) -> bool:
    """Return whether an error, or what caused it, is one that passes by itself."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _PASSING:
            return True
        error = error.__cause__
    return False
