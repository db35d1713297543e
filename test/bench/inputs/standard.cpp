// standard.cpp - the heavy headers of the standard library
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <ranges>
#include <regex>
#include <sstream>
#include <string>
#include <thread>
#include <unordered_map>
#include <variant>
#include <vector>

struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) {}
  void await_resume() {}
};

std::mutex Mutex;
std::map<std::string, std::vector<int>> Table;

int matches(const std::string &Text) {
  static const std::regex Number("[0-9]+");
  std::smatch Found;
  return std::regex_search(Text, Found, Number) ? std::stoi(Found.str()) : 0;
}

Task child(std::string Name) {
  auto Even = Table[Name] | std::views::filter([](int N) { return N % 2 == 0; });
  for (int N : Even)
    std::cout << N << '\n';
  co_return;
}

Task parent(std::string Name) {
  std::this_thread::sleep_for(std::chrono::milliseconds(matches(Name)));
  {
    std::lock_guard Guard(Mutex);
    Table[Name].push_back(1);
  }
  co_await child(Name);
}
