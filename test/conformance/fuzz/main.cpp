// main.cpp - prints the traces of programs from standard input
#include "machine.h"

#include <cstdio>
#include <iostream>

namespace {

void run_program(const fuzz::Program& program) {
    fuzz::Machine machine(program);
    aio::TestClock clock;
    aio::Runner runner({.clock = &clock});
    runner.get_loop().set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) {});
    const auto guarded = [&](const auto& step) {
        try {
            step();
        } catch (const aio::RuntimeError& error) {
            const bool deadlock = std::string(error.what()).starts_with("deadlock");
            machine.trace.emplace_back(deadlock ? "deadlock" : "error R");
        } catch (...) {
            machine.trace.push_back("error " + fuzz::error_text(std::current_exception()));
        }
    };
    guarded([&] { machine.trace.push_back("result " + std::to_string(runner.run(machine.body(0)))); });
    guarded([&] { runner.close(); });
    std::printf("== %s\n", program.seed.c_str());
    for (const std::string& line : machine.trace) std::printf("%s\n", line.c_str());
}

}  // namespace

int main() {
    fuzz::Program program;
    fuzz::Reader reader(std::cin);
    while (reader.next(program)) run_program(program);
}
