# Condition: notify, notify_all, wait_for, cancellation while it takes the lock again, a lock of one's own; Lock: hand-off
import asyncio
from asyncio import Condition, Lock, sleep
async def ticks(n):
    for _ in range(n): await sleep(0)
def refused(f):
    try: f()
    except RuntimeError as e: print("RuntimeError:", e)
async def waiter(c, log, n):
    async with c:
        try: log.append("%s %s" % (n, await c.wait()))
        except asyncio.CancelledError: log.append("%s cancelled, locked %s" % (n, c.locked())); raise
async def notifying():
    c = Condition(); log = []
    refused(c.notify); refused(c.notify_all); refused(c.release)
    try: await c.wait()
    except RuntimeError as e: print("RuntimeError:", e)
    ts = [asyncio.create_task(waiter(c, log, i)) for i in range(4)]; await sleep(0)
    async with c: c.notify(2)
    await ticks(3); print(log)
    async with c: c.notify_all(); c.notify(0)
    await asyncio.wait(ts); print(log, c.locked())
async def predicates():
    c = Condition(); state = {"v": 0}
    async def until():
        async with c: return await c.wait_for(lambda: state["v"])
    t = asyncio.create_task(until()); await sleep(0)
    async with c: c.notify()
    await ticks(3); print(t.done()); state["v"] = 42
    async with c: c.notify(5)
    print(await t, await until())
async def cancelled():
    c = Condition(); log = []
    t = asyncio.create_task(waiter(c, log, "x")); await sleep(0); await c.acquire(); t.cancel()
    await ticks(3); print("has to wait for the lock:", t.done(), log); c.release(); await asyncio.wait([t]); print(log, t.cancelled(), c.locked())
    # notified, and cancelled before it has the lock again
    t = asyncio.create_task(waiter(c, log, "y")); await sleep(0); await c.acquire(); c.notify(); await sleep(0); t.cancel()
    await ticks(3); c.release(); await asyncio.wait([t]); print(log[1:], t.cancelled(), c.locked())
    lock = Lock(); c = Condition(lock); print(await lock.acquire(), c.locked()); c.release(); print(lock.locked())
async def holder(lock, log, n):
    try:
        async with lock: log.append(str(n)); await sleep(0)
    except asyncio.CancelledError: log.append("%s cancelled" % n); raise
async def locks():
    lock = Lock(); log = []
    refused(lock.release)
    print(await lock.acquire(), lock.locked())
    ts = [asyncio.create_task(holder(lock, log, i)) for i in range(3)]; await sleep(0)
    lock.release(); ts[0].cancel(); print(lock.locked()); await asyncio.wait(ts); print(log, lock.locked()); log.clear()
    await lock.acquire(); t = asyncio.create_task(holder(lock, log, "first")); await sleep(0); lock.release()
    late = asyncio.create_task(holder(lock, log, "last")); await holder(lock, log, "second"); await asyncio.wait([t, late]); print(log)
async def main():
    for part in (notifying, predicates, cancelled, locks): await part()
asyncio.run(main())
