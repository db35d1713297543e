// waiting_ops.cpp - the operations that may suspend
#include "machine.h"

#include <algorithm>
#include <utility>

namespace fuzz {

const std::map<std::string, Machine::Waiting> Machine::waiting_ops = {
    {"sleep", &Machine::sleep},
    {"spin", &Machine::spin},
    {"call", &Machine::call},
    {"await", &Machine::await_slot},
    {"ret", &Machine::return_value},
    {"try", &Machine::try_block},
    {"finally", &Machine::finally_block},
    {"gather", &Machine::gather},
    {"shield", &Machine::shield},
    {"wait", &Machine::wait},
    {"waitfor", &Machine::wait_for},
    {"ascomp", &Machine::as_completed},
    {"timeout", &Machine::timeout_block},
    {"group", &Machine::group_block},
    {"lock", &Machine::lock_block},
    {"sem", &Machine::semaphore_block},
    {"ewait", &Machine::wait_event},
    {"qput", &Machine::put},
    {"qget", &Machine::get},
    {"qjoin", &Machine::join_queue},
    {"cwait", &Machine::wait_condition},
    {"cnotify", &Machine::notify_condition},
};

namespace {

std::string value_text(int value) { return std::to_string(value); }
std::string value_text(const aio::Outcome<int>& outcome) {
    if (outcome.cancelled()) return "C";
    return outcome.ok() ? value_text(outcome.value()) : error_text(outcome.error());
}
template <class T>
std::string value_text(const std::vector<T>& values) {
    std::string text = "[";
    for (const T& value : values) text += (text.size() > 1 ? " " : "") + value_text(value);
    return text + "]";
}

std::optional<aio::Seconds> seconds(int delay) {
    if (delay < 0) return std::nullopt;
    return aio::Seconds(delay);
}

/// Gives a variable its old value back at the end of the block.
template <class T>
class Restore {
public:
    explicit Restore(T& variable) : variable_(variable), old_(variable) {}
    Restore(const Restore&) = delete;
    Restore& operator=(const Restore&) = delete;
    ~Restore() { variable_ = old_; }

private:
    T& variable_;
    T old_;
};

}  // namespace

aio::Coro<bool> Machine::sleep(const Op& op, Env& env) {
    co_await aio::sleep(aio::Seconds(op.args[0]));
    log(env, op);
    co_return false;
}

aio::Coro<bool> Machine::spin(const Op& op, Env& env) {
    for (int i = 0; i < op.args[0]; ++i) {
        co_await aio::yield();
        log(env, op);
    }
    co_return false;
}

aio::Coro<bool> Machine::call(const Op& op, Env& env) {
    const int value = co_await body(op.args[0], env.group);
    log(env, op, value_text(value));
    co_return false;
}

aio::Coro<bool> Machine::await_slot(const Op& op, Env& env) {
    const Slot found = slot(op);
    if (!found.awaitable()) co_return false;
    std::string text;
    if (const auto* number = std::get_if<0>(&found.future))
        text = value_text(co_await *number);
    else if (const auto* numbers = std::get_if<1>(&found.future))
        text = value_text(co_await *numbers);
    else if (const auto* outcomes = std::get_if<2>(&found.future))
        text = value_text(co_await *outcomes);
    log(env, op, text);
    co_return false;
}

aio::Coro<bool> Machine::return_value(const Op& op, Env& env) {
    env.result = op.args[0];
    co_return true;
}

aio::Coro<bool> Machine::try_block(const Op& op, Env& env) {
    std::exception_ptr error;
    try {
        co_return co_await run(op.blocks[0], env);
    } catch (...) {
        error = std::current_exception();
    }
    log(env, op, error_text(error));
    if (co_await run(op.blocks[1], env)) co_return true;
    if (op.args[0]) std::rethrow_exception(error);
    co_return false;
}

aio::Coro<bool> Machine::finally_block(const Op& op, Env& env) {
    co_return co_await aio::with_cleanup([&] { return run(op.blocks[0], env); },
                                         [&]() -> aio::Coro<> { co_await run(op.blocks[1], env); });
}

aio::Coro<bool> Machine::gather(const Op& op, Env&) {
    auto children = numbers(op, 2);
    if (op.args[1]) {
        slot(op) = Slot{Slot::Kind::gather, aio::Future<Outcomes>(aio::gather_outcomes(children))};
    } else {
        const aio::GatherOpts options{.on_error = aio::OnError::leave_running};
        slot(op) = Slot{Slot::Kind::gather, aio::Future<Numbers>(aio::gather(options, children))};
    }
    co_return false;
}

aio::Coro<bool> Machine::shield(const Op& op, Env&) {
    Slot found = slot(op);
    if (!found.used()) co_return false;
    const aio::FutureBase inner = found.base();
    std::visit([](auto& future) { future = aio::shield(future); }, found.future);
    if (!(found.base() == inner) && found.kind != Slot::Kind::gather) found.kind = Slot::Kind::shield;
    slot(op, 1) = found;
    co_return false;
}

aio::Coro<bool> Machine::wait(const Op& op, Env& env) {
    std::vector<aio::FutureBase> futures;
    for (std::size_t i = 2; i < op.args.size(); ++i) {
        if (slot(op, i).used()) futures.push_back(slot(op, i).base());
    }
    if (futures.empty()) co_return false;
    const aio::WaitOpts options{.return_when = static_cast<aio::ReturnWhen>(op.args[0]),
                                .timeout = seconds(op.args[1])};
    const auto result = co_await aio::wait(futures, options);
    std::string done;
    std::string pending;
    auto next_done = result.done.begin();
    auto next_pending = result.pending.begin();
    for (std::size_t i = 0; i < result.done.size() + result.pending.size(); ++i) {
        while (std::find(futures.begin(), futures.begin() + i, futures[i]) != futures.begin() + i)
            futures.erase(futures.begin() + i);
        const bool is_done = next_done != result.done.end() && *next_done == futures[i];
        if (is_done)
            ++next_done;
        else if (!(*next_pending++ == futures[i]))
            done += "?";
        done += is_done ? "x" : ".";
        pending += is_done ? "." : "x";
    }
    log(env, op, done + " " + pending);
    co_return false;
}

aio::Coro<bool> Machine::wait_for(const Op& op, Env& env) {
    const auto limit = seconds(op.args[0]);
    std::string text;
    if (op.args[1] >= 100) {
        text = value_text(co_await aio::wait_for(body(op.args[1] - 100), limit));
    } else {
        const Slot found = slot(op, 1);
        if (!found.awaitable()) co_return false;
        if (const auto* number = std::get_if<0>(&found.future)) {
            text = value_text(co_await aio::wait_for(*number, limit));
        } else if (const auto* numbers = std::get_if<1>(&found.future)) {
            text = value_text(co_await aio::wait_for(*numbers, limit));
        } else if (const auto* outcomes = std::get_if<2>(&found.future)) {
            text = value_text(co_await aio::wait_for(*outcomes, limit));
        }
    }
    log(env, op, text);
    co_return false;
}

aio::Coro<bool> Machine::as_completed(const Op& op, Env& env) {
    auto completions = aio::as_completed(numbers(op, 1), seconds(op.args[0]));
    while (auto next = completions.next()) {
        try {
            const int value = co_await *next;
            log(env, op, value_text(value));
        } catch (const aio::ValueError&) {
            log(env, op, error_text(std::current_exception()));
        }
    }
    co_return false;
}

aio::Coro<bool> Machine::timeout_block(const Op& op, Env& env) {
    aio::Timeout limit;
    const bool returned = co_await aio::timeout(seconds(op.args[0]), [&](aio::Timeout& own) -> aio::Coro<bool> {
        limit = own;
        const Restore<std::vector<aio::Timeout>> scope(env.limits);
        env.limits.push_back(own);
        co_return co_await run(op.blocks[0], env);
    });
    log(env, op, limit.expired() ? "expired True" : "expired False");
    co_return returned;
}

aio::Coro<bool> Machine::group_block(const Op& op, Env& env) {
    const Restore<aio::TaskGroup*> scope(env.group);
    const bool returned = co_await aio::with_task_group([&](aio::TaskGroup& group) -> aio::Coro<bool> {
        env.group = &group;
        co_return co_await run(op.blocks[0], env);
    });
    log(env, op, "joined");
    co_return returned;
}

aio::Coro<bool> Machine::lock_block(const Op& op, Env& env) {
    const auto guard = co_await locks_.at(op.args[0]).scoped();
    log(env, op, "taken");
    co_return co_await run(op.blocks[0], env);
}

aio::Coro<bool> Machine::semaphore_block(const Op& op, Env& env) {
    const auto permit = co_await semaphore_.scoped();
    log(env, op, "taken");
    co_return co_await run(op.blocks[0], env);
}

aio::Coro<bool> Machine::wait_event(const Op& op, Env& env) {
    co_await events_.at(op.args[0]).wait();
    log(env, op);
    co_return false;
}

aio::Coro<bool> Machine::put(const Op& op, Env& env) {
    switch (op.args[0]) {
        case 0: co_await endless_.put(op.args[1]); break;
        case 1: co_await single_.put(op.args[1]); break;
        case 2: co_await sorted_.put(op.args[1]); break;
        default: co_await stack_.put(op.args[1]); break;
    }
    log(env, op);
    co_return false;
}

aio::Coro<bool> Machine::get(const Op& op, Env& env) {
    int value = 0;
    switch (op.args[0]) {
        case 0: value = co_await endless_.get(); break;
        case 1: value = co_await single_.get(); break;
        case 2: value = co_await sorted_.get(); break;
        default: value = co_await stack_.get(); break;
    }
    log(env, op, value_text(value));
    co_return false;
}

aio::Coro<bool> Machine::join_queue(const Op& op, Env& env) {
    switch (op.args[0]) {
        case 0: co_await endless_.join(); break;
        case 1: co_await single_.join(); break;
        case 2: co_await sorted_.join(); break;
        default: co_await stack_.join(); break;
    }
    log(env, op);
    co_return false;
}

aio::Coro<bool> Machine::wait_condition(const Op& op, Env& env) {
    const auto guard = co_await condition_.scoped();
    co_await condition_.wait();
    log(env, op);
    co_return false;
}

aio::Coro<bool> Machine::notify_condition(const Op& op, Env&) {
    const auto guard = co_await condition_.scoped();
    condition_.notify(op.args[1]);
    co_return false;
}

}  // namespace fuzz
