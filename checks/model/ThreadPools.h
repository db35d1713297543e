// ThreadPools.h - classes that are called pools of threads
#ifndef COROLINT_CHECKS_MODEL_THREADPOOLS_H
#define COROLINT_CHECKS_MODEL_THREADPOOLS_H

namespace clang {
class Expr;
class QualType;
} // namespace clang

namespace corolint {

/// True for a class that is called a pool of threads, as `ThreadPool` and
/// `static_thread_pool` are, and for references and pointers to one.
bool isThreadPool(clang::QualType Type);

/// True when \p Awaited is such a pool, or what a method returns that asks it
/// for nothing but a thread: `co_await pool`, `co_await pool.schedule()`.
bool asksForThread(const clang::Expr *Awaited);

} // namespace corolint

#endif // COROLINT_CHECKS_MODEL_THREADPOOLS_H
