// serialize_test.cpp - values as bytes
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace shop {

struct Order {
    std::string name;
    std::vector<int> amounts;
    bool operator==(const Order&) const = default;
};
void aio_save(aio::Saver& out, const Order& order) { out(order.name, order.amounts); }
void aio_load(aio::Loader& in, Order& order) { in(order.name, order.amounts); }

/// Can be copied byte by byte, but never made without a value.
struct Price {
    explicit Price(int cents) : cents(cents) {}
    int cents;
    bool operator==(const Price&) const = default;
};

enum class Colour { red, green };

struct Node {
    int value = 0;
    std::vector<Node> children;
    bool operator==(const Node&) const = default;
};
void aio_save(aio::Saver& out, const Node& node) { out(node.value, node.children); }
void aio_load(aio::Loader& in, Node& node) { in(node.value, node.children); }

}  // namespace shop

namespace {

using namespace aio_test;

template <class T>
T there_and_back(const T& value) {
    aio::Saver out;
    out(value);
    aio::Loader in(out.bytes());
    return in.load<T>();
}

TEST(Serialize, KeepsValuesOfAllSupportedTypes) {
    const auto same = [](const auto& value) { EXPECT_EQ(there_and_back(value), value); };
    same(42);
    same(2.5);
    same(shop::Colour::green);
    same(shop::Price(199));
    same(std::chrono::milliseconds(3));
    same(std::string("with a \0 inside", 15));
    same(std::string());
    same(std::u16string(u"wide"));
    same(std::vector<int>{1, 2, 3});
    same(std::vector<bool>{true, false, true});
    same(std::vector<shop::Price>{shop::Price(1), shop::Price(2)});
    same(std::vector<std::vector<std::string>>{{"a"}, {}, {"b", "c"}});
    same(std::deque<std::string>{"x", "y"});
    same(std::set<std::string>{"p", "q"});
    same(std::map<std::string, std::vector<int>>{{"one", {1}}, {"none", {}}});
    same(std::unordered_map<int, std::string>{{1, "i"}, {2, "ii"}});
    same(std::pair(1, std::string("pair")));
    same(std::tuple(1, std::string("two"), std::optional<double>(3.0)));
    same(std::optional<std::string>());
    same(std::array<std::string, 2>{"left", "right"});
    same(shop::Order{"book", {1, 2}});
    same(shop::Node{1, {shop::Node{2, {}}, shop::Node{3, {shop::Node{4, {}}}}}});
}

TEST(Serialize, RefusesReadingMoreThanWasSaved) {
    aio::Saver out;
    out(std::uint64_t(1) << 60);
    EXPECT_THROW(aio::Loader(out.bytes()).load<std::string>(), aio::ValueError);
    EXPECT_THROW(aio::Loader("abc").load<int>(), aio::ValueError);
    EXPECT_THROW(aio::Loader(out.bytes()).load<std::vector<std::string>>(), aio::ValueError);
}

template <class T>
constexpr bool travels = aio::Serializable<T>;
struct Virtual {
    virtual ~Virtual() = default;
};

static_assert(travels<int> && travels<std::string> && travels<shop::Order> && travels<shop::Node>);
static_assert(travels<std::map<int, std::optional<std::pair<int, std::string>>>>);
static_assert(!travels<int*> && !travels<const char*> && !travels<int&> && !travels<void (*)()>);
static_assert(!travels<std::nullptr_t> && !travels<int Virtual::*> && !travels<int[3]>);
static_assert(!travels<std::string_view> && !travels<std::span<int>> && !travels<std::reference_wrapper<int>>);
static_assert(!travels<std::vector<int*>> && !travels<std::vector<std::string_view>>);
static_assert(!travels<std::pair<int, char*>> && !travels<std::tuple<int, std::string_view>>);
static_assert(!travels<std::optional<int*>> && !travels<std::array<int*, 2>>);
static_assert(!travels<std::map<std::string_view, int>> && !travels<std::map<int, int*>>);
static_assert(!travels<std::unique_ptr<int>> && !travels<std::shared_ptr<int>> && !travels<Virtual>);
static_assert(!travels<aio::Future<int>> && !travels<std::coroutine_handle<>>);

}  // namespace
