# futures and tasks that are not done, done twice, failed or cancelled: the exact errors; callbacks that are removed or added late
import asyncio
def attempt(f):
    try: print("->", f())
    except (asyncio.InvalidStateError, RuntimeError, ValueError) as e: print(type(e).__name__ + ":", e)
    except asyncio.CancelledError as e: print("CancelledError:", e.args)
async def work(): await asyncio.sleep(0); return 1
async def fail(): raise ValueError("x")
async def tasks():
    t = asyncio.create_task(work(), name="W")
    attempt(t.result); attempt(t.exception); attempt(lambda: t.set_result(1)); attempt(lambda: t.set_exception(ValueError()))
    print(repr(t).split(" coro")[0])
    await t; attempt(t.result); attempt(t.exception); attempt(t.cancel); print(repr(t).split(" coro")[0])
    t = asyncio.create_task(fail(), name="F")
    try: await t
    except ValueError as e: print(e is t.exception())
    attempt(t.result); attempt(t.cancel); print(t.cancelled(), repr(t).split(" coro")[0])
    t.set_name("G"); print(t.get_name())
    t = asyncio.create_task(work(), name="C"); await asyncio.sleep(0); t.cancel()
    print(repr(t).split(" coro")[0]); await asyncio.sleep(0); print(repr(t).split(" coro")[0])
    attempt(t.result); attempt(t.exception)
async def futures():
    f = asyncio.get_running_loop().create_future()
    attempt(f.result); attempt(f.exception)
    f.set_result(1); attempt(lambda: f.set_result(2)); attempt(lambda: f.set_exception(ValueError())); attempt(f.result); attempt(f.cancel)
    f = asyncio.get_running_loop().create_future(); f.cancel("m"); attempt(f.result); attempt(f.exception); attempt(lambda: f.set_result(1)); attempt(f.cancel)
async def callbacks():
    log = []; f = asyncio.get_running_loop().create_future()
    one, two = (lambda x: log.append("one")), (lambda x: log.append("two"))
    f.add_done_callback(one); f.add_done_callback(two); print(f.remove_done_callback(one), f.remove_done_callback(one))
    def outer(x): log.append("outer"); x.add_done_callback(lambda y: log.append("inner"))
    f.add_done_callback(outer); f.set_result(0); print(log, f.remove_done_callback(two))
    await asyncio.sleep(0); print(log); await asyncio.sleep(0); print(log)
async def main(): await tasks(); await futures(); await callbacks()
asyncio.run(main())
