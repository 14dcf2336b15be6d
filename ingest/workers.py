"""Processes that read the files of an import; what they give comes back in the order of the files.

Each has a pipe of its own, so that where one dies the file that it was reading is known: that one is refused, another
process reads the rest. This process alone asks the store and writes into it.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import connection, get_context
from multiprocessing.process import BaseProcess
from typing import Any, Literal

from graph.errors import InputRefused, MaillageError
from ingest.files import Input, size
from ingest.fragment import ImportMeta
from ingest.pipeline import Prepared

log = logging.getLogger(__name__)
Method = Literal["fork", "spawn"]
Work = Callable[[Input, ImportMeta], Prepared]  # a function of a module: it is named to the other process
Ask = tuple[Input, ImportMeta]
AHEAD = 32  # files read, or being read, before their turn to be written: more would only fill memory
_QUEUED = 2  # files with a worker, so that it never waits for its next one
_FALSE_STARTS = 3  # workers that end one after the other before they could read: no more are hired
_READY = None  # the first message of a worker


def start_method() -> Method:
    """How a worker begins: as a copy of this process, which shares its language model, or else from nothing.

    A copy is safe while no other thread holds a lock, and on Linux only: macOS forbids it to its own libraries.
    """
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def read_aside(
    asks: Iterator[Ask | None], work: Work, processes: int, method: Method
) -> Generator[Callable[[], Prepared] | None, None, None]:
    """For each of `asks` in its order, the call that gives what `work` made of it in some process, or raises for it.

    None for an ask that is None, and where no process could be started: the caller does these itself. `asks` are
    taken in order, at most AHEAD before their turn; of those taken the largest file is read first.
    """
    desk = _Desk(asks, work, method)
    try:
        desk.hire(processes)
        while not desk.is_done():
            yield desk.next_answer()
    finally:
        desk.close()


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    pipe: connection.Connection
    sent: deque[int] = field(default_factory=deque)  # files by number; the first is being read
    ready: bool = False  # it has begun: what ends it from then on is the file that it reads


class _Desk:
    """Who reads what: files by their number in the batch."""

    def __init__(self, asks: Iterator[Ask | None], work: Work, method: Method) -> None:
        self._asks, self._work, self._method = enumerate(asks), work, method
        self._context: Any = get_context(method)  # what all of them share has no `Process` for mypy
        self._team: list[_Worker] = []
        self._taken: dict[int, Ask | None] = {}  # and not answered for
        self._waiting: dict[int, int] = {}  # taken and with no worker yet: its bytes
        self._answers: dict[int, Prepared | MaillageError] = {}
        self._turn = 0
        self._more = True
        self._false_starts = 0

    def hire(self, count: int) -> None:
        """Add workers, as many as the system grants. Its refusal of one more is told by who is there."""
        with suppress(OSError):
            for _ in range(count):
                here, there = self._context.Pipe()
                # A copy of this process holds its ends of the pipes: it would never see that this process is gone.
                copied = [here, *(w.pipe for w in self._team)] if self._method == "fork" else []
                process = self._context.Process(target=_serve, args=(there, self._work, copied), daemon=True)
                process.start()
                there.close()  # so that its end is seen when the process ends
                self._team.append(_Worker(process, here))

    def is_done(self) -> bool:
        self._take()
        return not self._more and not self._taken

    def next_answer(self) -> Callable[[], Prepared] | None:
        """What became of the file whose turn it is; waits for it."""
        at = self._turn
        self._collect(0)
        while self._taken[at] is not None and at not in self._answers and self._team:
            self._collect(None)
        self._turn += 1
        del self._taken[at]
        self._waiting.pop(at, None)
        return partial(told, self._answers.pop(at)) if at in self._answers else None

    def close(self) -> None:
        """End every worker, whatever it does."""
        for worker in self._team:
            worker.process.terminate()
        for worker in self._team:
            worker.process.join()
            worker.pipe.close()

    def _take(self) -> None:
        while self._more and len(self._taken) < AHEAD:
            number, ask = next(self._asks, (-1, None))
            self._more = number >= 0
            if self._more:
                self._taken[number] = ask
            if ask is not None:
                self._waiting[number] = size(ask[0])

    def _collect(self, seconds: float | None) -> None:
        """Hand out, then take in what has come, waiting so long for it (None: until something comes)."""
        self._take()
        self._hand_out()
        pipes = {worker.pipe: worker for worker in self._team}
        for pipe in connection.wait(list(pipes), seconds):
            self._receive(pipes[pipe])  # type: ignore[index]  # what was waited for
        self._hand_out()

    def _hand_out(self) -> None:
        ready = [worker for worker in self._team if worker.ready]
        while self._waiting and ready:
            worker = min(ready, key=lambda w: len(w.sent))
            # The last files wait for whoever is free first.
            if len(worker.sent) >= (_QUEUED if len(self._waiting) > len(self._team) else 1):
                return
            number = max(self._waiting, key=lambda n: (self._waiting[n], -n))
            try:
                worker.pipe.send(self._taken[number])
            except OSError:  # it is gone: told when its pipe is read
                return
            worker.sent.append(number)
            del self._waiting[number]

    def _receive(self, worker: _Worker) -> None:
        try:
            answer: Prepared | MaillageError | None = worker.pipe.recv()
        except (EOFError, OSError):
            self._replace(worker)
            return
        if answer is _READY:
            worker.ready, self._false_starts = True, 0
        else:
            self._answers[worker.sent.popleft()] = answer

    def _replace(self, worker: _Worker) -> None:
        """The file that a dead worker was reading is refused; those that it had not begun wait again."""
        self._team.remove(worker)
        worker.pipe.close()
        worker.process.join()
        if worker.sent:
            number = worker.sent.popleft()
            code = worker.process.exitcode
            self._answers[number] = InputRefused(self._asked(number).shown, f"reading it broke a process (code {code})")
        self._waiting |= {number: size(self._asked(number)) for number in worker.sent}
        self._false_starts += not worker.ready
        if self._false_starts < _FALSE_STARTS:
            self.hire(1)

    def _asked(self, number: int) -> Input:
        ask = self._taken[number]
        assert ask is not None  # only such are sent
        return ask[0]


def told(answer: Prepared | MaillageError) -> Prepared:
    """What another process made of a file; raises what that process refused it for."""
    if isinstance(answer, MaillageError):
        raise answer
    return answer


def _serve(pipe: connection.Connection, work: Work, copied: Sequence[connection.Connection]) -> None:
    """The other process: one file after the other, until it is ended or the first process is gone.

    `copied`: ends of pipes that are the first process's.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of the keyboard: the first process ends this one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for end in copied:
        end.close()
    with suppress(EOFError, OSError):
        pipe.send(_READY)
        while True:
            item, meta = pipe.recv()
            pipe.send(_answer(item, meta, work))


def _answer(item: Input, meta: ImportMeta, work: Work) -> Prepared | MaillageError:
    try:
        return work(item, meta)
    except InputRefused as refused:
        return refused
    except MaillageError as error:
        return MaillageError(str(error))  # as a message: not every error can be sent
    except Exception as error:  # the edge of one file, as `ingest.batch.guarded`
        log.debug("import failed", exc_info=True)
        return unforeseen(item, error)


def unforeseen(item: Input, error: Exception) -> InputRefused:
    """The refusal of a file over an error that nobody foresaw."""
    return InputRefused(item.shown, f"could not be imported ({type(error).__name__}); please report this file")
