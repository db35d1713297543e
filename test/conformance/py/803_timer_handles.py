# call_later/call_at: when(), order, cancellation before, during and after, errors, timers that schedule
import asyncio, time
async def order():
    loop = asyncio.get_running_loop(); log = []; start = loop.time()
    h = [loop.call_later(d, log.append, d) for d in (0.03, 0.01, 0.02, 0, -1)]
    print(abs(h[0].when() - start - 0.03) < 0.005, h[4].when() < start, [x.cancelled() for x in h])
    h[2].cancel(); h[2].cancel(); loop.call_soon(log.append, "soon")
    await asyncio.sleep(0); print(log); await asyncio.sleep(0); print(log); await asyncio.sleep(0.05); print(log)
    h[0].cancel(); print("cancelled after it ran:", h[0].cancelled(), h[1].cancelled())
async def equal_deadlines():
    loop = asyncio.get_running_loop(); log = []; when = loop.time() + 0.01; hs = []
    hs.append(loop.call_at(when, lambda: (log.append("a"), hs[1].cancel())))
    hs.append(loop.call_at(when, log.append, "b")); hs.append(loop.call_at(when, log.append, "c"))
    await asyncio.sleep(0.03); print(log, [x.cancelled() for x in hs], hs[2].when() == when)
async def chains():
    loop = asyncio.get_running_loop(); log = []
    def tick(n):
        log.append(n)
        if n: loop.call_soon(log.append, -n); loop.call_later(0, tick, n - 1)
    loop.call_later(0.001, tick, 3); await asyncio.sleep(0.03); print(log)
async def blocked():
    loop = asyncio.get_running_loop(); log = []
    loop.call_later(0.02, log.append, "t2"); loop.call_later(0.01, log.append, "t1")
    def block(): time.sleep(0.04); log.append("blocked"); loop.call_soon(log.append, "soon")
    loop.call_soon(block); loop.call_soon(log.append, "same batch"); await asyncio.sleep(0.06); print(log)
async def errors():
    loop = asyncio.get_running_loop(); log = []
    loop.set_exception_handler(lambda l, c: log.append(repr(c["exception"])))
    def boom(): raise ValueError("timer")
    loop.call_later(0, boom); loop.call_later(0, log.append, "next"); await asyncio.sleep(0.01); print(log)
async def sleeps():
    log = []
    async def s(n, d): log.append((n, await asyncio.sleep(d, n)))
    await asyncio.gather(s(1, 0.02), s(2, 0.01), s(3, 0), s(4, -1)); print(log)
async def main():
    for part in (order, equal_deadlines, chains, blocked, errors, sleeps): await part()
asyncio.run(main())
