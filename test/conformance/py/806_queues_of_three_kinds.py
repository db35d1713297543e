# queues: order of the three kinds, limits, join and task_done, putters that are cancelled, an item taken from under a waiter
import asyncio
from asyncio import Queue, PriorityQueue, LifoQueue, sleep
def take(q): return [q.get_nowait() for _ in range(q.qsize())]
async def kinds():
    for kind in (Queue, PriorityQueue, LifoQueue):
        q = kind(4)
        for x in (3, 1, 2, 1): q.put_nowait(x)
        print(q.maxsize, q.qsize(), q.full(), q.empty())
        try: q.put_nowait(9)
        except asyncio.QueueFull as e: print("QueueFull", e.args)
        print(take(q), q.empty())
        try: q.get_nowait()
        except asyncio.QueueEmpty as e: print("QueueEmpty", e.args)
    q = PriorityQueue()
    for x in ((2, "b"), (1, "z"), (2, "a"), (1, "y")): q.put_nowait(x)
    print([b for a, b in take(q)])
async def joining():
    q = Queue()
    await q.join(); print("nothing to join")
    try: q.task_done()
    except ValueError as e: print("ValueError:", e)
    for i in range(3): q.put_nowait(i)
    async def worker():
        while True: i = await q.get(); await sleep(0.01 * (3 - i)); print("work", i); q.task_done()
    workers = [asyncio.create_task(worker()) for _ in range(2)]
    await q.join(); print("joined")
    for w in workers: w.cancel()
    print([type(x).__name__ for x in await asyncio.gather(*workers, return_exceptions=True)])
async def putters(early):
    q = Queue(1); q.put_nowait(0); log = []
    async def put(n):
        try: await q.put(n); log.append("put %d" % n)
        except asyncio.CancelledError: log.append("cancelled %d" % n); raise
    tasks = [asyncio.create_task(put(i)) for i in (1, 2, 3)]; await sleep(0)
    if early: tasks[0].cancel()
    got = q.get_nowait()
    if not early: tasks[0].cancel()
    for _ in range(4): await sleep(0)
    print(got, log, q.qsize(), q.get_nowait())
    for _ in range(4): await sleep(0)
    print(log, take(q)); await asyncio.gather(*tasks, return_exceptions=True)
async def getters():
    q = Queue(); log = []
    async def get(): log.append(await q.get())
    t = asyncio.create_task(get()); await sleep(0)
    q.put_nowait("a"); print("taken from under the waiter:", q.get_nowait())
    for _ in range(3): await sleep(0)
    print(log, t.done()); q.put_nowait("b"); await t; print(log)
    try: await asyncio.wait_for(q.get(), 0.01)
    except TimeoutError: q.put_nowait("c"); print("timed out", q.qsize(), await q.get())
async def main():
    await kinds(); await joining(); await putters(True); await putters(False); await getters()
asyncio.run(main())
