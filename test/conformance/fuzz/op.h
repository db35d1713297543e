// op.h - a random program as the interpreter reads it
#pragma once

#include <istream>
#include <stdexcept>
#include <string>
#include <vector>

namespace fuzz {

struct Op;
using Block = std::vector<Op>;

/// One operation; see program.py.
struct Op {
    std::string name;
    std::vector<int> args;
    std::vector<Block> blocks;
    int number = 0;
};

struct Program {
    std::string seed;
    std::vector<Block> bodies;
};

/// Reads the text form of programs.
class Reader {
public:
    explicit Reader(std::istream& input) : input_(input) {}

    /// False at the end of the input.
    bool next(Program& program) {
        std::string token;
        if (!(input_ >> token)) return false;
        expect(token, "program");
        program = Program{word(), {}};
        count_ = 0;
        while ((token = word()) == "body") {
            expect(word(), "{");
            program.bodies.push_back(block());
        }
        expect(token, "end");
        return true;
    }

private:
    std::string word() {
        std::string token;
        if (!(input_ >> token)) throw std::runtime_error("the program ends too early");
        return token;
    }

    static void expect(const std::string& got, const std::string& wanted) {
        if (got != wanted) throw std::runtime_error("'" + got + "' instead of '" + wanted + "'");
    }

    Block block() {
        Block ops;
        for (std::string token = word(); token != "}"; token = word()) {
            Op op;
            op.name = token;
            op.number = ++count_;
            for (token = word(); token != ";"; token = word()) {
                if (token == "{")
                    op.blocks.push_back(block());
                else
                    op.args.push_back(std::stoi(token));
            }
            ops.push_back(std::move(op));
        }
        return ops;
    }

    std::istream& input_;
    int count_ = 0;
};

}  // namespace fuzz
