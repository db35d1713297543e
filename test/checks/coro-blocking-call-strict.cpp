// coro-blocking-call-strict.cpp - calls that probably block
//
// RUN: %findings --strict %s %flags | %expect %s
// RUN: %findings %s %flags | FileCheck --allow-empty --check-prefix=DEFAULT %s
// DEFAULT-NOT: warning:

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <aio/aio.h>

#include "task_mock.h"

using namespace std::chrono_literals;

void nap() { std::this_thread::sleep_for(10ms); }

// Descriptors: what the function made of them

void configure(int socket);

aio::Coro<> bad_socket() {
  char text[8];
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  // CHECK: :[[@LINE+1]]:3: warning: 'recv' blocks the event loop in coroutine 'bad_socket' [coro-blocking-call]
  recv(fd, text, sizeof text, 0);
  co_return;
}

aio::Coro<> good_flags() {
  char text[8];
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  recv(fd, text, sizeof text, MSG_DONTWAIT);
  recv(fd, text, sizeof text, MSG_PEEK | MSG_DONTWAIT);
  co_return;
}

aio::Coro<> good_nonblocking(bool late) {
  char text[8];
  int made = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  recv(made, text, sizeof text, 0);
  int changed = socket(AF_INET, SOCK_STREAM, 0);
  fcntl(changed, F_SETFL, O_NONBLOCK);
  recv(changed, text, sizeof text, 0);
  int other = socket(AF_INET, SOCK_STREAM, 0);
  int yes = 1;
  ioctl(other, FIONBIO, &yes);
  recv(other, text, sizeof text, 0);
  int somehow = socket(AF_INET, SOCK_STREAM, 0);
  configure(somehow);
  recv(somehow, text, sizeof text, 0);
  int event = eventfd(0, EFD_NONBLOCK);
  unsigned long count = 0;
  while (late)
    (void)!read(event, &count, sizeof count);
  co_return;
}

aio::Coro<> good_unknown_descriptor(int fd) {
  char text[8];
  recv(fd, text, sizeof text, 0);
  (void)!read(fd, text, sizeof text);
  co_return;
}

// A timeout that nobody knows

int readable(pollfd *set, int patience) { return poll(set, 1, patience); }

aio::Coro<> bad_patience(pollfd *set, int patience) {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'readable' blocks the event loop in coroutine 'bad_patience': it reaches 'poll' [coro-blocking-call]
  readable(set, patience);
  readable(set, 0);
  co_return;
}

// Files

aio::Coro<std::string> bad_files(std::string name) {
  // CHECK: :[[@LINE+1]]:17: warning: 'std::basic_ifstream::basic_ifstream' blocks the event loop in coroutine 'bad_files' [coro-blocking-call]
  std::ifstream file(name);
  std::string line;
  // CHECK: :[[@LINE+1]]:3: warning: 'std::getline' blocks the event loop in coroutine 'bad_files' [coro-blocking-call]
  std::getline(file, line);
  // CHECK: :[[@LINE+1]]:3: warning: 'std::operator>>' blocks the event loop in coroutine 'bad_files' [coro-blocking-call]
  file >> line;
  // CHECK: :[[@LINE+1]]:3: warning: 'std::filesystem::exists' blocks the event loop in coroutine 'bad_files' [coro-blocking-call]
  std::filesystem::exists(name);
  // CHECK: :[[@LINE+2]]:26: warning: 'std::filesystem::directory_iterator::operator++' blocks the event loop in coroutine 'bad_files' [coro-blocking-call]
  // CHECK: :[[@LINE+1]]:28: warning: 'std::filesystem::directory_iterator::directory_iterator' blocks the event loop in coroutine 'bad_files' [coro-blocking-call]
  for (const auto &entry : std::filesystem::directory_iterator("."))
    line += entry.path().string();
  co_return line;
}

aio::Coro<std::string> good_strings(std::string text) {
  std::istringstream stream(text);
  std::string word;
  stream >> word;
  std::getline(stream, word);
  std::filesystem::path path = text;
  co_return path.filename().string() + word;
}

// What runs depends on the object or the value

struct Clock {
  virtual ~Clock() = default;
  virtual void tick() {}
};
struct SlowClock : Clock {
  void tick() override { nap(); }
};

aio::Coro<> bad_virtual_some(Clock &clock) {
  // CHECK: :[[@LINE+1]]:9: warning: call of 'SlowClock::tick' blocks the event loop in coroutine 'bad_virtual_some': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  clock.tick();
  co_return;
}

void quick(int) {}
void slow(int) noexcept { nap(); }
using Step = void (*)(int);
Step steps[] = {quick, slow};

aio::Coro<> bad_pointer_table(int number) {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'slow' blocks the event loop in coroutine 'bad_pointer_table': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  steps[number](number);
  co_return;
}

struct Robot {
  void walk() { nap(); }
  void talk() {}
};

void (Robot::*moves[])() = {&Robot::walk, &Robot::talk};

aio::Coro<> bad_member_pointer_table(Robot &robot, int number) {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'Robot::walk' blocks the event loop in coroutine 'bad_member_pointer_table': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  (robot.*moves[number])();
  co_return;
}

// A thread that is joined where it ends its life

aio::Coro<> bad_joining_thread() {
  // CHECK: :[[@LINE+1]]:16: warning: 'std::jthread::~jthread' runs here and blocks the event loop in coroutine 'bad_joining_thread' until its work is done [coro-blocking-destructor]
  std::jthread worker(nap);
  // CHECK: :[[@LINE+1]]:29: warning: 'std::jthread::~jthread' runs here and blocks the event loop in coroutine 'bad_joining_thread' until its work is done [coro-blocking-destructor]
  std::vector<std::jthread> more;
  more.emplace_back(nap);
  co_return;
}

// Once in the life of a program

int load() {
  nap();
  return 1;
}
int configured() {
  static int value = load();
  return value;
}

aio::Coro<> bad_first_use() {
  // CHECK: :[[@LINE+1]]:21: warning: call of 'load' blocks the event loop in coroutine 'bad_first_use': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  static int mine = load();
  // CHECK: :[[@LINE+1]]:31: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_first_use' [coro-blocking-call]
  static const auto paused = (std::this_thread::sleep_for(1ms), 1);
  // CHECK: :[[@LINE+1]]:31: warning: call of 'configured' blocks the event loop in coroutine 'bad_first_use': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  co_return static_cast<void>(configured() + mine + paused);
}

// Whoever reads a generator runs it

mini::generator<int> numbers() {
  nap();
  co_yield 1;
}

aio::Coro<> bad_reads_a_generator() {
  // CHECK: :[[@LINE+1]]:17: warning: call of 'numbers' blocks the event loop in coroutine 'bad_reads_a_generator': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  auto values = numbers();
  values.begin();
  co_return;
}

// What is written, loaded or mapped

aio::Coro<> bad_output(std::string name) {
  // CHECK: :[[@LINE+1]]:17: warning: 'std::basic_ofstream::basic_ofstream' blocks the event loop in coroutine 'bad_output' [coro-blocking-call]
  std::ofstream file(name);
  // CHECK: :[[@LINE+1]]:3: warning: 'std::operator<<' blocks the event loop in coroutine 'bad_output' [coro-blocking-call]
  file << name;
  // CHECK: :[[@LINE+1]]:3: warning: 'std::basic_ostream::operator<<' blocks the event loop in coroutine 'bad_output' [coro-blocking-call]
  file << 3;
  co_return;
}

aio::Coro<> bad_library() {
  // CHECK: :[[@LINE+1]]:3: warning: 'dlopen' blocks the event loop in coroutine 'bad_library' [coro-blocking-call]
  dlopen("libmore.so", RTLD_NOW);
  co_return;
}

// The page is read from the disk when it is looked at.
aio::Coro<> known_miss_mapped(int fd) {
  void *page = mmap(nullptr, 4096, PROT_READ, MAP_PRIVATE, fd, 0);
  co_return static_cast<void>(*static_cast<const char *>(page));
}

// Which call it is, a number says.
aio::Coro<> known_miss_system_call(char *buffer) {
  syscall(SYS_read, 0, buffer, 1);
  co_return;
}

// What is called once

std::once_flag prepared;
pthread_once_t prepared_in_c = PTHREAD_ONCE_INIT;
void prepare() { std::call_once(prepared, nap); }

aio::Coro<> bad_once() {
  // CHECK: :[[@LINE+1]]:3: warning: call of lambda in 'bad_once' blocks the event loop in coroutine 'bad_once': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  std::call_once(prepared, [] { nap(); });
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_once': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  std::call_once(prepared, nap);
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_once': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  pthread_once(&prepared_in_c, nap);
  // CHECK: :[[@LINE+1]]:3: warning: call of 'prepare' blocks the event loop in coroutine 'bad_once': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  prepare();
  co_return;
}

aio::Coro<> good_once(int &count) {
  std::call_once(prepared, [&] { ++count; });
  co_return;
}
