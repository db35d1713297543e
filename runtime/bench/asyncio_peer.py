#!/usr/bin/env python3
# asyncio_peer.py - the benchmark's work, done with Python's asyncio
"""usage: asyncio_peer.py WORK COUNT [CONNECTIONS] [--uvloop]"""
import asyncio
import json
import resource
import sys
import threading
import time

MASK = (1 << 64) - 1


def delays(count):
    state = 42
    for _ in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) & MASK
        yield (state >> 33) % 1_000_000


async def child(i):
    return i & 1


async def await_children(count):
    total = 0
    for i in range(count):
        total += await child(i)
    return total


async def fib(n):
    if n < 2:
        return n
    return await fib(n - 1) + await fib(n - 2)


async def spawn_and_join(count):
    tasks = [asyncio.create_task(child(i)) for i in range(count)]
    total = 0
    for task in tasks:
        total += await task
    return total


async def yield_in_turn(count):
    total = 0

    async def yielding(times):
        nonlocal total
        for _ in range(times):
            await asyncio.sleep(0)
            total += 1

    for task in [asyncio.create_task(yielding(count // 1000)) for _ in range(1000)]:
        await task
    return total


async def sleep_at_once(count):
    total = 0

    async def sleeper(microseconds):
        nonlocal total
        await asyncio.sleep(microseconds * 1e-6)
        total += microseconds

    for task in [asyncio.create_task(sleeper(delay)) for delay in delays(count)]:
        await task
    return total


async def post_chains(count, outstanding):
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    total, left = 0, count - outstanding

    def step():
        nonlocal total, left
        total += 1
        if left > 0:
            left -= 1
            loop.call_soon(step)
        elif total == count:
            done.set_result(None)

    for _ in range(outstanding):
        loop.call_soon(step)
    await done
    return total


async def post_from_thread(count):
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    total = 0

    def step():
        nonlocal total
        total += 1
        if total == count:
            done.set_result(None)

    def post():
        for _ in range(count):
            loop.call_soon_threadsafe(step)

    poster = threading.Thread(target=post)
    poster.start()
    await done
    poster.join()
    return total


async def bounce_between_threads(count, new_loop):
    here = asyncio.get_running_loop()
    there = new_loop()
    done = here.create_future()
    other = threading.Thread(target=there.run_forever)
    other.start()
    total = 0

    def send():
        there.call_soon_threadsafe(here.call_soon_threadsafe, receive)

    def receive():
        nonlocal total
        total += 1
        if total < count:
            send()
        else:
            done.set_result(None)

    send()
    await done
    there.call_soon_threadsafe(there.stop)
    other.join()
    there.close()
    return total


async def echo(count):
    done = asyncio.get_running_loop().create_future()
    total, connections = 0, 0

    async def serve(reader, writer):
        nonlocal total, connections
        connections += 1
        while data := await reader.read(4096):
            writer.write(data)
            await writer.drain()
            total += len(data)
        writer.close()
        connections -= 1
        if connections == 0 and total == count * 64:
            done.set_result(None)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=1024)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await done
    server.close()
    return total


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    work, count = arguments[0], int(arguments[1])
    new_loop = asyncio.new_event_loop
    if "--uvloop" in sys.argv:
        import uvloop

        new_loop = uvloop.new_event_loop
    works = {
        "await": lambda: await_children(count),
        "await_far": lambda: await_children(count),
        "fib": lambda: fib(count),
        "spawn": lambda: spawn_and_join(count),
        "yield": lambda: yield_in_turn(count),
        "timers": lambda: sleep_at_once(count),
        "post": lambda: post_chains(count, 1000),
        "post_bulk": lambda: post_chains(count, count),
        "threadsafe": lambda: post_from_thread(count),
        "round_trip": lambda: bounce_between_threads(count, new_loop),
        "echo": lambda: echo(count),
    }
    loop = new_loop()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cpu, wall = time.process_time(), time.monotonic()
    checksum = loop.run_until_complete(works[work]())
    print(json.dumps({
        "work": work, "cpu": time.process_time() - cpu, "wall": time.monotonic() - wall, "checksum": checksum,
        "allocations": -1, "memory": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) * 1024}))


if __name__ == "__main__":
    main()
