// exception_group.cpp - several errors thrown as one
#include "aio/exception_group.h"

namespace aio {

namespace {

std::string with_count(const std::string& message, std::size_t count) {
    return message + " (" + std::to_string(count) + (count == 1 ? " sub-exception)" : " sub-exceptions)");
}

}  // namespace

BaseExceptionGroup::BaseExceptionGroup(std::string message, std::vector<std::exception_ptr> exceptions)
    : message_(std::move(message)), exceptions_(std::move(exceptions)) {
    if (exceptions_.empty()) throw ValueError("second argument (exceptions) must be a non-empty sequence");
}

BaseExceptionGroup::~BaseExceptionGroup() = default;

ExceptionGroup::ExceptionGroup(std::string message, std::vector<std::exception_ptr> exceptions)
    : Error(with_count(message, exceptions.size())), BaseExceptionGroup(std::move(message), std::move(exceptions)) {}

ExceptionGroup::Parts ExceptionGroup::split_by(Predicate wanted) const {
    std::vector<std::exception_ptr> in;
    std::vector<std::exception_ptr> out;
    for (const auto& error : exceptions()) {
        if (wanted(error)) {
            in.push_back(error);
            continue;
        }
        try {
            std::rethrow_exception(error);
        } catch (const ExceptionGroup& nested) {
            auto [nested_in, nested_out] = nested.split_by(wanted);
            if (nested_in) in.push_back(std::make_exception_ptr(*nested_in));
            if (nested_out) out.push_back(std::make_exception_ptr(*nested_out));
        } catch (...) {
            out.push_back(error);
        }
    }
    Parts parts;
    if (!in.empty()) parts.first.emplace(message(), std::move(in));
    if (!out.empty()) parts.second.emplace(message(), std::move(out));
    return parts;
}

}  // namespace aio
