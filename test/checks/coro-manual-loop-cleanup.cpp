// coro-manual-loop-cleanup.cpp - loops closed with work left in them
//
// RUN: %findings --check=coro-manual-loop-cleanup %s %flags | %expect %s

#include <aio/aio.h>

#include "asio_mock.h"

aio::Coro<> serve() { co_await aio::yield(); }
void drive(aio::Loop &loop);

int bad_main() {
  aio::Loop loop;
  // CHECK: :[[@LINE+3]]:8: warning: 'loop' is closed without cancelling its tasks, closing its generators and joining its executor [coro-manual-loop-cleanup]
  // CHECK-NEXT: :[[@LINE+1]]:8: note: it runs here
  loop.run_until_complete(serve());
  loop.close();
  return 0;
}

void bad_forever() {
  aio::Loop loop;
  loop.create_task(serve());
  loop.run_forever();
  // CHECK: :[[@LINE+1]]:8: warning: 'loop' is closed without cancelling its tasks
  loop.close();
}

aio::Coro<> cancel_all() {
  for (aio::TaskBase task : aio::all_tasks())
    task.cancel();
  co_return;
}

void bad_half_of_it() {
  aio::Loop loop;
  loop.run_until_complete(serve());
  loop.run_until_complete(cancel_all());
  loop.run_until_complete(loop.shutdown_asyncgens());
  // CHECK: :[[@LINE+1]]:8: warning: 'loop' is closed without joining its executor
  loop.close();
}

void good_all_of_it() {
  aio::Loop loop;
  loop.run_until_complete(serve());
  loop.run_until_complete(cancel_all());
  loop.run_until_complete(loop.shutdown_asyncgens());
  loop.run_until_complete(loop.shutdown_default_executor());
  loop.close();
}

// The one task there is was cancelled, and waited for.
void bad_cancelled_by_hand() {
  aio::Loop loop;
  aio::Task<> task = loop.create_task(serve());
  loop.run_until_complete(aio::sleep(std::chrono::seconds(1)));
  task.cancel();
  loop.run_until_complete(task);
  // CHECK: :[[@LINE+1]]:8: warning: 'loop' is closed without closing its generators and joining its executor
  loop.close();
}

void good_run() { aio::run(serve()); }

// To leave the closing to the destructor is what aio does not object to.
void good_not_closed() {
  aio::Loop loop;
  loop.run_until_complete(serve());
}

void good_in_a_foreign_loop() {
  aio::Loop loop;
  while (!loop.is_closed())
    loop.run_once();
  loop.close();
}

void good_others_have_it() {
  aio::Loop loop;
  drive(loop);
  loop.run_until_complete(serve());
  loop.close();
}

// The second run may be the clean-up.
aio::Coro<> clean_up();
void good_cleaned_up_elsewhere() {
  aio::Loop loop;
  loop.run_until_complete(serve());
  loop.run_until_complete(clean_up());
  loop.close();
}

// A library without such parts.
void good_asio() {
  boost::asio::io_context context;
  context.run();
  context.stop();
}
