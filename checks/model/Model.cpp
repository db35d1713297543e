// Model.cpp - holds the library models against one AST
#include "checks/model/Model.h"

#include "checks/model/Names.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace corolint::model {

Model::Model(const Library &Loaded, const ASTContext &) : Models(Loaded) {
  // A later model overrides an earlier one: its rules are asked first.
  for (const LibraryModel &One : llvm::reverse(Models.Models))
    for (const FunctionRule &Rule : One.Functions)
      for (const std::string &Name : Rule.Names)
        if (!Name.empty() && Name.back() == '*')
          ByPrefix.emplace_back(Name.substr(0, Name.size() - 1), &Rule);
        else
          ByName[Name].push_back(&Rule);
  for (const LibraryModel &One : Models.Models) {
    for (const TypeRule &Rule : One.Types) {
      for (const std::string &Name : Rule.Names)
        Types[Name] = &Rule;
      if (Rule.Cancels)
        Cancellations.push_back(&Rule);
    }
    llvm::append_range(Twins, One.TwinNames);
    for (const auto &[Text, Meaning] : One.Annotations)
      Words[Text] = Meaning;
    for (const LibraryModel::LockFunctions &Rule : One.Locks) {
      for (const std::string &Name : Rule.Lock)
        Locks[Name] = {Rule.Mutex, LockAction::Lock, Rule.ZeroIsSuccess};
      for (const std::string &Name : Rule.TryLock)
        Locks[Name] = {Rule.Mutex, LockAction::TryLock, Rule.ZeroIsSuccess};
      for (const std::string &Name : Rule.Unlock)
        Locks[Name] = {Rule.Mutex, LockAction::Unlock, Rule.ZeroIsSuccess};
    }
  }
}

const Model::Rules &Model::rulesFor(const NamedDecl &Declaration) const {
  auto [Entry, New] = Known.try_emplace(&Declaration);
  if (!New)
    return Entry->second;
  std::string Name = qualifiedName(Declaration);
  Rules Found;
  if (auto Exact = ByName.find(Name); Exact != ByName.end())
    Found = Exact->second;
  // A C function is known by its linkage: a program may have its own wait().
  const auto *Function = dyn_cast<FunctionDecl>(&Declaration);
  llvm::erase_if(Found, [&](const FunctionRule *Rule) {
    return Rule->CLinkage && Function && !Function->isExternC() &&
           Function->getASTContext().getLangOpts().CPlusPlus;
  });
  // A prefix names a family of functions in one scope only.
  for (const auto &[Prefix, Rule] : ByPrefix)
    if (llvm::StringRef(Name).starts_with(Prefix) &&
        !llvm::StringRef(Name).drop_front(Prefix.size()).contains("::"))
      Found.push_back(Rule);
  if (Found.empty() && Function)
    if (std::optional<FunctionRule> Own = annotatedRule(*Function, Words))
      Found.push_back(&FromCode.emplace_back(std::move(*Own)));
  return Entry->second = std::move(Found);
}

const Model::Rules &Model::rules(const CallSite &Site) const {
  static const Rules None;
  if (const VarDecl *Object = Site.functionObject())
    if (const Rules &Found = rulesFor(*Object); !Found.empty())
      return Found;
  if (!Site.Callee)
    return None;
  const FunctionDecl *Callee = Site.Callee;
  if (const FunctionDecl *Pattern = Callee->getTemplateInstantiationPattern())
    Callee = Pattern;
  Callee = Callee->getCanonicalDecl();
  if (const Rules &Found = rulesFor(*Callee); !Found.empty())
    return Found;
  // A method is also known by the name of the class it is called on:
  // std::ifstream::read is declared by std::istream.
  const auto *Method = dyn_cast<CXXMethodDecl>(Site.Callee);
  if (!Method || !Site.Object)
    return None;
  QualType Type = Site.Object->IgnoreParenImpCasts()->getType();
  const CXXRecordDecl *Record = Type->isPointerType()
                                    ? Type->getPointeeCXXRecordDecl()
                                    : Type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Record || Record == Method->getParent())
    return None;
  std::string Name = qualifiedName(*Record) + "::" + Method->getNameAsString();
  auto Found = ByName.find(Name);
  return Found == ByName.end() ? None : Found->second;
}

const TypeRule *Model::type(const CXXRecordDecl &Record) const {
  const CXXRecordDecl *Key = Record.getCanonicalDecl();
  auto [Entry, New] = KnownTypes.try_emplace(Key, nullptr);
  if (New) {
    auto Found = Types.find(qualifiedName(*Key));
    if (Found != Types.end())
      Entry->second = Found->second;
  }
  return Entry->second;
}

const TypeRule *Model::type(QualType Type) const {
  if (Type.isNull())
    return nullptr;
  const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Record ? type(*Record) : nullptr;
}

std::optional<Model::LockCall> Model::lockFunction(const CallSite &Site) const {
  if (!Site.Callee || Locks.empty() || isa<CXXMethodDecl>(Site.Callee))
    return std::nullopt;
  auto Found = Locks.find(qualifiedName(*Site.Callee));
  if (Found == Locks.end())
    return std::nullopt;
  return Found->second;
}

llvm::StringRef Model::sleepOf(const TypeRule &Rule) const {
  for (const LibraryModel &One : llvm::reverse(Models.Models))
    if (One.Name == Rule.Library && !One.Sleep.empty())
      return One.Sleep;
  return {};
}

/// True when \p Test holds of \p Record or of one of its bases.
static bool holdsInBases(const CXXRecordDecl &Record,
                         llvm::function_ref<bool(const CXXRecordDecl &)> Test) {
  if (Test(Record))
    return true;
  return Record.hasDefinition() &&
         llvm::any_of(Record.getDefinition()->bases(), [&](const CXXBaseSpecifier &Base) {
           const CXXRecordDecl *Parent = Base.getType()->getAsCXXRecordDecl();
           return Parent && holdsInBases(*Parent, Test);
         });
}

static bool isNamed(const CXXRecordDecl &Record, llvm::StringRef Name) {
  for (const CXXRecordDecl *Outer = &Record; Outer;
       Outer = dyn_cast<CXXRecordDecl>(Outer->getDeclContext()))
    if (qualifiedName(*Outer) == Name)
      return true;
  return false;
}

/// The class that the operator-> of \p Record leads to, or null.
static const CXXRecordDecl *arrowOf(const CXXRecordDecl &Record) {
  if (!Record.hasDefinition())
    return nullptr;
  DeclarationName Arrow = Record.getASTContext().DeclarationNames.getCXXOperatorName(OO_Arrow);
  for (const NamedDecl *One : Record.getDefinition()->lookup(Arrow))
    if (const auto *Method = dyn_cast<CXXMethodDecl>(One))
      return Method->getReturnType()->getPointeeCXXRecordDecl();
  return nullptr;
}

bool isOfClass(QualType Type, llvm::StringRef Name) {
  Type = Type.getNonReferenceType();
  const CXXRecordDecl *Record =
      Type->isPointerType() ? Type->getPointeeCXXRecordDecl() : Type->getAsCXXRecordDecl();
  auto IsNamed = [&](const CXXRecordDecl &One) { return isNamed(One, Name); };
  return Record && (holdsInBases(*Record, IsNamed) ||
                    holdsInBases(*Record, [&](const CXXRecordDecl &Pointer) {
                      const CXXRecordDecl *Pointee = arrowOf(Pointer);
                      return Pointee && holdsInBases(*Pointee, IsNamed);
                    }));
}

bool isShared(const CXXRecordDecl &Record) {
  const CXXRecordDecl *Defined = Record.getDefinition();
  if (!Defined)
    return false;
  IdentifierInfo &Name = Record.getASTContext().Idents.get("use_count");
  if (!Defined->lookup(&Name).empty())
    return true;
  return llvm::any_of(Defined->bases(), [](const CXXBaseSpecifier &Base) {
    const CXXRecordDecl *Parent = Base.getType()->getAsCXXRecordDecl();
    return Parent && isShared(*Parent);
  });
}

} // namespace corolint::model
