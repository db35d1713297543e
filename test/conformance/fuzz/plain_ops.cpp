// plain_ops.cpp - the operations that do not suspend
#include "machine.h"

namespace fuzz {

const std::map<std::string, Machine::Plain> Machine::plain_ops = {
    {"cancel", &Machine::cancel},
    {"cself", &Machine::cancel_self},
    {"uncancel", &Machine::uncancel},
    {"fut", &Machine::make_future},
    {"set", &Machine::set},
    {"fail", &Machine::fail},
    {"cb", &Machine::add_callback},
    {"info", &Machine::info},
    {"raise", &Machine::raise},
    {"spawn", &Machine::spawn},
    {"gspawn", &Machine::spawn_in_group},
    {"later", &Machine::later},
    {"eset", &Machine::set_event},
    {"eclear", &Machine::clear_event},
    {"qputn", &Machine::put_nowait},
    {"qgetn", &Machine::get_nowait},
    {"qdone", &Machine::task_done},
    {"notify", &Machine::notify},
    {"resched", &Machine::reschedule},
};

namespace {

std::string message(int number) { return number ? "m" + std::to_string(number) : ""; }

const char* text(bool value) { return value ? "True" : "False"; }

}  // namespace

template <class F>
decltype(auto) Machine::with_queue(const Op& op, F use) {
    switch (op.args.at(0)) {
        case 0: return use(endless_);
        case 1: return use(single_);
        case 2: return use(sorted_);
        default: return use(stack_);
    }
}

void Machine::cancel(const Op& op, Env& env) {
    if (slot(op).used()) log(env, op, text(slot(op).base().cancel(message(op.args[1]))));
}

void Machine::cancel_self(const Op& op, Env&) { aio::current_task().cancel(message(op.args[0])); }

void Machine::uncancel(const Op& op, Env& env) {
    if (slot(op).kind != Slot::Kind::task) return;
    const aio::TaskBase& task = slot(op).task;
    const std::string before = std::to_string(task.cancelling());
    log(env, op, before + " " + std::to_string(task.uncancel()));
}

void Machine::make_future(const Op& op, Env&) {
    slot(op) = Slot{Slot::Kind::future, aio::get_running_loop().create_future<int>()};
}

void Machine::set(const Op& op, Env& env) {
    if (slot(op).kind != Slot::Kind::future) return;
    try {
        std::get<0>(slot(op).future).set_result(op.args[1]);
    } catch (const aio::InvalidStateError&) {
        log(env, op, error_text(std::current_exception()));
    }
}

void Machine::fail(const Op& op, Env& env) {
    if (slot(op).kind != Slot::Kind::future) return;
    try {
        std::get<0>(slot(op).future).set_exception(aio::ValueError(std::to_string(op.args[1])));
    } catch (const aio::InvalidStateError&) {
        log(env, op, error_text(std::current_exception()));
    }
}

void Machine::add_callback(const Op& op, Env& env) {
    if (!slot(op).used()) return;
    slot(op).base().add_done_callback(
        [this, &op, env](aio::FutureBase& done) { log(env, op, done.cancelled() ? "cancelled" : "done"); });
}

void Machine::info(const Op& op, Env& env) {
    log(env, op, std::to_string(aio::current_task().cancelling()) + " " + std::to_string(aio::all_tasks().size()));
}

void Machine::raise(const Op& op, Env&) { throw aio::ValueError(std::to_string(op.args[0])); }

void Machine::spawn(const Op& op, Env&) { make_task(slot(op), aio::create_task(body(op.args[1]))); }

void Machine::spawn_in_group(const Op& op, Env& env) {
    if (!env.group) return;
    try {
        make_task(slot(op), env.group->create_task(body(op.args[1], env.group)));
    } catch (const aio::RuntimeError&) {
        log(env, op, "R");
    }
}

void Machine::later(const Op& op, Env& env) {
    aio::Loop& loop = aio::get_running_loop();
    // A copy of what the body knows: the callback may outlive it.
    const auto act = [this, &op, known = env]() mutable {
        log(known, op, "runs");
        for (const Op& inner : op.blocks[0]) (this->*plain_ops.at(inner.name))(inner, known);
    };
    if (op.args[0] < 0)
        loop.call_soon(act);
    else
        loop.call_later(aio::Seconds(op.args[0]), act);
}

void Machine::set_event(const Op& op, Env&) { events_.at(op.args[0]).set(); }

void Machine::clear_event(const Op& op, Env&) { events_.at(op.args[0]).clear(); }

void Machine::put_nowait(const Op& op, Env& env) {
    try {
        with_queue(op, [&](auto& queue) { queue.put_nowait(op.args[1]); });
    } catch (const aio::QueueFull&) {
        log(env, op, error_text(std::current_exception()));
    }
}

void Machine::get_nowait(const Op& op, Env& env) {
    try {
        log(env, op, std::to_string(with_queue(op, [](auto& queue) { return queue.get_nowait(); })));
    } catch (const aio::QueueEmpty&) {
        log(env, op, error_text(std::current_exception()));
    }
}

void Machine::task_done(const Op& op, Env& env) {
    try {
        with_queue(op, [](auto& queue) { queue.task_done(); });
    } catch (const aio::ValueError&) {
        log(env, op, "too many");
    }
}

void Machine::notify(const Op& op, Env& env) {
    try {
        condition_.notify(op.args[1]);
    } catch (const aio::RuntimeError&) {
        log(env, op, error_text(std::current_exception()));
    }
}

void Machine::reschedule(const Op& op, Env& env) {
    if (env.limits.empty()) return;
    std::optional<double> when;
    if (op.args[0] >= 0) when = aio::get_running_loop().time() + op.args[0];
    try {
        env.limits.back().reschedule(when);
    } catch (const aio::RuntimeError&) {
        log(env, op, error_text(std::current_exception()));
    }
}

}  // namespace fuzz
