// annotations.h - what declarations tell corolint
//
// Needs nothing, and means nothing to compilers: include it anywhere. Clang
// keeps the words for tools; other compilers see empty macros.
//
//   CORO_BLOCKING std::string read_file(const char *name);
//   void post(CORO_POSTS std::function<void()> work);

#ifndef COROLINT_ANNOTATIONS_H
#define COROLINT_ANNOTATIONS_H

#if defined(__clang__) && defined(__cplusplus)
#define COROLINT_SAYS(what) [[clang::annotate("corolint::" what)]]
#elif defined(__clang__)
#define COROLINT_SAYS(what) __attribute__((annotate("corolint::" what)))
#else
#define COROLINT_SAYS(what)
#endif

/* Before the declaration of a function. */

/// A call stops the thread: it must not happen on an event loop.
#define CORO_BLOCKING COROLINT_SAYS("blocking")
/// It never stops the thread, whatever it calls; what it does call is checked.
#define CORO_NONBLOCKING COROLINT_SAYS("nonblocking")
/// Both colours may call it: it finds out at run time whether it is on a loop.
#define CORO_MIXED COROLINT_SAYS("mixed")
/// Runs on the loop, whoever calls it: it must not block.
#define CORO_LOOP_ONLY COROLINT_SAYS("loop_only")
/// Any thread may call it, although its class belongs to a loop.
#define CORO_ANY_THREAD COROLINT_SAYS("any_thread")
/// Answers whether a loop runs on this thread: what is reached only when the
/// answer is false may block.
#define CORO_LOOP_CHECK COROLINT_SAYS("loop_check")
/// Its result must be awaited, whatever the type.
#define CORO_MUST_AWAIT COROLINT_SAYS("must_await")

/* Before a parameter. */

/// The callable runs on another thread: it may block.
#define CORO_OFFLOADS COROLINT_SAYS("offloads")
/// The callable runs later, on the loop: it must not block.
#define CORO_POSTS COROLINT_SAYS("posts")
/// The callable is kept; nobody knows where it runs.
#define CORO_STORES COROLINT_SAYS("stores")
/// The task becomes the callee's: the caller need not await it.
#define CORO_CONSUMES COROLINT_SAYS("consumes")
/// The task is only looked at: it is still the caller's to await.
#define CORO_BORROWS COROLINT_SAYS("borrows")

#endif /* COROLINT_ANNOTATIONS_H */
