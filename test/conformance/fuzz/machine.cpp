// machine.cpp - the parts of the interpreter that every operation uses
#include "machine.h"

namespace fuzz {

std::string error_text(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const aio::CancelledError& cancelled) {
        return std::string("C:") + cancelled.what();
    } catch (const aio::ExceptionGroup& group) {
        std::string text = "G[";
        for (const auto& inner : group.exceptions()) text += (text.size() > 2 ? " " : "") + error_text(inner);
        return text + "]";
    } catch (const aio::ValueError& value) {
        return std::string("V:") + value.what();
    } catch (const aio::TimeoutError&) {
        return "T";
    } catch (const aio::InvalidStateError&) {
        return "I";
    } catch (const aio::RuntimeError&) {
        return "R";
    } catch (const aio::QueueFull&) {
        return "QF";
    } catch (const aio::QueueEmpty&) {
        return "QE";
    } catch (...) {
        return "?";
    }
}

void Machine::log(const Env& env, const Op& op, const std::string& text) {
    const auto time = static_cast<long>(aio::get_running_loop().time());
    trace.push_back(std::to_string(time) + " " + env.label + "." + std::to_string(op.number) + " " + op.name +
                    (text.empty() ? "" : " " + text));
}

aio::Coro<int> Machine::body(int index, aio::TaskGroup* group) {
    const int label = ++labels_;
    return run_body(index, Env{"b" + std::to_string(index) + "#" + std::to_string(label), group});
}

aio::Coro<int> Machine::run_body(int index, Env env) {
    co_await run(program_.bodies.at(index), env);
    co_return env.result;
}

aio::Coro<bool> Machine::run(const Block& block, Env& env) {
    for (const Op& op : block) {
        const auto found = plain_ops.find(op.name);
        if (found != plain_ops.end()) {
            (this->*found->second)(op, env);
        } else if (co_await (this->*waiting_ops.at(op.name))(op, env)) {
            co_return true;
        }
    }
    co_return false;
}

void Machine::make_task(Slot& target, aio::Task<int> task) {
    target = Slot{Slot::Kind::task, aio::Future<int>(task), aio::TaskBase(task)};
}

std::vector<aio::Future<int>> Machine::numbers(const Op& op, std::size_t first) {
    std::vector<aio::Future<int>> found;
    for (std::size_t i = first; i < op.args.size(); ++i) {
        if (op.args[i] >= 100)
            found.push_back(aio::create_task(body(op.args[i] - 100)));
        else if (slot(op, i).number())
            found.push_back(std::get<0>(slot(op, i).future));
    }
    return found;
}

}  // namespace fuzz
