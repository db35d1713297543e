# errors nobody retrieves: who is reported under which name, and what counts as retrieved
import asyncio, gc
async def failing(): raise ValueError("task")
async def ticks():
    for _ in range(4): await asyncio.sleep(0)
def failed(text):
    f = asyncio.get_running_loop().create_future(); f.set_exception(ValueError(text)); return f
async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda l, c: print("handler:", c["message"], repr(c.get("exception"))))
    t = asyncio.create_task(failing()); await ticks(); del t; gc.collect()
    f = failed("future"); del f; gc.collect()
    f = failed("exception() looks"); f.exception(); del f
    f = failed("cancel() is too late"); print(f.cancel()); del f
    f = failed("result() looks")
    try: f.result()
    except ValueError as e: print(e)
    del f
    t = asyncio.create_task(failing()); t.add_done_callback(lambda t: print("a callback that does not look")); await ticks(); del t; gc.collect()
    g = asyncio.gather(failing(), failing()); await ticks(); del g; gc.collect()
    print([repr(x) for x in await asyncio.gather(failing(), failing(), return_exceptions=True)])
    t = asyncio.create_task(failing()); s = asyncio.shield(t); await ticks(); del t; gc.collect(); print("the shield has it"); del s; gc.collect()
    done, _ = await asyncio.wait([asyncio.create_task(failing())]); del done, _; gc.collect()
    done, _ = await asyncio.wait([asyncio.create_task(failing())], return_when=asyncio.FIRST_EXCEPTION); del done, _; gc.collect()
    t = asyncio.create_task(failing()); await ticks(); t.cancel(); del t; gc.collect()
    print("end")
asyncio.run(main())
