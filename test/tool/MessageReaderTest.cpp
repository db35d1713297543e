// MessageReaderTest.cpp - where messages of a protocol end

#include "tool/plugin/clangd/MessageReader.h"

#include <gtest/gtest.h>

using corolint::MessageReader;

TEST(MessageReader, KnowsTheEndOfAMessageHoweverItArrives) {
  const std::string Message = "Content-Length: 8\r\nContent-Type: x\r\n\r\n{\"a\":\n1}";
  for (std::size_t Cut = 1; Cut != Message.size(); ++Cut) {
    MessageReader Reader;
    EXPECT_TRUE(Reader.isBetween());
    Reader.follow(Message.substr(0, Cut));
    EXPECT_FALSE(Reader.isBetween()) << Cut;
    Reader.follow(Message.substr(Cut));
    EXPECT_TRUE(Reader.isBetween()) << Cut;
  }
}

TEST(MessageReader, FollowsSeveralMessagesAtOnce) {
  MessageReader Reader;
  Reader.follow("Content-Length: 2\r\n\r\n{}Content-Length: 3\r\n\r\n{ ");
  EXPECT_FALSE(Reader.isBetween());
  Reader.follow("}");
  EXPECT_TRUE(Reader.isBetween());
}

TEST(MessageReader, AHeaderWithoutALengthHasNoBody) {
  MessageReader Reader;
  Reader.follow("# a remark\nOther: 7\r\n\r\n");
  EXPECT_TRUE(Reader.isBetween());
}
