// Scheduler.h - runs pieces of work in forked processes
#ifndef COROLINT_TOOL_ENGINE_SCHEDULER_H
#define COROLINT_TOOL_ENGINE_SCHEDULER_H

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace corolint::tool {

/// How one piece of work ended.
struct WorkResult {
  enum class End : std::uint8_t {
    Done,    ///< Bytes is what the work returned
    Crashed, ///< a signal, or an exit without a result
    TimedOut,
    NotRun, ///< the run was interrupted, or no process could be made
  };
  End How = End::NotRun;
  std::vector<std::uint8_t> Bytes;
  std::string Reason; ///< Crashed, NotRun: "signal 11 (Segmentation fault)"
};

struct ScheduleOptions {
  unsigned Jobs = 1;
  std::chrono::milliseconds Timeout{120000}; ///< per piece; 0: none
};

/// Calls \p Work for 0 .. \p Count-1, each in its own process, at most
/// Jobs at once, and \p Done here, in the order in which they end.
///
/// The caller must have one thread only. Work prints nothing: its output
/// streams lead nowhere. Returns false when SIGINT or SIGTERM stopped the run;
/// the processes are dead by then, and no file is left behind.
bool runForked(std::size_t Count, const ScheduleOptions &Options,
               const std::function<std::vector<std::uint8_t>(std::size_t)> &Work,
               const std::function<void(std::size_t, WorkResult)> &Done);

/// How many processes this process may run at once: its affinity mask, limited
/// by the quota of its control group.
unsigned availableProcessors();

} // namespace corolint::tool

#endif // COROLINT_TOOL_ENGINE_SCHEDULER_H
