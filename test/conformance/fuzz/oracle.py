# oracle.py - runs the random programs on asyncio
"""Interprets programs with CPython's asyncio on a virtual clock.

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


def error_text(error):
    if isinstance(error, asyncio.CancelledError):
        return "C:" + (error.args[0] if error.args and error.args[0] else "")
    if isinstance(error, BaseExceptionGroup):
        return "G[" + " ".join(error_text(inner) for inner in error.exceptions) + "]"
    if isinstance(error, ValueError):
        return "V:" + str(error.args[0])
    names = {TimeoutError: "T", asyncio.InvalidStateError: "I", RuntimeError: "R", asyncio.QueueFull: "QF",
             asyncio.QueueEmpty: "QE"}
    return names.get(type(error), repr(error))


def value_text(value):
    if isinstance(value, list):
        return "[" + " ".join(map(value_text, value)) + "]"
    # The message of a cancelled child gets lost in CPython.
    if isinstance(value, asyncio.CancelledError):
        return "C"
    return error_text(value) if isinstance(value, BaseException) else str(value)


class Slot:
    def __init__(self, kind, future):
        self.kind, self.future = kind, future

    @property
    def number(self):
        """Whether the result is a number, and not that of a gather."""
        return self.kind != "gather"


class Env:
    """What a running body knows."""

    def __init__(self, label, group):
        self.label, self.group, self.result = label, group, 0
        self.limits = []


CAUGHT = (Exception, asyncio.CancelledError)


class Machine:
    def __init__(self, bodies, slots):
        self.bodies = bodies
        self.slots = [None] * slots
        self.labels = 0
        self.trace = []
        self.frozen = False

    def make_objects(self):
        self.events = [asyncio.Event() for _ in range(2)]
        self.locks = [asyncio.Lock() for _ in range(2)]
        self.semaphores = [asyncio.Semaphore(2)]
        self.queues = [asyncio.Queue(), asyncio.Queue(1), asyncio.PriorityQueue(2), asyncio.LifoQueue()]
        self.conditions = [Condition()]

    def log(self, env, op, text):
        if not self.frozen:
            time = asyncio.get_running_loop().time()
            self.trace.append(f"{time} {env.label}.{op.number} {op.name} {text}".rstrip())

    def body(self, index, group=None):
        """The coroutine of a body; its label counts in the order of creation."""
        self.labels += 1
        return self.run_body(index, Env(f"b{index}#{self.labels}", group))

    async def run_body(self, index, env):
        await self.run(self.bodies[index], env)
        return env.result

    async def run(self, block, env):
        """True when the body returned."""
        for op in block:
            if self.frozen:
                return True
            if hasattr(self, "do_" + op.name):
                getattr(self, "do_" + op.name)(op, env, *op.args)
            elif await getattr(self, "op_" + op.name)(op, env, *op.args):
                return True
        return False

    # Operations that do not suspend; callbacks use them too.
    def do_cancel(self, op, env, slot, message):
        if found := self.slots[slot]:
            text = f"m{message}" if message else None
            self.log(env, op, found.future.cancel(text))

    def do_cself(self, op, env, message):
        asyncio.current_task().cancel(f"m{message}" if message else None)

    def do_uncancel(self, op, env, slot):
        found = self.slots[slot]
        if found and found.kind == "task":
            before = found.future.cancelling()
            self.log(env, op, f"{before} {found.future.uncancel()}")

    def do_fut(self, op, env, slot):
        self.slots[slot] = Slot("fut", asyncio.get_running_loop().create_future())

    def do_set(self, op, env, slot, value):
        found = self.slots[slot]
        if found and found.kind == "fut":
            try:
                found.future.set_result(value)
            except asyncio.InvalidStateError as error:
                self.log(env, op, error_text(error))

    def do_fail(self, op, env, slot, value):
        found = self.slots[slot]
        if found and found.kind == "fut":
            try:
                found.future.set_exception(ValueError(value))
            except asyncio.InvalidStateError as error:
                self.log(env, op, error_text(error))

    def do_cb(self, op, env, slot):
        if found := self.slots[slot]:
            found.future.add_done_callback(
                lambda done: self.log(env, op, "cancelled" if done.cancelled() else "done"))

    def do_info(self, op, env):
        self.log(env, op, f"{asyncio.current_task().cancelling()} {len(all_tasks())}")

    def do_raise(self, op, env, value):
        raise ValueError(value)

    def do_spawn(self, op, env, slot, body):
        self.slots[slot] = Slot("task", asyncio.create_task(self.body(body)))

    def do_gspawn(self, op, env, slot, body):
        if env.group is None:
            return
        coro = self.body(body, env.group)
        try:
            self.slots[slot] = Slot("task", env.group.create_task(coro))
        except RuntimeError:
            coro.close()
            self.log(env, op, "R")

    def do_later(self, op, env, delay):
        def act():
            self.log(env, op, "runs")
            for inner in op.blocks[0]:
                getattr(self, "do_" + inner.name)(inner, env, *inner.args)
        loop = asyncio.get_running_loop()
        loop.call_soon(act) if delay < 0 else loop.call_later(delay, act)

    def do_eset(self, op, env, event):
        self.events[event].set()

    def do_eclear(self, op, env, event):
        self.events[event].clear()

    def do_qputn(self, op, env, queue, value):
        try:
            self.queues[queue].put_nowait(value)
        except asyncio.QueueFull as error:
            self.log(env, op, error_text(error))

    def do_qgetn(self, op, env, queue):
        try:
            self.log(env, op, self.queues[queue].get_nowait())
        except asyncio.QueueEmpty as error:
            self.log(env, op, error_text(error))

    def do_qdone(self, op, env, queue):
        try:
            self.queues[queue].task_done()
        except ValueError:
            self.log(env, op, "too many")

    def do_notify(self, op, env, condition, count):
        try:
            self.conditions[condition].notify(count)
        except RuntimeError as error:
            self.log(env, op, error_text(error))

    def do_resched(self, op, env, delay):
        if env.limits:
            try:
                env.limits[-1].reschedule(None if delay < 0 else asyncio.get_running_loop().time() + delay)
            except RuntimeError as error:
                self.log(env, op, error_text(error))

    # Operations that may suspend.
    async def op_sleep(self, op, env, delay):
        await asyncio.sleep(delay)
        self.log(env, op, "")

    async def op_spin(self, op, env, count):
        for _ in range(count):
            await asyncio.sleep(0)
            self.log(env, op, "")

    async def op_call(self, op, env, body):
        self.log(env, op, await self.body(body, env.group))

    async def op_await(self, op, env, slot):
        found = self.slots[slot]
        if found and found.future is not asyncio.current_task():
            self.log(env, op, value_text(await found.future))

    async def op_ret(self, op, env, value):
        env.result = value
        return True

    async def op_try(self, op, env, again):
        try:
            return await self.run(op.blocks[0], env)
        except CAUGHT as caught:
            error = caught
        self.log(env, op, error_text(error))
        if await self.run(op.blocks[1], env):
            return True
        if again:
            raise error

    async def op_finally(self, op, env):
        try:
            result = await self.run(op.blocks[0], env)
        except CAUGHT as caught:
            await self.run(op.blocks[1], env)
            raise caught
        await self.run(op.blocks[1], env)
        return result

    def awaitables(self, items, numbers):
        """The futures of the items that can be used; a body becomes a coroutine."""
        found = []
        for item in items:
            if item >= 100:
                found.append(self.body(item - 100))
            elif (slot := self.slots[item]) and (slot.number or not numbers):
                found.append(slot.future)
        return found

    async def op_gather(self, op, env, slot, outcomes, *items):
        children = [asyncio.ensure_future(item) for item in self.awaitables(items, True)]
        found = asyncio.gather(*children, return_exceptions=bool(outcomes))
        self.slots[slot] = Slot("gather", found)

    async def op_shield(self, op, env, source, target):
        if found := self.slots[source]:
            outer = asyncio.shield(found.future)
            kind = found.kind if outer is found.future or found.kind == "gather" else "shield"
            self.slots[target] = Slot(kind, outer)

    async def op_wait(self, op, env, mode, timeout, *items):
        futures = self.awaitables(items, False)
        if not futures:
            return
        mode = (asyncio.FIRST_COMPLETED, asyncio.FIRST_EXCEPTION, asyncio.ALL_COMPLETED)[mode]
        done, pending = await asyncio.wait(futures, timeout=None if timeout < 0 else timeout, return_when=mode)
        unique = list(dict.fromkeys(futures))
        shown = ["".join("x" if future in part else "." for future in unique) for part in (done, pending)]
        self.log(env, op, " ".join(shown))

    async def op_waitfor(self, op, env, timeout, item):
        for awaitable in self.awaitables([item], False):
            if awaitable is asyncio.current_task():
                return
            self.log(env, op, value_text(await wait_for(awaitable, None if timeout < 0 else timeout)))

    async def op_ascomp(self, op, env, timeout, *items):
        for result in as_completed(self.awaitables(items, True), None if timeout < 0 else timeout):
            try:
                self.log(env, op, value_text(await result))
            except ValueError as error:
                self.log(env, op, error_text(error))

    async def op_timeout(self, op, env, delay):
        async with asyncio.timeout(None if delay < 0 else delay) as limit:
            env.limits.append(limit)
            try:
                result = await self.run(op.blocks[0], env)
            finally:
                env.limits.pop()
        self.log(env, op, f"expired {limit.expired()}")
        return result

    async def op_group(self, op, env):
        outer = env.group
        try:
            async with TaskGroup() as env.group:
                result = await self.run(op.blocks[0], env)
        finally:
            env.group = outer
        self.log(env, op, "joined")
        return result

    async def op_lock(self, op, env, lock):
        async with self.locks[lock]:
            self.log(env, op, "taken")
            return await self.run(op.blocks[0], env)

    async def op_sem(self, op, env, semaphore):
        async with self.semaphores[semaphore]:
            self.log(env, op, "taken")
            return await self.run(op.blocks[0], env)

    async def op_ewait(self, op, env, event):
        await self.events[event].wait()
        self.log(env, op, "")

    async def op_qput(self, op, env, queue, value):
        await self.queues[queue].put(value)
        self.log(env, op, "")

    async def op_qget(self, op, env, queue):
        self.log(env, op, await self.queues[queue].get())

    async def op_qjoin(self, op, env, queue):
        await self.queues[queue].join()
        self.log(env, op, "")

    async def op_cwait(self, op, env, condition):
        async with self.conditions[condition]:
            await self.conditions[condition].wait()
            self.log(env, op, "")

    async def op_cnotify(self, op, env, condition, count):
        async with self.conditions[condition]:
            self.conditions[condition].notify(count)


async def main(machine):
    machine.make_objects()
    return await machine.body(0)


def run_program(seed, bodies, slots):
    """The trace of a program; null when there is nothing to compare."""
    circles = Task.circles
    machine = Machine(bodies, slots)
    runner = asyncio.Runner(loop_factory=VirtualLoop)
    for step in (lambda: machine.trace.append(f"result {runner.run(main(machine))}"), runner.close):
        try:
            step()
        except Deadlock:
            machine.trace.append("deadlock")
        except CAUGHT as error:
            machine.trace.append("error " + error_text(error))
    machine.frozen = True
    return [f"== {seed}"] + machine.trace if circles == Task.circles else None
