// Sarif.cpp - streams a SARIF 2.1.0 log with one run

#include "tool/report/Sarif.h"

#include "tool/base/Path.h"
#include "tool/report/Utf8.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using llvm::json::OStream;

namespace corolint::tool {

namespace {

constexpr const char *Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/"
                               "errata01/os/schemas/sarif-schema-2.1.0.json";

const char *level(Level Confidence) { return Confidence == Level::High ? "warning" : "note"; }

class Log {
public:
  Log(llvm::raw_ostream &Out, SourceText &Sources, const SarifTool &Tool)
      : Json(Out, /*IndentSize=*/2), Sources(Sources), Tool(Tool) {}

  void write(const Results &Found) {
    Json.object([&] {
      Json.attribute("$schema", Schema);
      Json.attribute("version", "2.1.0");
      Json.attributeArray("runs", [&] { Json.object([&] { run(Found); }); });
    });
  }

private:
  void run(const Results &Found) {
    Json.attributeObject("tool", [&] { Json.attributeObject("driver", [&] { driver(); }); });
    Json.attributeArray("invocations", [&] { Json.object([&] { invocation(Found.Failures); }); });
    Json.attributeObject("originalUriBaseIds", [&] {
      Json.attributeObject("%SRCROOT%", [&] { message("description", "The root of the project"); });
    });
    Json.attribute("columnKind", "unicodeCodePoints");
    Json.attributeArray("results", [&] {
      for (const Finding &Each : Found.Findings)
        Json.object([&] { result(Each); });
      for (const Finding &Each : Found.Suppressed)
        Json.object([&] { result(Each); });
    });
  }

  void driver() {
    Json.attribute("name", "corolint");
    Json.attribute("semanticVersion", Tool.Version);
    Json.attributeArray("rules", [&] {
      for (const CheckRow &Each : Tool.Checks)
        Json.object([&] { rule(Each); });
    });
  }

  void rule(const CheckRow &Check) {
    Json.attribute("id", Check.Id);
    message("shortDescription", Check.Summary);
    message("fullDescription", Check.Summary); // GitHub wants one
    if (!Check.Page.empty())
      Json.attributeObject("help", [&] {
        Json.attribute("text", Check.Summary);
        Json.attribute("markdown", toUtf8(Check.Page));
      });
    Json.attributeObject("defaultConfiguration",
                         [&] { Json.attribute("level", level(Check.Tier)); });
    Json.attributeObject("properties", [&] {
      Json.attributeArray("tags", [&] { Json.value(Check.Family); });
      Json.attribute("precision", precision(Check.Tier));
    });
  }

  /// As GitHub spells it.
  static const char *precision(Level Tier) {
    return Tier == Level::High ? "very-high" : spelling(Tier);
  }

  void invocation(const std::vector<UnitFailure> &Failures) {
    Json.attribute("executionSuccessful", Failures.empty());
    Json.attributeArray("toolExecutionNotifications", [&] {
      for (const UnitFailure &Each : Failures)
        Json.object([&] { failure(Each); });
    });
  }

  void failure(const UnitFailure &Each) {
    Json.attribute("level", "error");
    Json.attributeObject("descriptor", [&] { Json.attribute("id", spelling(Each.Why)); });
    message("message", Each.Message);
    Place Where = Each.Where;
    if (!Where.Line)
      Where.File = Each.File;
    Json.attributeArray("locations", [&] { Json.object([&] { physicalLocation(Where); }); });
  }

  void result(const Finding &Each) {
    Json.attribute("ruleId", Each.Check);
    auto Rule =
        llvm::find_if(Tool.Checks, [&](const CheckRow &Row) { return Row.Id == Each.Check; });
    if (Rule != Tool.Checks.end())
      Json.attribute("ruleIndex", Rule - Tool.Checks.begin());
    Json.attribute("level", level(Each.Confidence));
    message("message",
            Each.Help.empty() ? Each.Message + "." : Each.Message + ". Help: " + Each.Help + ".");
    Json.attributeArray("locations", [&] {
      Json.object([&] {
        physicalLocation(Each.Where);
        if (!Each.Function.empty())
          Json.attributeArray("logicalLocations", [&] {
            Json.object([&] {
              Json.attribute("fullyQualifiedName", toUtf8(Each.Function));
              Json.attribute("kind", "function");
            });
          });
      });
    });
    if (!Each.Chain.empty()) {
      codeFlow(Each);
      relatedLocations(Each);
    }
    Json.attributeObject("partialFingerprints", [&] {
      // "v1:..." is a name with a version, as the format wants it.
      auto [Version, Hash] = llvm::StringRef(Each.Fingerprint).split(':');
      Json.attribute(("corolint/" + Version).str(), Hash);
    });
    if (!Each.Fixes.empty())
      fixes(Each.Fixes);
    if (Each.Suppressed)
      Json.attributeArray("suppressions", [&] {
        Json.object([&] {
          Json.attribute("kind", "inSource");
          if (!Each.Justification.empty())
            Json.attribute("justification", toUtf8(Each.Justification));
        });
      });
    Json.attributeObject("properties",
                         [&] { Json.attribute("confidence", spelling(Each.Confidence)); });
  }

  /// The steps, as viewers walk through them.
  void codeFlow(const Finding &Each) {
    auto Step = [&](const Place &Where, llvm::StringRef Text) {
      Json.object([&] {
        Json.attributeObject("location", [&] {
          physicalLocation(Where);
          message("message", Text);
        });
      });
    };
    Json.attributeArray("codeFlows", [&] {
      Json.object([&] {
        Json.attributeArray("threadFlows", [&] {
          Json.object([&] {
            Json.attributeArray("locations", [&] {
              for (const Note &One : Each.Chain)
                Step(One.Where, One.Message);
            });
          });
        });
      });
    });
  }

  /// What viewers that know no code flows show beside the finding.
  void relatedLocations(const Finding &Each) {
    Json.attributeArray("relatedLocations", [&] {
      for (const auto &[Index, One] : llvm::enumerate(Each.Chain))
        Json.object([&, Id = Index + 1] {
          Json.attribute("id", Id);
          physicalLocation(One.Where);
          message("message", One.Message);
        });
    });
  }

  void fixes(const std::vector<Fix> &All) {
    Json.attributeArray("fixes", [&] {
      for (const Fix &Each : All)
        Json.object([&] {
          message("description", Each.Title);
          Json.attributeArray("artifactChanges", [&] {
            for (auto First = Each.Edits.begin(); First != Each.Edits.end();) {
              auto Last = std::find_if(First, Each.Edits.end(),
                                       [&](const Edit &One) { return One.File != First->File; });
              Json.object([&] { change(llvm::ArrayRef(&*First, Last - First)); });
              First = Last;
            }
          });
        });
    });
  }

  void change(llvm::ArrayRef<Edit> Edits) {
    artifact(Edits.front().File);
    Json.attributeArray("replacements", [&] {
      for (const Edit &One : Edits)
        Json.object([&] {
          Place Where{One.File, 0, 0, 0, 0};
          std::tie(Where.Line, Where.Column) = Sources.position(One.File, One.Offset);
          std::tie(Where.EndLine, Where.EndColumn) =
              Sources.position(One.File, One.Offset + One.Length);
          region("deletedRegion", Where);
          message("insertedContent", One.Text);
        });
    });
  }

  void physicalLocation(const Place &Where) {
    Json.attributeObject("physicalLocation", [&] {
      artifact(Where.File);
      if (Where.Line)
        region("region", Where);
    });
  }

  void artifact(llvm::StringRef File) {
    Json.attributeObject("artifactLocation", [&] {
      Json.attribute("uri", uriOf(File));
      if (!llvm::sys::path::is_absolute(File))
        Json.attribute("uriBaseId", "%SRCROOT%");
    });
  }

  void region(llvm::StringRef Key, const Place &Where) {
    Json.attributeObject(Key, [&] {
      Json.attribute("startLine", Where.Line);
      Json.attribute("startColumn", codePoint(Where.File, Where.Line, Where.Column));
      if (!Where.EndLine)
        return;
      Json.attribute("endLine", Where.EndLine);
      Json.attribute("endColumn", codePoint(Where.File, Where.EndLine, Where.EndColumn));
    });
  }

  /// The column in characters that \p Column, in bytes, is.
  unsigned codePoint(const std::string &File, unsigned Line, unsigned Column) {
    return codePoints(Sources.line(File, Line), Column - 1) + 1;
  }

  void message(llvm::StringRef Key, llvm::StringRef Text) {
    Json.attributeObject(Key, [&] { Json.attribute("text", toUtf8(Text)); });
  }

  OStream Json;
  SourceText &Sources;
  const SarifTool &Tool;
};

} // namespace

void writeSarif(llvm::raw_ostream &Out, const Results &Found, SourceText &Sources,
                const SarifTool &Tool) {
  Log(Out, Sources, Tool).write(Found);
  Out << '\n';
}

} // namespace corolint::tool
