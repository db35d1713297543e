// annotations.h - what declarations tell corolint's checks
#pragma once

// Clang keeps them for tools; other compilers have no use for them.
#ifdef __clang__
/// A call stops the thread, or runs a loop on it.
#define AIO_BLOCKING [[clang::annotate("corolint::blocking")]]
/// Any thread may call it, whatever loop the object belongs to.
#define AIO_ANY_THREAD [[clang::annotate("corolint::any_thread")]]
#else
#define AIO_BLOCKING
#define AIO_ANY_THREAD
#endif
