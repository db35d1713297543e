# run_coroutine_threadsafe from a thread; executor jobs that are cancelled while queued, while running, and by a time limit
import asyncio, threading, concurrent.futures as cf
async def ok(x): await asyncio.sleep(0.01); return x
async def bad(): raise ValueError("bad")
async def hang():
    try: await asyncio.sleep(100)
    except asyncio.CancelledError as e: saw.append(e.args); raise
saw = []
async def cancels_itself(): asyncio.current_task().cancel(); await asyncio.sleep(0)
def from_thread(loop):
    f = asyncio.run_coroutine_threadsafe(ok(1), loop); print(f.result(), f.done(), f.cancel(), f.cancelled())
    f = asyncio.run_coroutine_threadsafe(bad(), loop)
    try: f.result(5)
    except ValueError as e: print("ValueError", e, f.done(), f.cancelled())
    f = asyncio.run_coroutine_threadsafe(hang(), loop)
    try: f.result(0.05)
    except TimeoutError as e: print("TimeoutError", e.args, f.done())
    print("cancel", f.cancel(), f.cancelled(), f.done())
    try: f.result()
    except cf.CancelledError: print("CancelledError")
    f = asyncio.run_coroutine_threadsafe(cancels_itself(), loop)
    try: f.result()
    except cf.CancelledError: print("cancelled itself", f.cancelled())
async def main():
    loop = asyncio.get_running_loop(); gate = threading.Event(); ran = []
    await loop.run_in_executor(None, from_thread, loop); print("hang got", saw)
    with cf.ThreadPoolExecutor(1) as ex:
        one = loop.run_in_executor(ex, lambda: (gate.wait(5), ran.append(1))); two = loop.run_in_executor(ex, ran.append, 2); three = loop.run_in_executor(ex, ran.append, 3)
        await asyncio.sleep(0.02)
        print(two.cancel(), one.cancel(), one.cancelled(), two.cancelled(), three.done())
        await asyncio.sleep(0)  # the pool hears of the cancellation before its thread goes on
        gate.set(); await three; print(ran); gate.clear()
        try: await one
        except asyncio.CancelledError: print("CancelledError")
        start = loop.time()
        try: await asyncio.wait_for(loop.run_in_executor(ex, gate.wait, 5), 0.02)
        except TimeoutError: print("TimeoutError", loop.time() - start < 2)
        t = asyncio.create_task(asyncio.to_thread(gate.wait, 5)); await asyncio.sleep(0.01); t.cancel("to_thread")
        try: await t
        except asyncio.CancelledError as e: print("CancelledError", e.args)
        gate.set()
    try: loop.run_in_executor(ex, print)
    except RuntimeError: print("the executor takes nothing any more")
    loop.set_default_executor(cf.ThreadPoolExecutor(1)); print(await asyncio.gather(*(loop.run_in_executor(None, lambda i=i: i * i) for i in range(4))))
    await loop.shutdown_default_executor()
    try: loop.run_in_executor(None, print)
    except RuntimeError as e: print("RuntimeError:", e)
asyncio.run(main())
