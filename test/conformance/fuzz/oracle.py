# oracle.py - runs the random programs on asyncio
"""Interprets programs; machine.cpp does the same with aio."""
import asyncio

import model


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
        self.conditions = [model.Condition()]

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
        self.log(env, op, f"{asyncio.current_task().cancelling()} {len(model.all_tasks())}")

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
            self.log(env, op, value_text(await model.wait_for(awaitable, None if timeout < 0 else timeout)))

    async def op_ascomp(self, op, env, timeout, *items):
        for result in model.as_completed(self.awaitables(items, True), None if timeout < 0 else timeout):
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
            async with model.TaskGroup() as env.group:
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
    circles = model.Task.circles
    machine = Machine(bodies, slots)
    runner = asyncio.Runner(loop_factory=model.VirtualLoop)
    for step in (lambda: machine.trace.append(f"result {runner.run(main(machine))}"), runner.close):
        try:
            step()
        except model.Deadlock:
            machine.trace.append("deadlock")
        except CAUGHT as error:
            machine.trace.append("error " + error_text(error))
    machine.frozen = True
    return [f"== {seed}"] + machine.trace if circles == model.Task.circles else None
