// Frontend.h - one command in, the facts of its unit out
#ifndef COROLINT_TOOL_ENGINE_FRONTEND_H
#define COROLINT_TOOL_ENGINE_FRONTEND_H

#include "checks/Pipeline.h"

#include "tool/project/CompileCommands.h"

namespace corolint::tool {

/// Runs the front end in this process over \p Command, without a word of
/// output. Errors of the driver, of the parse and of reading files are in
/// Errors; the facts then cover what could be parsed.
facts::Unit extractUnit(const CompileCommand &Command, const UnitOptions &Options);

} // namespace corolint::tool

#endif // COROLINT_TOOL_ENGINE_FRONTEND_H
