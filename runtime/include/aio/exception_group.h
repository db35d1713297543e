// exception_group.h - several errors thrown as one
#pragma once

#include "aio/detail/holds.h"
#include "aio/errors.h"

#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace aio {

/// What ExceptionGroup has in common with groups of any other root: catch it to
/// catch them all.
class BaseExceptionGroup {
public:
    virtual ~BaseExceptionGroup();

    /// The message without the count that ExceptionGroup::what() adds.
    [[nodiscard]] const std::string& message() const noexcept { return message_; }

    /// The exceptions, in order.
    [[nodiscard]] const std::vector<std::exception_ptr>& exceptions() const noexcept { return exceptions_; }

    /// Calls \p f with each exception of type \p E; returns how many there were.
    template <class E, class F>
    std::size_t for_each(F&& f) const {
        std::size_t count = 0;
        for (const auto& error : exceptions_) {
            try {
                std::rethrow_exception(error);
            } catch (const E& found) {
                f(found);
                ++count;
            } catch (const BaseExceptionGroup& nested) {
                count += nested.for_each<E>(f);
            } catch (...) {
                continue;
            }
        }
        return count;
    }

protected:
    BaseExceptionGroup(std::string message, std::vector<std::exception_ptr> exceptions);
    BaseExceptionGroup(const BaseExceptionGroup&) = default;
    BaseExceptionGroup& operator=(const BaseExceptionGroup&) = default;

private:
    std::string message_;
    std::vector<std::exception_ptr> exceptions_;
};

/// Several exceptions thrown as one, in the order in which they happened.
///
/// split(), subgroup() and for_each() replace Python's `except*`. They look
/// into nested groups; split() and subgroup() keep the nesting.
class ExceptionGroup : public Error, public BaseExceptionGroup {
public:
    /// Throws ValueError when \p exceptions is empty.
    ExceptionGroup(std::string message, std::vector<std::exception_ptr> exceptions);

    /// What matches and what does not; an empty group is left out.
    using Parts = std::pair<std::optional<ExceptionGroup>, std::optional<ExceptionGroup>>;

    /// Separates the exceptions of type \p E from the others.
    template <class E>
    [[nodiscard]] Parts split() const {
        return split_by(&detail::holds<E>);
    }

    /// The exceptions of type \p E, or nothing when there are none.
    template <class E>
    [[nodiscard]] std::optional<ExceptionGroup> subgroup() const {
        return split<E>().first;
    }

private:
    using Predicate = bool (*)(const std::exception_ptr&);

    [[nodiscard]] Parts split_by(Predicate wanted) const;
};

}  // namespace aio
