# the end of run(): leftover tasks, their errors, generators, signals that end main, nesting
import asyncio, os, signal
async def left(n):
    try: await asyncio.sleep(100)
    except asyncio.CancelledError as e: print("left", n, e.args); raise
async def stubborn():
    try: await asyncio.sleep(100)
    except asyncio.CancelledError: await asyncio.sleep(0.001); print("stubborn ended")
async def failing():
    try: await asyncio.sleep(100)
    finally: raise ValueError("at shutdown")
async def gen(n):
    try: yield n
    except GeneratorExit: print("closing", n); raise
async def gen_fails():
    try: yield 0
    except GeneratorExit: raise ValueError("in generator")
kept = []
async def leftovers():
    asyncio.get_running_loop().set_exception_handler(lambda l, c: print("handler:", c["message"].replace("asyncio.run", "run").split(" <")[0], repr(c["exception"])))
    kept[:] = [gen(1), gen(2), gen_fails()]
    for i in (0, 2): await anext(kept[i])
    for c in (left("a"), stubborn(), failing()): asyncio.create_task(c)
    await asyncio.sleep(0); print("main ends"); return "result"
async def fails(): asyncio.create_task(left("fails")); await asyncio.sleep(0); raise ValueError("main")
async def cancels_itself(): asyncio.current_task().cancel("self"); await asyncio.sleep(0)
async def exits(): asyncio.create_task(left("exits")); await asyncio.sleep(0); raise SystemExit(3)
async def child_interrupts():
    async def child(): raise KeyboardInterrupt("child")
    asyncio.create_task(child()); await left("child_interrupts")
async def nested():
    for start in (asyncio.run, asyncio.Runner().run):
        c = left("never starts")
        try: start(c)
        except RuntimeError as e: print("RuntimeError:", e)
        c.close()
async def interrupted():
    os.kill(os.getpid(), signal.SIGINT); await left("interrupted")
async def recovers():
    try: os.kill(os.getpid(), signal.SIGINT); await asyncio.sleep(5)
    except asyncio.CancelledError: print("recovers", asyncio.current_task().cancelling(), asyncio.current_task().uncancel())
    return "recovered"
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job may ignore it
for main in (leftovers, fails, cancels_itself, exits, child_interrupts, nested, interrupted, recovers):
    try: print("->", asyncio.run(main()))
    except asyncio.CancelledError as e: print("CancelledError", e.args)
    except SystemExit as e: print("SystemExit", e.code)
    except KeyboardInterrupt as e: print("KeyboardInterrupt", e.args)
    except ValueError as e: print("ValueError", e)
