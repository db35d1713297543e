// Input.cpp - the editor's messages, and between them news of the project
//
// clangd looks at an open file again when the editor edits or saves one. A changed
// configuration or linked summary is such an occasion, too: it is told to clangd as
// a file that was saved. Whoever changed it, no editor has to watch for it.

#include "tool/base/Path.h"
#include "tool/plugin/clangd/MessageReader.h"
#include "tool/plugin/clangd/OpenFiles.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <cstdio>
#include <memory>
#include <poll.h>
#include <unistd.h>

using namespace llvm;

namespace clang::clangd {
/// Passed on as it is.
class Transport {};
enum class JSONStreamStyle { Standard, Delimited };
} // namespace clang::clangd

using clang::clangd::JSONStreamStyle;
using Transport = std::unique_ptr<clang::clangd::Transport>;

Transport realTransport(std::FILE *, raw_ostream &, raw_ostream *, bool, JSONStreamStyle) __asm__(
    "__real__ZN5clang6clangd16newJSONTransportEP8_IO_FILERN4llvm11raw_ostreamEPS4_"
    "bNS0_15JSONStreamStyleE");
Transport transport(std::FILE *, raw_ostream &, raw_ostream *, bool, JSONStreamStyle) __asm__(
    "__wrap__ZN5clang6clangd16newJSONTransportEP8_IO_FILERN4llvm11raw_ostreamEPS4_"
    "bNS0_15JSONStreamStyleE");

namespace {

using Clock = std::chrono::steady_clock;

/// How long a change may stay unnoticed. A look costs some calls of stat().
constexpr std::chrono::milliseconds Pause{500};

std::string savedMessage(StringRef File) {
  json::Object Document{{"uri", corolint::tool::uriOf(File)}};
  json::Value Message = json::Object{
      {"jsonrpc", "2.0"},
      {"method", "textDocument/didSave"},
      {"params", json::Object{{"textDocument", std::move(Document)}}},
  };
  std::string Body, Result;
  raw_string_ostream(Body) << Message;
  raw_string_ostream(Result) << "Content-Length: " << Body.size() << "\r\n\r\n" << Body;
  return Result;
}

/// What clangd reads from. All calls come from its one thread that reads.
class Input {
public:
  explicit Input(int Editor) : Editor(Editor) {}

  ssize_t read(char *Into, std::size_t Size) {
    for (;;) {
      if (Messages.isBetween() && News.empty())
        look();
      if (!News.empty())
        return take(Into, Size);
      pollfd Awaited{Editor, POLLIN, 0};
      int Ready = poll(&Awaited, 1, limit());
      if (Ready < 0)
        return -1; // a signal: clangd looks whether it has to end
      if (Ready == 0)
        continue;
      ssize_t Count = ::read(Editor, Into, Size);
      if (Count > 0)
        Messages.follow({Into, static_cast<std::size_t>(Count)});
      return Count;
    }
  }

private:
  void look() {
    if (Clock::now() < Next || corolint::OpenFiles::all().isEmpty())
      return;
    if (std::optional<std::string> File = corolint::OpenFiles::all().findChanged())
      News = savedMessage(*File);
    Next = Clock::now() + Pause;
  }

  ssize_t take(char *Into, std::size_t Size) {
    std::size_t Count = News.copy(Into, Size);
    News.erase(0, Count);
    return static_cast<ssize_t>(Count);
  }

  /// In milliseconds, as poll() wants it.
  int limit() const {
    if (!Messages.isBetween() || corolint::OpenFiles::all().isEmpty())
      return -1;
    auto Left = std::chrono::ceil<std::chrono::milliseconds>(Next - Clock::now());
    return static_cast<int>(std::max(Left, std::chrono::milliseconds(0)).count());
  }

  const int Editor;
  corolint::MessageReader Messages;
  std::string News; ///< a message of ours, or the rest of one
  Clock::time_point Next;
};

} // namespace

Transport transport(std::FILE *In, raw_ostream &Out, raw_ostream *Mirror, bool Pretty,
                    JSONStreamStyle Style) {
  std::FILE *Used = nullptr;
  if (Style == JSONStreamStyle::Standard) {
    static Input FromEditor(fileno(In));
    cookie_io_functions_t Calls{};
    Calls.read = [](void *From, char *Into, std::size_t Size) {
      return static_cast<Input *>(From)->read(Into, Size);
    };
    Used = fopencookie(&FromEditor, "r", Calls);
  }
  return realTransport(Used ? Used : In, Out, Mirror, Pretty, Style);
}
