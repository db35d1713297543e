// exception_group_test.cpp - several errors thrown as one
#include "virtual_run.h"

#include <gtest/gtest.h>

namespace {

aio::ExceptionGroup nested_group() {
    const aio::ExceptionGroup inner(
        "inner", {std::make_exception_ptr(aio::ValueError("deep")), std::make_exception_ptr(aio::TypeError("t"))});
    return aio::ExceptionGroup("outer",
                               {std::make_exception_ptr(aio::ValueError("v")), std::make_exception_ptr(inner)});
}

TEST(ExceptionGroup, CountsItsExceptions) {
    EXPECT_STREQ(nested_group().what(), "outer (2 sub-exceptions)");
    EXPECT_EQ(nested_group().message(), "outer");
}

TEST(ExceptionGroup, SplitsByTypeAndKeepsTheNesting) {
    const auto [values, rest] = nested_group().split<aio::ValueError>();
    ASSERT_TRUE(values && rest);
    EXPECT_EQ(values->exceptions().size(), 2U);
    EXPECT_EQ(rest->exceptions().size(), 1U);
    EXPECT_EQ(rest->for_each<aio::TypeError>([](const aio::TypeError&) {}), 1U);
    EXPECT_FALSE(nested_group().subgroup<aio::TimeoutError>());
}

TEST(ExceptionGroup, VisitsNestedExceptionsInOrder) {
    std::string seen;
    nested_group().for_each<aio::ValueError>([&](const aio::ValueError& error) { seen += error.what(); });
    EXPECT_EQ(seen, "vdeep");
}

TEST(ExceptionGroup, CannotBeEmpty) { EXPECT_THROW(aio::ExceptionGroup("none", {}), aio::ValueError); }

}  // namespace
