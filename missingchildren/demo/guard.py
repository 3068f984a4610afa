"""Runs one command and ends it when the process that asked for it is gone; standard library only."""

import argparse
import contextlib
import ctypes
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1


def main() -> int:
    """Run the command until it ends or the other end of the pipe closes; return its code."""
    arguments = _arguments()
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    stopping = False

    def stop(_number: int, _frame: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    child = _start(arguments)
    while not stopping and child.poll() is None:
        ready, _, _ = select.select([arguments.pipe, woken], [], [])
        if woken in ready:
            os.read(woken, 512)
        if arguments.pipe in ready and not os.read(arguments.pipe, 512):
            stopping = True
    _end(child, with_signal=arguments.signal, within=arguments.within)
    if arguments.sweep:
        shutil.rmtree(arguments.sweep, ignore_errors=True)
        with contextlib.suppress(OSError):
            arguments.sweep.parent.rmdir()
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pipe", type=int, required=True, help="closed by the parent's death")
    parser.add_argument("--signal", type=int, default=int(signal.SIGTERM))
    parser.add_argument("--within", type=float, default=6.0, help="seconds before SIGKILL")
    parser.add_argument("--user", type=int, help="user id to run as")
    parser.add_argument("--group", type=int, help="group id to run as")
    parser.add_argument("--sweep", type=Path, help="folder to remove afterwards")
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


def _start(arguments: argparse.Namespace) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603
        arguments.command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        user=arguments.user,
        group=arguments.group,
        extra_groups=None if arguments.user is None else [],
        preexec_fn=_before_command(arguments.signal),  # noqa: PLW1509 there are no threads here
    )


def _before_command(number: int) -> Callable[[], None]:
    """Return what the new process does first: undo our signals and, on Linux, bind itself to us."""
    prctl = ctypes.CDLL(None).prctl if sys.platform.startswith("linux") else None

    def prepare() -> None:
        for changed in (signal.SIGINT, signal.SIGHUP):
            signal.signal(changed, signal.SIG_DFL)
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)

    return prepare


def _end(child: "subprocess.Popen[bytes]", *, with_signal: int, within: float) -> None:
    if child.poll() is None:
        child.send_signal(with_signal)
        deadline = time.monotonic() + within
        while child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


if __name__ == "__main__":
    sys.exit(main())
