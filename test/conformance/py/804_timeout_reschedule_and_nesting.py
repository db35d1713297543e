# timeout(): no limit, limits in the past, reschedule() in every state, swallowed and converted cancellations, nesting
import asyncio
async def limits():
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(None) as cm: print(cm.when(), cm.expired()); await asyncio.sleep(0)
    for delay in (0, -1):
        try:
            async with asyncio.timeout(delay) as cm: print("body runs", cm.expired()); await asyncio.sleep(0); print("not here")
        except TimeoutError as e: print("TimeoutError", e.args, type(e.__cause__).__name__, cm.expired())
        async with asyncio.timeout(delay) as cm: print("no await, no timeout")
        print(cm.expired())
    try:
        async with asyncio.timeout_at(loop.time() + 0.01): await asyncio.sleep(1)
    except TimeoutError: print("at", asyncio.current_task().cancelling())
async def reschedule():
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(0.01) as cm:
        when = cm.when() + 0.05; cm.reschedule(when); await asyncio.sleep(0.03); print("extended", cm.when() == when, cm.expired())
        cm.reschedule(None); print(cm.when())
    try: cm.reschedule(1)
    except RuntimeError as e: print("RuntimeError:", e)
    try:
        async with asyncio.timeout(None) as cm: cm.reschedule(loop.time() - 1); print("past"); await asyncio.sleep(0.001); print("no")
    except TimeoutError: print("TimeoutError")
    try: cm.reschedule(None)
    except RuntimeError as e: print("RuntimeError:", e)
    try:
        async with asyncio.timeout(0.01) as cm:
            try: await asyncio.sleep(1)
            except asyncio.CancelledError:
                try: cm.reschedule(None)
                except RuntimeError as e: print("RuntimeError:", e, cm.expired())
                raise
    except TimeoutError: print("TimeoutError")
async def bodies():
    me = asyncio.current_task()
    async with asyncio.timeout(0.01) as cm:
        try: await asyncio.sleep(1)
        except asyncio.CancelledError: print("swallowed", me.cancelling())
        await asyncio.sleep(0); print("goes on", cm.expired())
    print("after", cm.expired(), me.cancelling())
    try:
        async with asyncio.timeout(0.01):
            try: await asyncio.sleep(1)
            except asyncio.CancelledError: raise KeyError("other")
    except KeyError as e: print("KeyError", e, me.cancelling())
    try:
        async with asyncio.timeout(1) as cm: raise TimeoutError("body")
    except TimeoutError as e: print(e.args, cm.expired())
async def nested():
    me = asyncio.current_task()
    try:
        async with asyncio.timeout(0.01) as o:
            async with asyncio.timeout(1) as i: await asyncio.sleep(2)
    except TimeoutError: print("outer", o.expired(), i.expired(), me.cancelling())
    async with asyncio.timeout(1) as o:
        try:
            async with asyncio.timeout(0.01) as i: await asyncio.sleep(2)
        except TimeoutError: print("inner", o.expired(), i.expired(), me.cancelling())
        await asyncio.sleep(0)
    async def cleanup():
        try: await asyncio.sleep(1)
        except asyncio.CancelledError:
            try:
                async with asyncio.timeout(0.01): await asyncio.sleep(1)
            except TimeoutError: print("cleanup timed out", asyncio.current_task().cancelling())
            raise
    t = asyncio.create_task(cleanup()); await asyncio.sleep(0); t.cancel("outside")
    try: await t
    except asyncio.CancelledError as e: print(e.args, t.cancelling())
async def main():
    for part in (limits, reschedule, bodies, nested): await part()
asyncio.run(main())
