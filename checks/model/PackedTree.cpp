// PackedTree.cpp - a parsed model as bytes that load fast
#include "checks/model/PackedTree.h"

#include <cstdint>

namespace corolint::model {

namespace {

void putNumber(std::string &Out, std::size_t Value) {
  for (; Value >= 0x80; Value >>= 7)
    Out += char(Value | 0x80);
  Out += char(Value);
}

void put(std::string &Out, const ModelNode &Node) {
  Out += char(Node.What);
  putNumber(Out, Node.Line);
  putNumber(Out, Node.Column);
  putNumber(Out, Node.Text.size());
  Out += Node.Text;
  putNumber(Out, Node.Items.size());
  for (const ModelNode &Item : Node.Items)
    put(Out, Item);
  putNumber(Out, Node.Entries.size());
  for (const ModelNode::Entry &Entry : Node.Entries) {
    put(Out, Entry.Key);
    put(Out, Entry.Value);
  }
}

/// Takes values from the front of the bytes.
class Unpacker {
public:
  explicit Unpacker(std::string_view Bytes) : Rest(Bytes) {}

  ModelNode node() {
    ModelNode Out;
    Out.What = static_cast<ModelNode::Kind>(byte());
    Out.Line = number();
    Out.Column = number();
    std::size_t Length = number();
    Out.Text.assign(Rest.substr(0, Length));
    Rest.remove_prefix(Length);
    Out.Items.resize(number());
    for (ModelNode &Item : Out.Items)
      Item = node();
    Out.Entries.resize(number());
    for (ModelNode::Entry &Entry : Out.Entries) {
      Entry.Key = node();
      Entry.Value = node();
    }
    return Out;
  }

private:
  std::uint8_t byte() {
    std::uint8_t Value = static_cast<std::uint8_t>(Rest.front());
    Rest.remove_prefix(1);
    return Value;
  }

  std::size_t number() {
    std::size_t Value = 0;
    for (unsigned Shift = 0;; Shift += 7) {
      std::uint8_t Next = byte();
      Value |= std::size_t(Next & 0x7f) << Shift;
      if (Next < 0x80)
        return Value;
    }
  }

  std::string_view Rest;
};

} // namespace

std::string pack(const ModelNode &Root) {
  std::string Out;
  put(Out, Root);
  return Out;
}

ModelNode unpack(std::string_view Bytes) { return Unpacker(Bytes).node(); }

} // namespace corolint::model
