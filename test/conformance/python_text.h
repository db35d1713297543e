// python_text.h - spells values as Python prints them
#pragma once

#include <aio/aio.h>

#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

namespace conformance {

/// Python's KeyError, which has no counterpart in C++.
class KeyError : public aio::Error {
public:
    using aio::Error::Error;
};

inline const char* text(bool value) { return value ? "True" : "False"; }
inline std::string text(int value) { return std::to_string(value); }
inline std::string text(const std::string& value) { return "'" + value + "'"; }

/// The args of an exception that has at most one: "('x',)".
template <class E>
std::string args(const E& error) {
    const std::string message = error.what();
    return message.empty() ? "()" : "('" + message + "',)";
}

/// "b'x\\n'".
inline std::string bytes(const std::string& value) {
    std::string all = "b'";
    for (const char c : value) {
        if (c == '\n')
            all += "\\n";
        else
            all += c;
    }
    return all + "'";
}

template <class T>
std::string text(const std::vector<T>& values) {
    std::string all = "[";
    for (const auto& value : values) {
        if (all.size() > 1) all += ", ";
        all += text(value);
    }
    return all + "]";
}
inline std::string text(const std::vector<bool>& values) {
    std::string all = "[";
    for (const bool value : values) {
        if (all.size() > 1) all += ", ";
        all += text(value);
    }
    return all + "]";
}

/// The name that Python gives to the type of \p error.
inline std::string type_name(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const aio::ValueError&) {
        return "ValueError";
    } catch (const aio::TypeError&) {
        return "TypeError";
    } catch (const aio::TimeoutError&) {
        return "TimeoutError";
    } catch (const aio::RuntimeError&) {
        return "RuntimeError";
    } catch (const aio::ExceptionGroup&) {
        return "ExceptionGroup";
    } catch (const KeyError&) {
        return "KeyError";
    } catch (const aio::ProcessLookupError&) {
        return "ProcessLookupError";
    } catch (const aio::CancelledError&) {
        return "CancelledError";
    } catch (...) {
        return "?";
    }
}

/// What str() gives for \p error.
inline std::string message(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& known) {
        return known.what();
    } catch (const aio::BaseError& known) {
        return known.what();
    }
}

/// "ValueError('x')".
inline std::string repr(const std::exception_ptr& error) {
    const std::string text = message(error);
    return type_name(error) + "(" + (text.empty() ? "" : "'" + text + "'") + ")";
}

}  // namespace conformance
