// DocumentationLinks.cpp - links of diagnostics lead to our pages
//
// clangd links every check to a page of LLVM's site, which has none of ours. The
// pages are installed with the program; a page that is not there is no link.

#include "tool/base/Path.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace clang::clangd {
struct CodeAction;
struct PublishDiagnosticsParams;
} // namespace clang::clangd

using namespace clang::clangd;

json::Value realPublish(const PublishDiagnosticsParams &) __asm__(
    "__real__ZN5clang6clangd6toJSONERKNS0_24PublishDiagnosticsParamsE");
json::Value publish(const PublishDiagnosticsParams &) __asm__(
    "__wrap__ZN5clang6clangd6toJSONERKNS0_24PublishDiagnosticsParamsE");
json::Value
realAction(const CodeAction &) __asm__("__real__ZN5clang6clangd6toJSONERKNS0_10CodeActionE");
json::Value
action(const CodeAction &) __asm__("__wrap__ZN5clang6clangd6toJSONERKNS0_10CodeActionE");

/// The folder of the pages; its place beside the program is the same in a build
/// folder and where it is installed.
static const std::string &pages() {
  static const std::string Folder = [] {
    std::string Program = sys::fs::getMainExecutable(nullptr, nullptr);
    SmallString<128> Name(sys::path::parent_path(Program));
    sys::path::append(Name, COROLINT_PAGES_FROM_BIN);
    sys::path::remove_dots(Name, /*remove_dot_dot=*/true);
    return Name.str().str();
  }();
  return Folder;
}

static void mendLinks(json::Value &Holder) {
  json::Object *Whole = Holder.getAsObject();
  json::Array *All = Whole ? Whole->getArray("diagnostics") : nullptr;
  if (!All)
    return;
  for (json::Value &Each : *All) {
    json::Object *One = Each.getAsObject();
    std::optional<StringRef> Id = One ? One->getString("code") : std::nullopt;
    if (!Id || !Id->starts_with("coro-"))
      continue;
    std::string Page = pages() + "/" + Id->str() + ".md";
    if (sys::fs::exists(Page))
      (*One)["codeDescription"] = json::Object{{"href", corolint::tool::uriOf(Page)}};
    else
      One->erase("codeDescription");
  }
}

json::Value publish(const PublishDiagnosticsParams &Diagnostics) {
  json::Value Out = realPublish(Diagnostics);
  mendLinks(Out);
  return Out;
}

json::Value action(const CodeAction &Fix) {
  json::Value Out = realAction(Fix);
  mendLinks(Out);
  return Out;
}
