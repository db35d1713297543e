// Names.cpp - how declarations are named, in models and messages
#include "checks/model/Names.h"

#include "checks/model/FileNames.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/PrettyPrinter.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Index/USRGeneration.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;

namespace corolint {

/// True for a namespace that the one around it opens with a using-directive beside
/// it: who uses the library does not write it.
static bool isOpened(const NamespaceDecl &Space) {
  const DeclContext *Around = Space.getParent();
  if (!Around->isNamespace())
    return false;
  const SourceManager &Sources = Space.getASTContext().getSourceManager();
  auto FileOf = [&](const Decl &One) {
    return Sources.getFileID(Sources.getExpansionLoc(One.getLocation()));
  };
  return llvm::any_of(Around->using_directives(), [&](const UsingDirectiveDecl *Opens) {
    return declaresSameEntity(Opens->getNominatedNamespace(), &Space) &&
           FileOf(*Opens) == FileOf(Space);
  });
}

static void appendScope(const DeclContext *Context, std::string &Out) {
  for (; Context && !Context->isTranslationUnit(); Context = Context->getParent()) {
    if (const auto *Space = dyn_cast<NamespaceDecl>(Context)) {
      if (!Space->isInline() && !Space->isAnonymousNamespace() && !isOpened(*Space)) {
        appendScope(Space->getParent(), Out);
        Out += Space->getName();
        Out += "::";
        return;
      }
    } else if (const auto *Record = dyn_cast<CXXRecordDecl>(Context)) {
      appendScope(Record->getParent(), Out);
      if (Record->getIdentifier()) {
        Out += Record->getName();
        Out += "::";
      }
      return;
    }
  }
}

bool isStandard(const Decl &Declared) {
  for (const DeclContext *In = Declared.getDeclContext(); In; In = In->getParent())
    if (In->isStdNamespace())
      return true;
  return false;
}

std::string qualifiedName(const NamedDecl &Declaration) {
  std::string Name;
  appendScope(Declaration.getDeclContext(), Name);
  // A constructor or destructor of a specialization prints its arguments.
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Declaration);
      Method && (isa<CXXConstructorDecl>(Method) || isa<CXXDestructorDecl>(Method))) {
    if (isa<CXXDestructorDecl>(Method))
      Name += '~';
    return Name + Method->getParent()->getName().str();
  }
  return Name + Declaration.getNameAsString();
}

std::string displayName(const FunctionDecl &Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  if (Method && Method->getParent()->isLambda()) {
    for (const DeclContext *Context = Method->getParent()->getParent(); Context;
         Context = Context->getParent())
      if (const auto *Around = dyn_cast<FunctionDecl>(Context)) {
        std::string Outer = displayName(*Around);
        return Outer.starts_with("lambda") ? Outer : "lambda in '" + Outer + "'";
      }
    return "lambda";
  }
  return qualifiedName(Function);
}

/// "<int, Socket>", or "" when that would be long or name a lambda.
static std::string argumentsOf(const TemplateArgumentList *Arguments, const ASTContext &Context) {
  std::string Out;
  if (!Arguments || Arguments->size() == 0)
    return Out;
  PrintingPolicy Policy(Context.getPrintingPolicy());
  Policy.SuppressTagKeyword = true;
  Policy.FullyQualifiedName = false;
  llvm::raw_string_ostream Stream(Out);
  printTemplateArgumentList(Stream, Arguments->asArray(), Policy);
  return Out.size() > 48 || Out.find('(') != std::string::npos ? "" : Out;
}

std::string instanceName(const FunctionDecl &Function) {
  std::string Name = displayName(Function);
  const ASTContext &Context = Function.getASTContext();
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  if (Method && Method->getParent()->isLambda())
    return Name;
  const auto *Class =
      Method ? dyn_cast<ClassTemplateSpecializationDecl>(Method->getParent()) : nullptr;
  std::size_t End = Name.rfind("::");
  if (Class && End != std::string::npos)
    Name.insert(End, argumentsOf(&Class->getTemplateArgs(), Context));
  return Name + argumentsOf(Function.getTemplateSpecializationArgs(), Context);
}

static void appendPlace(SourceLocation Where, const SourceManager &Sources,
                        llvm::SmallVectorImpl<char> &Out) {
  Where = Sources.getFileLoc(Where);
  llvm::raw_svector_ostream Text(Out);
  Text << '@';
  Text << absoluteName(Sources.getFileID(Where), Sources);
  Text << ':' << Sources.getFileOffset(Where);
}

/// Appends what the USR forgets of template arguments: which lambda a closure
/// type belongs to. run(a) and run(b) are two functions.
static void appendClosures(ArrayRef<TemplateArgument> Arguments, const SourceManager &Sources,
                           llvm::SmallVectorImpl<char> &Out, unsigned Depth) {
  for (const TemplateArgument &Argument : Arguments) {
    if (Argument.getKind() == TemplateArgument::Pack) {
      appendClosures(Argument.pack_elements(), Sources, Out, Depth);
      continue;
    }
    if (Argument.getKind() != TemplateArgument::Type || Depth == 0)
      continue;
    QualType Type = Argument.getAsType().getNonReferenceType();
    while (Type->isPointerType())
      Type = Type->getPointeeType();
    const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
    if (!Record)
      continue;
    if (Record->isLambda())
      appendPlace(Record->getLocation(), Sources, Out);
    else if (const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(Record))
      appendClosures(Special->getTemplateArgs().asArray(), Sources, Out, Depth - 1);
  }
}

std::string programId(const FunctionDecl &Function, const SourceManager &Sources) {
  llvm::SmallString<128> Usr;
  if (index::generateUSRForDecl(&Function, Usr))
    Usr = qualifiedName(Function);
  // The USR of a function without linkage holds the base name of its file only,
  // and that of a lambda in a template forgets the template arguments.
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  bool Local = !Function.isExternallyVisible() || (Method && Method->getParent()->isLambda());
  if (!Local)
    return Usr.str().str();
  appendPlace(Function.getLocation(), Sources, Usr);
  if (const TemplateArgumentList *Arguments = Function.getTemplateSpecializationArgs())
    appendClosures(Arguments->asArray(), Sources, Usr, 4);
  for (const DeclContext *Context = Function.getDeclContext(); Context;
       Context = Context->getParent())
    if (const auto *Class = dyn_cast<ClassTemplateSpecializationDecl>(Context))
      appendClosures(Class->getTemplateArgs().asArray(), Sources, Usr, 4);
  for (const DeclContext *Context = Function.getDeclContext(); Context;
       Context = Context->getParent())
    if (const auto *Around = dyn_cast<FunctionDecl>(Context)) {
      Usr += '<';
      Usr += programId(*Around, Sources);
      break;
    }
  return Usr.str().str();
}

} // namespace corolint
