# Barrier: indexes, draining, cancelled parties, reset, abort, blocks, one party
import asyncio
from asyncio import Barrier, BrokenBarrierError, sleep
async def party(b, log, n):
    try: log.append((n, await b.wait()))
    except BrokenBarrierError as e: log.append((n, str(e)))
    except asyncio.CancelledError: log.append((n, "cancelled")); raise
async def two(b, log):
    log.clear(); ts = [asyncio.create_task(party(b, log, n)) for n in "ab"]; await sleep(0); return ts
async def main():
    try: Barrier(0)
    except ValueError as e: print("ValueError:", e)
    b = Barrier(3); log = []
    print(b.parties, b.n_waiting, b.broken)
    ts = await two(b, log); print(b.n_waiting); await party(b, log, "c"); print(log, b.n_waiting); await asyncio.wait(ts); print(log, b.n_waiting)
    # a cancelled party does not count
    ts = await two(b, log); ts[0].cancel(); await sleep(0); print(b.n_waiting, log)
    ts += [asyncio.create_task(party(b, log, "c"))]; await sleep(0); await sleep(0); await party(b, log, "d"); await asyncio.wait(ts); print(log)
    # reset and abort
    ts = await two(b, log); await b.reset(); print(b.n_waiting, b.broken); await asyncio.wait(ts); print(log, b.broken)
    await b.reset(); print("reset of an empty barrier", b.broken)
    ts = await two(b, log); await b.abort(); print(b.broken); await asyncio.wait(ts); await party(b, log, "late"); print(log, b.broken, b.n_waiting)
    await b.reset(); ts = await two(b, log); await party(b, log, "c"); await asyncio.wait(ts); print(log, b.broken)
    one = Barrier(1); print(await one.wait(), await one.wait())
    # four tasks, two by two
    pair = Barrier(2); log.clear(); await asyncio.gather(*(party(pair, log, n) for n in "abcd")); print(log)
    # a party that comes while the barrier drains waits for the next filling
    log.clear(); t = asyncio.create_task(party(pair, log, "x")); await sleep(0); y = asyncio.create_task(party(pair, log, "y")); z = asyncio.create_task(party(pair, log, "z"))
    await asyncio.wait([t, y]); print(log, z.done(), pair.n_waiting); z.cancel(); await asyncio.wait([z]); print(log[-1])
asyncio.run(main())
