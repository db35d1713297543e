// CallFixes.h - edits that mend calls which stop the loop
#ifndef COROLINT_CHECKS_EXTRACT_CALLFIXES_H
#define COROLINT_CHECKS_EXTRACT_CALLFIXES_H

#include "checks/extract/FunctionBody.h"
#include "checks/extract/Sources.h"
#include "checks/model/CallSite.h"
#include "checks/model/Coroutine.h"

namespace corolint {

/// Makes fixes for calls in one function. Nothing where it is not certain that the
/// result compiles, or does what the call did.
class CallFixes {
public:
  CallFixes(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors,
            Sources &Text)
      : Body(Body), Models(Models), Colors(Colors), Text(Text) {}

  /// The awaitable sleep of the coroutine's library in place of one that blocks.
  std::optional<facts::Fix> sleep(const CallSite &Site, const model::SleepRule &Rule) const;

  /// `co_await task` in place of a function that blocks until the task is done.
  std::optional<facts::Fix> await(const CallSite &Site, const model::FunctionRule &Rule) const;

private:
  const FunctionBody &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  Sources &Text;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_CALLFIXES_H
