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
    } catch (const aio::RuntimeError&) {
        return "RuntimeError";
    } catch (const aio::ExceptionGroup&) {
        return "ExceptionGroup";
    } catch (const KeyError&) {
        return "KeyError";
    } catch (const aio::CancelledError&) {
        return "CancelledError";
    } catch (...) {
        return "?";
    }
}

/// "ValueError('x')".
inline std::string repr(const std::exception_ptr& error) {
    std::string message;
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& known) {
        message = known.what();
    } catch (const aio::BaseError& known) {
        message = known.what();
    }
    return type_name(error) + "(" + (message.empty() ? "" : "'" + message + "'") + ")";
}

}  // namespace conformance
