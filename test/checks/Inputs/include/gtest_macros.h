// gtest_macros.h - the macros of GoogleTest that try a statement
#ifndef COROLINT_TEST_GTEST_MACROS_H
#define COROLINT_TEST_GTEST_MACROS_H

#include <exception>
#include <memory>

namespace testing::internal {

bool AlwaysTrue();
void Fail(const char *message);

/// The child process that a death test runs in, and its parent.
class DeathTest {
public:
  static bool Create(const char *statement, DeathTest **test);
  virtual ~DeathTest();
  enum TestRole { OVERSEE_TEST, EXECUTE_TEST };
  enum AbortReason { TEST_THREW_EXCEPTION, TEST_DID_NOT_DIE };
  virtual TestRole AssumeRole() = 0;
  virtual int Wait() = 0;
  virtual bool Passed(bool status) = 0;
  virtual void Abort(AbortReason reason) = 0;
};

} // namespace testing::internal

#define TESTING_PASTE(first, second) first##second
#define TESTING_LABEL(first, second) TESTING_PASTE(first, second)

#define EXPECT_DEATH(statement, matcher)                                             \
  switch (0)                                                                         \
  case 0:                                                                            \
  default:                                                                           \
    if (testing::internal::AlwaysTrue()) {                                           \
      testing::internal::DeathTest *test;                                            \
      if (!testing::internal::DeathTest::Create(#statement, &test))                  \
        goto TESTING_LABEL(failed_, __LINE__);                                                                 \
      if (test != nullptr) {                                                         \
        std::unique_ptr<testing::internal::DeathTest> owner(test);                   \
        switch (test->AssumeRole()) {                                                \
        case testing::internal::DeathTest::OVERSEE_TEST:                             \
          if (!test->Passed(test->Wait()))                                           \
            goto TESTING_LABEL(failed_, __LINE__);                                                             \
          break;                                                                     \
        case testing::internal::DeathTest::EXECUTE_TEST: {                           \
          try {                                                                      \
            if (testing::internal::AlwaysTrue()) {                                   \
              statement;                                                             \
            }                                                                        \
          } catch (const std::exception &) {                                         \
            test->Abort(testing::internal::DeathTest::TEST_THREW_EXCEPTION);         \
          }                                                                          \
          test->Abort(testing::internal::DeathTest::TEST_DID_NOT_DIE);               \
          break;                                                                     \
        }                                                                            \
        }                                                                            \
      }                                                                              \
    } else                                                                           \
    TESTING_LABEL(failed_, __LINE__):                                                                          \
      testing::internal::Fail(matcher)

#define EXPECT_NO_THROW(statement)                                                   \
  try {                                                                              \
    if (testing::internal::AlwaysTrue()) {                                           \
      statement;                                                                     \
    }                                                                                \
  } catch (...) {                                                                    \
    testing::internal::Fail(#statement);                                             \
  }

#endif // COROLINT_TEST_GTEST_MACROS_H
