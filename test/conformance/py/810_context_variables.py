# context variables: tokens, tasks, callbacks, explicit contexts, generators, threads, groups, scopes
import asyncio
from contextvars import ContextVar, Context, copy_context
v = ContextVar("v", default="default"); unset = ContextVar("unset")
async def child(tag): print(tag, "sees", v.get()); v.set(tag); await asyncio.sleep(0); print(tag, "keeps", v.get())
async def setter(): v.set("setter")
async def tokens():
    try: unset.get()
    except LookupError: print("LookupError", unset.get("fallback"))
    tok = v.set("a"); tok2 = v.set("b"); print(tok2.old_value); v.reset(tok2); print(v.get())
    for token in (tok2, copy_context().run(v.set, "elsewhere")):
        try: v.reset(token)
        except (RuntimeError, ValueError) as e: print(type(e).__name__, str(e).split(">")[-1].strip())
async def tasks():
    v.set("main"); await asyncio.gather(child("A"), child("B")); print(v.get())
    t = asyncio.create_task(child("C")); v.set("later"); await t
    await asyncio.create_task(setter()); print(v.get()); await setter(); print(v.get())
async def callbacks():
    loop = asyncio.get_running_loop(); f = loop.create_future()
    v.set("1"); loop.call_soon(lambda: (print("soon", v.get()), v.set("by soon")))
    v.set("2"); loop.call_later(0, lambda: print("later", v.get()))
    v.set("3"); f.add_done_callback(lambda f: print("done", v.get())); loop.call_soon_threadsafe(lambda: print("threadsafe", v.get()))
    v.set("4"); f.set_result(0); await asyncio.sleep(0.01); print(v.get())
async def explicit():
    ctx = copy_context(); ctx.run(v.set, "ctx"); print(v.get(), ctx[v], v in ctx, unset in ctx, ctx.get(unset, "?"))
    a = asyncio.create_task(child("D"), context=ctx); b = asyncio.create_task(child("E"), context=ctx); await a; await b; print(ctx[v], v.get())
    asyncio.get_running_loop().call_soon(lambda: print("in ctx", v.get()), context=ctx); await asyncio.sleep(0)
    try: ctx.run(lambda: ctx.run(print))
    except RuntimeError as e: print("RuntimeError", str(e).split(":")[0])
    copy = ctx.copy(); copy.run(v.set, "copy"); print(ctx[v], copy[v], Context().run(v.get), len(Context()))
    async with asyncio.TaskGroup() as tg: tg.create_task(child("F"), context=ctx); tg.create_task(child("G"))
    print(ctx[v], v.get())
async def scopes():
    v.set("s"); await asyncio.wait_for(setter(), 1); print("wait_for", v.get())
    await asyncio.shield(setter()); print("shield", v.get())
    async with asyncio.timeout(1): await setter()
    print("timeout", v.get()); v.set("g")
    async def gen(): v.set("g1"); yield v.get(); yield v.get()
    g = gen(); print(await anext(g), v.get()); v.set("between"); print(await anext(g)); await g.aclose()
    def in_thread(): seen = v.get(); v.set("thread"); return seen
    print(await asyncio.to_thread(in_thread), v.get(), await asyncio.get_running_loop().run_in_executor(None, v.get))
async def main():
    for part in (tokens, tasks, callbacks, explicit, scopes): await part()
asyncio.run(main()); print("outside", v.get())
with asyncio.Runner() as runner:
    async def get(): return v.get()
    runner.run(setter()); print(runner.run(get()), v.get())
