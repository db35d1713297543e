# debug mode reports steps of tasks, callbacks and timers that take too long
import asyncio, logging, re, time
class Show(logging.Handler):
    def emit(self, record):
        text = record.getMessage(); what = re.match(r"Executing <(\w+)( \w+ name='\w+')?", text)
        if what: print(what[1] + (what[2] or ""), re.sub(r"\d\.\d{3}", "N", text[text.rindex("took"):]))
log = logging.getLogger("asyncio"); log.addHandler(Show()); log.propagate = False
def nap(): time.sleep(0.06)
async def in_a_step(): await asyncio.sleep(0); nap(); await asyncio.sleep(0)
async def at_the_end(): nap()
async def fails(): nap(); raise ValueError("x")
async def main():
    loop = asyncio.get_running_loop(); print(loop.get_debug(), loop.slow_callback_duration); loop.slow_callback_duration = 0.05
    await asyncio.create_task(in_a_step(), name="S"); await asyncio.create_task(at_the_end(), name="E")
    try: await asyncio.create_task(fails(), name="F")
    except ValueError: pass
    loop.call_soon(nap); await asyncio.sleep(0)
    loop.call_later(0, nap); await asyncio.sleep(0.01)
    f = loop.create_future(); f.add_done_callback(lambda f: nap()); f.set_result(0); await asyncio.sleep(0); await asyncio.sleep(0)
    loop.slow_callback_duration = 5; loop.call_soon(nap); await asyncio.sleep(0)
    loop.slow_callback_duration = 0.05; loop.set_debug(False); loop.call_soon(nap); await asyncio.sleep(0); print("end")
asyncio.run(main(), debug=True)
