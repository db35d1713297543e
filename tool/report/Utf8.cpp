// Utf8.cpp - text that JSON can hold

#include "tool/report/Utf8.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"

std::string corolint::tool::toUtf8(llvm::StringRef Text) {
  return llvm::json::isUTF8(Text) ? Text.str() : llvm::json::fixUTF8(Text);
}

unsigned corolint::tool::codePoints(llvm::StringRef Text, unsigned Bytes) {
  auto Follows = [](char C) { return (static_cast<unsigned char>(C) & 0xC0) == 0x80; };
  return Bytes - static_cast<unsigned>(llvm::count_if(Text.take_front(Bytes), Follows));
}
