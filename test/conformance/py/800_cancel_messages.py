# cancel(): messages, counts, self-cancellation, a wake-up and a cancel at the same time, cleanup that is cancelled again
import asyncio
async def w():
    try: await asyncio.sleep(10)
    except asyncio.CancelledError as e: print("w got", e.args); raise
async def selfish():
    t = asyncio.current_task()
    print("self cancel", t.cancel("me"), t.cancelling(), "and goes on")
    try: await asyncio.sleep(0)
    except asyncio.CancelledError as e: print("at the await", e.args); raise
async def returns(): asyncio.current_task().cancel("r"); return 5
async def raises(): asyncio.current_task().cancel("r"); raise ValueError("v")
async def inner(): return "I"
async def done_first():
    d = asyncio.get_running_loop().create_future(); d.set_result("D")
    asyncio.current_task().cancel()
    print("no suspension:", await d, await inner())
    try: await asyncio.sleep(0)
    except asyncio.CancelledError: print("at the first real suspension")
async def on_future(f):
    try: print("result", await f)
    except asyncio.CancelledError as e: print("cancelled", e.args, f.done(), f.cancelled())
async def cleaner():
    try: await asyncio.sleep(10)
    finally:
        print("cleanup begins", asyncio.current_task().cancelling())
        try: await asyncio.sleep(10)
        except asyncio.CancelledError as e:
            print("cleanup cancelled", e.args, asyncio.current_task().cancelling()); raise ValueError("from cleanup")
async def ending(t):
    try: print("returned", await t)
    except asyncio.CancelledError as e: print("CancelledError", e.args, t.cancelled(), t.cancelling())
    except ValueError as e: print("ValueError", e, t.cancelled(), t.cancelling())
async def main():
    t = asyncio.create_task(selfish()); await ending(t)
    print("a done task:", t.cancel(), t.cancelling(), t.uncancel())
    t = asyncio.create_task(w()); await asyncio.sleep(0)
    print(t.cancel("one"), t.cancel("two"), t.cancelling()); await ending(t)
    t = asyncio.create_task(w()); t.cancel("early"); t.cancel("early2"); await ending(t)
    await ending(asyncio.create_task(returns())); await ending(asyncio.create_task(raises()))
    await asyncio.create_task(done_first())
    f = asyncio.get_running_loop().create_future(); t = asyncio.create_task(on_future(f)); await asyncio.sleep(0)
    f.set_result(1); print("cancel after set_result", t.cancel("late")); await ending(t)
    f = asyncio.get_running_loop().create_future(); t = asyncio.create_task(on_future(f)); await asyncio.sleep(0)
    t.cancel(); print("the future at once:", f.cancelled())
    try: f.set_result(2)
    except asyncio.InvalidStateError as e: print("InvalidStateError:", e)
    await ending(t)
    t = asyncio.create_task(cleaner()); await asyncio.sleep(0)
    t.cancel("1"); await asyncio.sleep(0); t.cancel("2"); await ending(t)
asyncio.run(main())
