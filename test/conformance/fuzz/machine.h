// machine.h - runs the random programs on aio
#pragma once

#include "op.h"

#include <aio/aio.h>

#include <array>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fuzz {

/// What a running body knows.
struct Env {
    std::string label;
    aio::TaskGroup* group = nullptr;
    int result = 0;
    std::vector<aio::Timeout> limits = {};
};

using Numbers = std::vector<int>;
using Outcomes = std::vector<aio::Outcome<int>>;

/// A variable of the program that holds a future.
struct Slot {
    enum class Kind { none, future, task, gather, shield };

    Kind kind = Kind::none;
    std::variant<aio::Future<int>, aio::Future<Numbers>, aio::Future<Outcomes>> future = {};
    aio::TaskBase task = {};

    [[nodiscard]] bool used() const noexcept { return kind != Kind::none; }
    /// Whether the result is a number, and not that of a gather.
    [[nodiscard]] bool number() const noexcept { return used() && future.index() == 0; }
    /// Whether awaiting it can work: a task may not await itself.
    [[nodiscard]] bool awaitable() const { return used() && !(base() == aio::current_task()); }
    [[nodiscard]] aio::FutureBase base() const {
        return std::visit([](const auto& one) { return aio::FutureBase(one); }, future);
    }
};

/// The short form of \p error in a trace.
std::string error_text(const std::exception_ptr& error);

/// Interprets one program; the twin of Machine in oracle.py.
class Machine {
public:
    explicit Machine(const Program& program) : program_(program) {}

    aio::Coro<int> body(int index, aio::TaskGroup* group = nullptr);

    std::vector<std::string> trace;

private:
    using Plain = void (Machine::*)(const Op&, Env&);
    using Waiting = aio::Coro<bool> (Machine::*)(const Op&, Env&);
    static const std::map<std::string, Plain> plain_ops;
    static const std::map<std::string, Waiting> waiting_ops;

    void log(const Env& env, const Op& op, const std::string& text = {});
    aio::Coro<int> run_body(int index, Env env);
    aio::Coro<bool> run(const Block& block, Env& env);

    void cancel(const Op& op, Env& env);
    void cancel_self(const Op& op, Env& env);
    void uncancel(const Op& op, Env& env);
    void make_future(const Op& op, Env& env);
    void set(const Op& op, Env& env);
    void fail(const Op& op, Env& env);
    void add_callback(const Op& op, Env& env);
    void info(const Op& op, Env& env);
    void raise(const Op& op, Env& env);
    void spawn(const Op& op, Env& env);
    void spawn_in_group(const Op& op, Env& env);
    void later(const Op& op, Env& env);
    void set_event(const Op& op, Env& env);
    void clear_event(const Op& op, Env& env);
    void put_nowait(const Op& op, Env& env);
    void get_nowait(const Op& op, Env& env);
    void task_done(const Op& op, Env& env);
    void notify(const Op& op, Env& env);
    void reschedule(const Op& op, Env& env);

    aio::Coro<bool> sleep(const Op& op, Env& env);
    aio::Coro<bool> spin(const Op& op, Env& env);
    aio::Coro<bool> call(const Op& op, Env& env);
    aio::Coro<bool> await_slot(const Op& op, Env& env);
    aio::Coro<bool> return_value(const Op& op, Env& env);
    aio::Coro<bool> try_block(const Op& op, Env& env);
    aio::Coro<bool> finally_block(const Op& op, Env& env);
    aio::Coro<bool> gather(const Op& op, Env& env);
    aio::Coro<bool> shield(const Op& op, Env& env);
    aio::Coro<bool> wait(const Op& op, Env& env);
    aio::Coro<bool> wait_for(const Op& op, Env& env);
    aio::Coro<bool> as_completed(const Op& op, Env& env);
    aio::Coro<bool> timeout_block(const Op& op, Env& env);
    aio::Coro<bool> group_block(const Op& op, Env& env);
    aio::Coro<bool> lock_block(const Op& op, Env& env);
    aio::Coro<bool> semaphore_block(const Op& op, Env& env);
    aio::Coro<bool> wait_event(const Op& op, Env& env);
    aio::Coro<bool> put(const Op& op, Env& env);
    aio::Coro<bool> get(const Op& op, Env& env);
    aio::Coro<bool> join_queue(const Op& op, Env& env);
    aio::Coro<bool> wait_condition(const Op& op, Env& env);
    aio::Coro<bool> notify_condition(const Op& op, Env& env);

    Slot& slot(const Op& op, std::size_t argument = 0) { return slots_.at(op.args.at(argument)); }
    void make_task(Slot& target, aio::Task<int> task);
    /// The futures of the items that can be used; bodies become tasks.
    std::vector<aio::Future<int>> numbers(const Op& op, std::size_t first);
    /// Calls \p use with the queue that the first argument names.
    template <class F>
    decltype(auto) with_queue(const Op& op, F use);

    const Program& program_;
    int labels_ = 0;
    std::array<Slot, 6> slots_;
    std::array<aio::Event, 2> events_;
    std::array<aio::Lock, 2> locks_;
    aio::Semaphore semaphore_{2};
    aio::Queue<int> endless_;
    aio::Queue<int> single_{1};
    aio::PriorityQueue<int> sorted_{2};
    aio::LifoQueue<int> stack_;
    aio::Condition condition_;
};

}  // namespace fuzz
