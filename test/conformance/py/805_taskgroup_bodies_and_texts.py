# TaskGroup: errors of the body, tasks added while it joins, refused tasks, errors of cleanups, the group's own text
import asyncio
def show(e): return [show(x) for x in e.exceptions] if isinstance(e, BaseExceptionGroup) else str(e)
async def slow(n):
    try: await asyncio.sleep(1)
    except asyncio.CancelledError as e: print(n, "cancelled", e.args, asyncio.current_task().cancelling()); raise
async def bad(m): await asyncio.sleep(0); raise ValueError(m)
async def spoiled():
    try: await asyncio.sleep(1)
    finally: raise KeyError("cleanup")
async def body_fails():
    try:
        async with asyncio.TaskGroup() as tg: tg.create_task(slow("a")); await asyncio.sleep(0); raise ValueError("body")
    except ExceptionGroup as g: print(g, "|", g.message, show(g), asyncio.current_task().cancelling())
    try:
        async with asyncio.TaskGroup() as tg: t = tg.create_task(slow("never starts")); raise ValueError("at once")
    except ExceptionGroup as g: print(show(g), t.cancelled())
async def body_goes_on():
    me = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as tg:
            print(repr(tg)); t = tg.create_task(bad("kid")); print(repr(tg))
            try: await asyncio.sleep(1)
            except asyncio.CancelledError as e: print("body swallows", e.args, me.cancelling(), repr(tg))
            late = slow("late")
            try: tg.create_task(late)
            except RuntimeError as e: print("RuntimeError:", e)
            late.close(); await asyncio.sleep(0); raise ValueError("second")
    except ExceptionGroup as g: print(g, "|", show(g), me.cancelling())
async def grows():
    async def step(tg, n):
        await asyncio.sleep(0)
        if n: tg.create_task(step(tg, n - 1))
        print("step", n)
    async with asyncio.TaskGroup() as tg: tg.create_task(step(tg, 3))
    print(repr(tg)); late = slow("late")
    try: tg.create_task(late)
    except RuntimeError as e: print("RuntimeError:", e)
    late.close()
    hit = []; asyncio.get_running_loop().call_soon(hit.append, 1)
    async with asyncio.TaskGroup(): pass
    print("an empty group waits for nothing:", hit)
async def several():
    try:
        async with asyncio.TaskGroup() as o:
            async with asyncio.TaskGroup() as tg: tg.create_task(spoiled()); tg.create_task(bad("one")); tg.create_task(bad("two"))
    except ExceptionGroup as g:
        print(show(g)); match, rest = g.split(ValueError); print(show(match), "|", show(rest), "|", g.subgroup(OSError))
async def cancelled_from_outside():
    async def holder(kid):
        try:
            async with asyncio.TaskGroup() as tg: tg.create_task(kid)
        except ExceptionGroup as g: print("group wins:", show(g)); return "swallowed"
    for kid in (slow("kid"), spoiled()):
        t = asyncio.create_task(holder(kid)); await asyncio.sleep(0); await asyncio.sleep(0); t.cancel("outside")
        try: print(await t, t.cancelled(), t.cancelling())
        except asyncio.CancelledError as e: print("CancelledError", e.args, t.cancelling())
async def main():
    for part in (body_fails, body_goes_on, grows, several, cancelled_from_outside): await asyncio.create_task(part())
asyncio.run(main())
