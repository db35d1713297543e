# program.py - random programs for the comparison with asyncio
"""A program is a list of bodies; a task runs a body. The text form, which both
interpreters read, is tokens between spaces:

    program SEED body { OP... } body { OP... } end
    OP = name integer* block* ;      block = { OP... }

A body may start only bodies behind it, so every program ends.
"""
import random

SLOTS = 6
LIMITS = {"events": 2, "locks": 2, "semaphores": 1, "queues": 4, "conditions": 1}


class Op:
    def __init__(self, name, args=(), blocks=()):
        self.name, self.args, self.blocks = name, list(args), [list(b) for b in blocks]
        self.number = 0

    def text(self):
        blocks = "".join("{ " + "".join(op.text() for op in block) + "} " for block in self.blocks)
        return f"{self.name} {''.join(f'{a} ' for a in self.args)}{blocks}; "


def number_ops(block, count=0):
    """Numbers the operations in the order of the text; returns how many there are."""
    for op in block:
        count += 1
        op.number = count
        for inner in op.blocks:
            count = number_ops(inner, count)
    return count


class Generator:
    """Makes one program from a seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.seed = seed
        self.focus = self.random.choice(["all", "all", "tasks", "combine", "locks", "groups"])

    def program(self):
        count = self.random.randint(3, 5)
        self.bodies = count
        return [self.main()] + [self.block(index, 0, self.pick(3, 6)) for index in range(1, count)]

    def main(self):
        """Starts some tasks and futures, then goes on whatever happens."""
        ops = [self.make_spawn("spawn", 0, 0, False) for _ in range(self.pick(1, 3))]
        ops += [Op("fut", [self.slot()]) for _ in range(self.pick(0, 2))]
        ops += [self.make_later("later", 0, 0, False) for _ in range(self.pick(0, 3))]
        self.random.shuffle(ops)
        return ops + [Op("try", [0], [[op], []]) for op in self.block(0, 1, self.pick(4, 10))]

    def block(self, body, depth, length, group=False):
        return [self.op(body, depth, group) for _ in range(length)]

    def small(self, body, depth, group=False):
        return self.block(body, depth + 1, self.random.randint(1, 4), group)

    def pick(self, low, high):
        return self.random.randint(low, high)

    def slot(self):
        return self.pick(0, SLOTS - 1)

    def delay(self):
        return self.random.choice([0, 1, 1, 2, 2, 3, 5])

    def later_body(self, body):
        return self.pick(body + 1, self.bodies - 1)

    def item(self, body):
        """A slot, or 100 and the number of a body."""
        if body + 1 < self.bodies and self.random.random() < 0.4:
            return 100 + self.later_body(body)
        return self.slot()

    def op(self, body, depth, group):
        names = {
            "sleep": 5, "spin": 4, "info": 1, "cancel": 5, "cself": 1, "uncancel": 1, "fut": 2, "set": 4, "fail": 1,
            "cb": 1, "raise": 0.6, "ret": 0.4, "later": 2, "await": 6,
        }
        if body + 1 < self.bodies:
            names.update({"spawn": 9, "call": 1})
        if depth < 3:
            names.update({"try": 4, "finally": 1})
        if self.focus in ("all", "combine"):
            names.update({"gather": 3, "wait": 2, "waitfor": 3, "shield": 3, "ascomp": 1.5})
            if depth < 3:
                names.update({"timeout": 3})
        if self.focus in ("all", "groups"):
            if depth < 3:
                names.update({"group": 3, "timeout": 2})
            if group and body + 1 < self.bodies:
                names.update({"gspawn": 10})
        if self.focus in ("all", "locks"):
            names.update({"eset": 1, "eclear": 1, "ewait": 2, "qput": 2, "qget": 3, "qputn": 2, "qgetn": 1,
                          "qdone": 1, "qjoin": 1, "cwait": 1.5, "cnotify": 1.5, "notify": 0.3})
            if depth < 3:
                names.update({"lock": 3, "sem": 2})
        name = self.random.choices(list(names), list(names.values()))[0]
        return getattr(self, "make_" + name, self.make_plain)(name, body, depth, group)

    def sync_op(self):
        name = self.random.choice(["set", "fail", "cancel", "cancel", "eset", "eclear", "qputn", "fut"])
        return self.make_plain(name, 0, 0, False)

    # The arguments of each operation.
    def make_plain(self, name, body, depth, group):
        shapes = {
            "sleep": "d", "spin": "3", "info": "", "cancel": "sm", "cself": "m", "uncancel": "s", "fut": "s",
            "set": "sv", "fail": "sv", "cb": "s", "raise": "v", "ret": "v", "await": "s", "shield": "sS",
            "eset": "e", "eclear": "e", "ewait": "e", "qput": "qv", "qget": "q", "qputn": "qv", "qgetn": "q",
            "qdone": "q", "qjoin": "q", "cwait": "c", "cnotify": "c3", "notify": "c3",
        }
        values = {
            "d": self.delay, "s": self.slot, "S": self.slot, "m": lambda: self.pick(0, 2), "v": lambda: self.pick(1, 9),
            "3": lambda: self.pick(1, 3), "e": lambda: self.pick(0, LIMITS["events"] - 1),
            "q": lambda: self.pick(0, LIMITS["queues"] - 1), "c": lambda: self.pick(0, LIMITS["conditions"] - 1),
        }
        return Op(name, [values[kind]() for kind in shapes[name]])

    def make_spawn(self, name, body, depth, group):
        return Op(name, [self.slot(), self.later_body(body)])

    make_gspawn = make_spawn

    def make_call(self, name, body, depth, group):
        return Op(name, [self.later_body(body)])

    def make_later(self, name, body, depth, group):
        ops = [self.sync_op() for _ in range(self.pick(1, 3))]
        return Op(name, [self.random.choice([-1, 0, 1, 1, 2, 3])], [ops])

    def make_try(self, name, body, depth, group):
        return Op(name, [self.pick(0, 1)], [self.small(body, depth, group), self.small(body, depth, group)])

    def make_finally(self, name, body, depth, group):
        return Op(name, [], [self.small(body, depth, group), self.small(body, depth, group)])

    def items(self, body):
        return [self.item(body) for _ in range(self.pick(0, 3))]

    def make_gather(self, name, body, depth, group):
        return Op(name, [self.slot(), self.pick(0, 1)] + self.items(body))

    def make_wait(self, name, body, depth, group):
        return Op(name, [self.pick(0, 2), self.random.choice([-1, -1, 0, 1, 2])]
                  + [self.slot() for _ in range(self.pick(1, 3))])

    def make_ascomp(self, name, body, depth, group):
        return Op(name, [self.random.choice([-1, -1, 0, 1, 2])] + self.items(body))

    def make_waitfor(self, name, body, depth, group):
        return Op(name, [self.random.choice([-1, 0, 1, 1, 2, 3]), self.item(body)])

    def make_timeout(self, name, body, depth, group):
        ops = self.small(body, depth, group)
        if self.random.random() < 0.3:
            ops.insert(self.pick(0, len(ops)), Op("resched", [self.random.choice([-1, 0, 1, 2])]))
        return Op(name, [self.random.choice([-1, 0, 1, 1, 2, 3])], [ops])

    def make_group(self, name, body, depth, group):
        return Op(name, [], [self.small(body, depth, True)])

    def make_lock(self, name, body, depth, group):
        return Op(name, [self.pick(0, LIMITS["locks"] - 1)], [self.small(body, depth, group)])

    def make_sem(self, name, body, depth, group):
        return Op(name, [self.pick(0, LIMITS["semaphores"] - 1)], [self.small(body, depth, group)])


def generate(seed):
    bodies = Generator(seed).program()
    count = 0
    for body in bodies:
        count = number_ops(body, count)
    return bodies


def to_text(seed, bodies):
    blocks = "".join("body { " + "".join(op.text() for op in body) + "} " for body in bodies)
    return f"program {seed} {blocks}end\n"
