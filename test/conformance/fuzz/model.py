# model.py - asyncio as the random programs need it
"""CPython's asyncio on a virtual clock.

Where aio differs on purpose, or CPython 3.11 depends on the order of a set, the
model below says so; everything else is asyncio's own code.
"""
import asyncio
import heapq
from asyncio import events, tasks


class StableTimer(events.TimerHandle):
    """Equal deadlines fire in the order of their calls; heapq alone is not stable."""

    count = 0

    def __init__(self, *args):
        super().__init__(*args)
        StableTimer.count += 1
        self.sequence = StableTimer.count

    def __lt__(self, other):
        return (self._when, self.sequence) < (other._when, other.sequence)


class Task(tasks._PyTask):
    """Gives its CancelledError, with the message, to every reader and not only the first.

    In a circle of tasks that wait for each other, cancel() is a RecursionError
    in CPython; aio makes one task leave the circle. No trace to compare then.
    """

    circles = 0
    passing = False

    def cancel(self, msg=None):
        if self.passing:
            Task.circles += 1
            raise RecursionError
        self.passing = True
        try:
            return super().cancel(msg)
        finally:
            self.passing = False

    def _make_cancelled_error(self):
        return self._cancelled_exc or super()._make_cancelled_error()


class Deadlock(Exception):
    pass


class VirtualLoop(asyncio.SelectorEventLoop):
    """Jumps to the next timer instead of sleeping."""

    def __init__(self):
        super().__init__()
        self.now = 0
        self.all = []
        self.set_task_factory(self.make_task)
        self.set_exception_handler(lambda loop, context: None)
        select = self._selector.select
        self._selector.select = lambda timeout: self.skip(timeout) or select(0)

    def make_task(self, loop, coro, context=None):
        task = Task(coro, loop=loop, context=context)
        self.all.append(task)
        return task

    def time(self):
        return self.now

    def skip(self, timeout):
        if timeout is None:
            raise Deadlock
        if timeout > 0:
            self.now = max(self.now, self._scheduled[0]._when)

    def call_at(self, when, callback, *args, context=None):
        self._check_closed()
        timer = StableTimer(when, callback, args, self, context)
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer


def all_tasks(loop=None):
    """In the order of creation; asyncio gives a set."""
    return [task for task in (loop or asyncio.get_running_loop()).all if not task.done()]


asyncio.all_tasks = tasks.all_tasks = all_tasks


class OrderedSet(dict):
    def add(self, item):
        self[item] = None

    def discard(self, item):
        self.pop(item, None)


class TaskGroup(asyncio.TaskGroup):
    """Cancels in order; takes back its own cancellation after the join (CPython main)."""

    def __init__(self):
        super().__init__()
        self._tasks = OrderedSet()

    async def __aexit__(self, kind, error, trace):
        self._exiting = True
        if error is not None and self._is_base_error(error) and self._base_error is None:
            self._base_error = error
        cancellation = error if kind is asyncio.CancelledError else None
        if kind is not None and not self._aborting:
            self._abort()
        while self._tasks:
            if self._on_completed_fut is None:
                self._on_completed_fut = self._loop.create_future()
            try:
                await self._on_completed_fut
            except asyncio.CancelledError as request:
                if not self._aborting:
                    cancellation = request
                    self._abort()
            self._on_completed_fut = None
        if self._parent_cancel_requested and self._parent_task.uncancel() == 0:
            cancellation = None
        if self._base_error is not None:
            raise self._base_error
        if cancellation and not self._errors:
            raise cancellation
        if kind is not None and kind is not asyncio.CancelledError:
            self._errors.append(error)
        if self._errors:
            raise BaseExceptionGroup("unhandled errors in a TaskGroup", self._errors) from None


async def wait_for(awaitable, timeout):
    """As in 3.12, where a cancellation is never lost."""
    if timeout is not None and timeout <= 0:
        return await asyncio.wait_for(awaitable, timeout)
    async with asyncio.timeout(timeout):
        return await awaitable


def as_completed(futures, timeout):
    """As in 3.11, but the order of the futures counts, and the timer goes with the loop."""
    loop = asyncio.get_running_loop()
    done = asyncio.Queue()
    todo = OrderedSet((asyncio.ensure_future(future), None) for future in futures)
    timer = None

    def on_timeout():
        for future in todo:
            future.remove_done_callback(on_done)
            done.put_nowait(None)
        todo.clear()

    def on_done(future):
        if not todo:
            return
        todo.pop(future)
        done.put_nowait(future)
        if not todo and timer is not None:
            timer.cancel()

    async def wait_for_one():
        future = await done.get()
        if future is None:
            raise TimeoutError
        return future.result()

    for future in todo:
        future.add_done_callback(on_done)
    if todo and timeout is not None:
        timer = loop.call_later(timeout, on_timeout)
    try:
        for _ in range(len(todo)):
            yield wait_for_one()
    finally:
        if timer is not None:
            timer.cancel()


class Condition(asyncio.Condition):
    """A notification that meets a cancellation goes to the next waiter."""

    async def wait(self):
        if not self.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        self.release()
        error = None
        future = asyncio.get_running_loop().create_future()
        self._waiters.append(future)
        try:
            await future
        except asyncio.CancelledError as request:
            error = request
        self._waiters.remove(future)
        notified = error is None
        if error and not future.cancelled():
            self.pass_on()
        while True:
            try:
                await self.acquire()
                break
            except asyncio.CancelledError as request:
                error = request
        if not error:
            return True
        if notified:
            self.pass_on()
        raise error

    def pass_on(self):
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(False)
                return
