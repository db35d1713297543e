# async generators: end, early end, asend, athrow and aclose in every state, errors, two callers at once
import asyncio
async def count(n):
    try:
        for i in range(n): await asyncio.sleep(0); yield i
        print("exhausted")
    finally: print("finally", n)
async def echo():
    got = "nothing"
    while True:
        try: got = yield got
        except ValueError as e: got = "caught " + str(e)
async def stubborn():
    try: yield 1
    except GeneratorExit: pass
    yield 2
async def failing():
    yield 1
    raise KeyError("gen")
async def closing_fails():
    try: yield 1
    except GeneratorExit: raise KeyError("closing")
async def slow(): await asyncio.sleep(0.01); yield 1
async def over(g): print("over:", await anext(g, None) is None)
async def ends():
    print([x async for x in count(2)])
    g = count(1); print(await anext(g)); await over(g); await over(g); await g.aclose()
    g = count(5); await g.aclose(); await over(g)
    g = count(5)
    try: await g.athrow(ValueError("early"))
    except ValueError as e: print("athrow before the start:", e)
    await over(g)
    g = count(5)
    async for x in g:
        if x == 1: break
    print("left at", x, "goes on at", await anext(g)); await g.aclose(); await g.aclose(); await over(g)
async def messages():
    e = echo()
    try: await e.asend("too early")
    except TypeError as ex: print("TypeError:", ex)
    print(await anext(e), await e.asend("A"), await e.athrow(ValueError("thrown")), await e.asend("B")); await e.aclose(); await over(e)
async def errors():
    g = stubborn(); await anext(g)
    try: await g.aclose()
    except RuntimeError as e: print("RuntimeError:", e)
    g = failing(); print(await anext(g))
    try: await anext(g)
    except KeyError as e: print("KeyError", e)
    await over(g)
    g = closing_fails(); await anext(g)
    try: await g.aclose()
    except KeyError as e: print("KeyError", e)
    g = count(3); await anext(g)
    try: await g.athrow(KeyError("not caught"))
    except KeyError as e: print("KeyError", e)
    print(await g.athrow(KeyError("nobody to throw at")))
async def two_callers():
    async def first(g): return await anext(g)
    g = slow(); t = asyncio.create_task(first(g)); await asyncio.sleep(0)
    for op in (lambda: anext(g), lambda: g.aclose(), lambda: g.athrow(ValueError())):
        try: await op()
        except RuntimeError as e: print("RuntimeError:", e)
    print(await t); await g.aclose()
async def dropped():
    g = count(7); await anext(g); del g; print("dropped"); await asyncio.sleep(0); await asyncio.sleep(0); print("later")
async def main():
    for part in (ends, messages, errors, two_callers, dropped): await part()
asyncio.run(main())
