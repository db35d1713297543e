# test_reference.py - the reference of aio says what the headers say

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

from small_tree import REPOSITORY

import aio_reference
import generate_docs

HEADER = """\
// flag.h - a flag for tests
#pragma once

namespace aio {

namespace detail {

/// Hidden, but others derive from it.
template <class T>
class Counted {
public:
    /// At first zero, or \\p count.
    explicit Counted(int count = 0);
    /// How many there are.
    int count() const { return count_; }

private:
    int count_ = 0;
};

/// A pointer that knows where it was passed.
template <class Owner, bool or_null = false>
class Placed {};

}  // namespace detail

/// What went wrong.
struct FlagError {
    /// Its code.
    int code = 1;
    int hidden_from_the_reference;
};

/// When a flag is set.
enum class When {
    /// At once.
    now,
    /// In the next iteration.
    later,
};

/// A flag; see FlagError and set_all().
///
///     Flag flag;
class Flag : public detail::Counted<Flag> {
public:
    using detail::Counted<Flag>::Counted;
    Flag(const Flag&) = delete;

    /// Sets it: wait() ends.
    void set() {}
    template <class T>
        requires(sizeof(T) > 1)
    void set(T value = {}) {
        count(value);
    }

    /// Waits until \\p number tasks have called set(), any | all.
    ///
    /// Suspends:  while it is not set.
    /// Resumes:   from the loop,
    ///            later.
    /// Cancelled: throws FlagError.
    /// Lifetime:  none.
    int wait(int number);

    /// For the other headers of aio.
    int core();

private:
    /// Not for others.
    int secret();
};

/// Sets the flags.
inline void set_all() noexcept {}
/// Clears \p flag, or all when it is null.
void clear(detail::Placed<Flag, true> flag);
void undocumented();

}  // namespace aio
"""

PAGE = """\
# aio/flag.h

<!-- Generated from runtime/include/aio/flag.h by tool/dev/generate_docs.py: do not edit. -->

A flag for tests. All headers: [index](index.md).

## struct FlagError

```cpp
struct FlagError {
    int hidden_from_the_reference;
};
```

What went wrong.

| member | meaning |
|---|---|
| `int code = 1` | Its code. |

## enum When

```cpp
enum class When;
```

When a flag is set.

| member | meaning |
|---|---|
| `now` | At once. |
| `later` | In the next iteration. |

## class Flag

```cpp
class Flag : public detail::Counted<Flag> {
    Flag(const Flag&) = delete;
};
```

A flag; see [`FlagError`](#struct-flagerror) and [`set_all()`](#set_all).

    Flag flag;

### Flag::set

```cpp
void set();
template <class T>
    requires(sizeof(T) > 1)
void set(T value = {});
```

Sets it: `wait()` ends.

### Flag::wait

```cpp
int wait(int number);
```

Waits until `number` tasks have called `set()`, any \\| all.

| awaiting it | |
|---|---|
| Suspends | while it is not set. |
| Resumes | from the loop, later. |
| Cancelled | throws [`FlagError`](#struct-flagerror). |
| Lifetime | none. |

### Flag::Flag

```cpp
explicit Flag(int count = 0);
```

At first zero, or `count`.

### Flag::count

```cpp
int count() const;
```

How many there are.

## set_all

```cpp
inline void set_all() noexcept;
```

Sets the flags.

## clear

```cpp
void clear(Flag* flag);
```

Clears `flag`, or all when it is null.
"""


class ReferenceTest(unittest.TestCase):
    maxDiff = None

    def tree(self, header):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        root = Path(folder.name)
        include = root / "runtime/include/aio"
        include.mkdir(parents=True)
        (include / "aio.h").write_text('// aio.h - everything of aio\n#pragma once\n#include "aio/flag.h"\n')
        (include / "flag.h").write_text(header)
        return root

    def test_a_page_has_every_public_contract_and_nothing_else(self):
        made = aio_reference.pages(self.tree(HEADER))
        self.assertEqual(made["docs/reference/aio/flag.md"], PAGE)

    def test_the_index_has_each_header_with_its_names(self):
        made = aio_reference.pages(self.tree(HEADER))
        self.assertEqual(sorted(made), ["docs/reference/aio/flag.md", "docs/reference/aio/index.md"])
        self.assertIn("| [aio/flag.h](flag.md) | a flag for tests | [`FlagError`](flag.md#struct-flagerror), "
                      "[`When`](flag.md#enum-when), [`Flag`](flag.md#class-flag), [`set_all`](flag.md#set_all), "
                      "[`clear`](flag.md#clear) |",
                      made["docs/reference/aio/index.md"])

    def test_headers_with_errors_are_refused_with_the_place(self):
        with self.assertRaisesRegex(RuntimeError, r"flag.h:4:14: error: expected class name"):
            aio_reference.pages(self.tree("// flag.h - broken\n#pragma once\n\nclass Flag : nothing {};\n"))

    def test_pages_that_differ_or_are_left_over_are_stale(self):
        root = self.tree(HEADER)
        made = aio_reference.pages(root)
        self.assertEqual(generate_docs.stale(root, made), sorted(made))
        self.bring_up_to_date(root, made)
        self.assertEqual(generate_docs.stale(root, made), [])
        (root / "docs/reference/aio/flag.md").write_text("")
        (root / "docs/reference/aio/gone.md").write_text("")
        self.assertEqual(generate_docs.stale(root, made), ["docs/reference/aio/flag.md", "docs/reference/aio/gone.md"])
        self.bring_up_to_date(root, made)
        self.assertEqual(generate_docs.stale(root, made), [])

    @staticmethod
    def bring_up_to_date(root, made):
        with contextlib.redirect_stdout(io.StringIO()):
            generate_docs.bring_up_to_date(root, made)

    def test_the_pages_of_this_repository_are_fresh(self):
        self.assertEqual(generate_docs.stale(REPOSITORY, generate_docs.pages(REPOSITORY)), [],
                         "run: python3 tool/dev/generate_docs.py")


if __name__ == "__main__":
    unittest.main()
