// BlockingApisTest.cpp - the rows of the blocking table are in the models
//
// Written by hand, apart from the YAML: losing a name there fails here.

#include "checks/model/Library.h"

#include <algorithm>
#include <gtest/gtest.h>

using namespace corolint;
using namespace corolint::facts;
using namespace corolint::model;

namespace {

/// True when one rule for \p Name has this effect and confidence.
bool states(const std::string &Name, Effect What, Confidence Sure) {
  for (const LibraryModel &Model : builtinLibrary().Models)
    for (const FunctionRule &Rule : Model.Functions)
      if (Rule.Does && Rule.Does->What == What && Rule.Does->Sure == Sure &&
          std::ranges::count(Rule.Names, Name))
        return true;
  return false;
}

/// The tests that remove the effect of the first rule for \p Name with one.
const std::vector<Predicate> &unlessOf(const std::string &Name) {
  static const std::vector<Predicate> None;
  for (const LibraryModel &Model : builtinLibrary().Models)
    for (const FunctionRule &Rule : Model.Functions)
      if (Rule.Does && std::ranges::count(Rule.Names, Name))
        return Rule.Does->Unless;
  return None;
}

struct Row {
  const char *Group;
  Effect What;
  Confidence Sure;
  std::vector<const char *> Names;
};

const std::vector<Row> Table = {
#define BLOCKS(Group, Sure, ...)                                                                   \
  {                                                                                                \
    Group, Effect::Blocks, Confidence::Sure, { __VA_ARGS__ }                                       \
  }
#define WAITS(Group, Sure, ...)                                                                    \
  {                                                                                                \
    Group, Effect::Waits, Confidence::Sure, { __VA_ARGS__ }                                        \
  }
#define LOCKS(Group, ...)                                                                          \
  {                                                                                                \
    Group, Effect::Locks, Confidence::Medium, { __VA_ARGS__ }                                      \
  }
#define RUNS(Group, ...)                                                                           \
  {                                                                                                \
    Group, Effect::RunsLoop, Confidence::High, { __VA_ARGS__ }                                     \
  }
    BLOCKS("sleep", High, "sleep", "usleep", "nanosleep", "clock_nanosleep",
           "std::this_thread::sleep_for", "std::this_thread::sleep_until",
           "boost::this_thread::sleep_for", "absl::SleepFor", "QThread::sleep", "QThread::msleep",
           "QThread::usleep", "Sleep", "SleepEx", "g_usleep", "SDL_Delay", "thrd_sleep"),
    BLOCKS("fd", Medium, "read", "readv", "pread", "preadv", "write", "writev", "pwrite",
           "pwritev"),
    BLOCKS("sockets", Medium, "recv", "recvfrom", "recvmsg", "recvmmsg", "send", "sendto",
           "sendmsg", "sendmmsg", "sendfile", "splice", "tee", "vmsplice"),
    BLOCKS("sockets", High, "accept", "accept4", "connect"),
    BLOCKS("multiplex", High, "select", "pselect", "poll", "ppoll", "epoll_wait", "epoll_pwait",
           "epoll_pwait2", "kevent", "io_uring_wait_cqe", "io_uring_submit_and_wait", "port_getn"),
    BLOCKS("wait", High, "wait", "waitpid", "waitid", "wait3", "wait4", "pause", "sigsuspend",
           "sigwait", "sigwaitinfo", "sigtimedwait"),
    BLOCKS("process", High, "system", "popen", "pclose", "boost::process::system",
           "boost::process::child::wait", "QProcess::execute"),
    BLOCKS("process", Low, "posix_spawn", "fork", "vfork"),
    BLOCKS("files", High, "fsync", "fdatasync", "sync", "syncfs", "msync", "flock", "lockf",
           "fcntl"),
    BLOCKS("files", Medium, "open", "openat", "creat", "stat", "lstat", "fstatat", "access",
           "rename", "unlink", "mkdir", "rmdir", "opendir", "readdir", "scandir", "realpath",
           "readlink", "link", "symlink", "truncate", "ftruncate", "fallocate", "statfs", "mount"),
    BLOCKS("files", Low, "fstat"),
    BLOCKS("stdio", Medium, "fopen", "freopen", "fclose", "fread", "fwrite", "fgets", "fgetc",
           "getc", "fgetws", "fscanf", "getline", "getdelim", "fflush", "fseek", "rewind"),
    BLOCKS("stdio", High, "getchar", "gets", "scanf", "fgets", "fread"),
    BLOCKS("stdio", Low, "printf", "puts", "fprintf"),
    BLOCKS("terminal", High, "getpass", "readline", "linenoise", "getch",
           "std::basic_istream::operator>>", "std::operator>>", "std::getline",
           "std::basic_istream::get", "std::basic_istream::read"),
    BLOCKS("fstream", Medium, "std::basic_ifstream::basic_ifstream",
           "std::basic_ofstream::basic_ofstream", "std::basic_fstream::basic_fstream",
           "std::basic_ifstream::open", "std::basic_filebuf::open", "std::basic_ofstream::close",
           "std::operator<<", "std::basic_ostream::operator<<", "std::basic_ostream::flush",
           "std::basic_istream::seekg"),
    BLOCKS("filesystem", Medium, "std::filesystem::exists", "std::filesystem::status",
           "std::filesystem::rename", "std::filesystem::remove",
           "std::filesystem::create_directory", "std::filesystem::create_directories",
           "std::filesystem::file_size", "std::filesystem::last_write_time",
           "std::filesystem::space", "std::filesystem::canonical",
           "std::filesystem::directory_iterator::directory_iterator",
           "std::filesystem::directory_iterator::operator++",
           "std::filesystem::recursive_directory_iterator::operator++"),
    BLOCKS("filesystem", High, "std::filesystem::remove_all", "std::filesystem::copy",
           "std::filesystem::copy_file"),
    LOCKS("mutexes", "pthread_mutex_lock", "pthread_rwlock_rdlock", "pthread_rwlock_wrlock",
          "pthread_spin_lock", "std::mutex::lock", "std::timed_mutex::lock",
          "std::recursive_mutex::lock", "std::shared_mutex::lock", "std::shared_mutex::lock_shared",
          "std::lock_guard::lock_guard", "std::scoped_lock::scoped_lock",
          "std::unique_lock::unique_lock", "std::shared_lock::shared_lock", "std::lock",
          "absl::Mutex::Lock", "absl::MutexLock::MutexLock", "folly::Synchronized::wlock",
          "folly::Synchronized::rlock", "folly::Synchronized::withLock", "boost::mutex::lock",
          "QMutex::lock", "QMutexLocker::QMutexLocker", "QReadWriteLock::lockForRead",
          "EnterCriticalSection", "AcquireSRWLockExclusive"),
    BLOCKS("mutexes", High, "sem_wait", "sem_timedwait", "pthread_barrier_wait",
           "QSemaphore::acquire"),
    BLOCKS("conditions", High, "pthread_cond_wait", "pthread_cond_timedwait",
           "std::condition_variable::wait", "std::condition_variable::wait_for",
           "std::condition_variable_any::wait", "std::latch::wait", "std::latch::arrive_and_wait",
           "std::barrier::wait", "std::barrier::arrive_and_wait",
           "std::counting_semaphore::acquire", "std::counting_semaphore::try_acquire_for",
           "std::atomic::wait", "std::__atomic_base::wait", "std::atomic_flag::wait",
           "QWaitCondition::wait", "WaitOnAddress", "SleepConditionVariableCS"),
    WAITS("futures", High, "std::future::get", "std::future::wait", "std::__basic_future::wait",
          "std::shared_future::get", "std::__basic_future::wait_for",
          "std::__basic_future::wait_until", "boost::future::get", "boost::unique_future::get",
          "folly::Future::get", "folly::SemiFuture::get", "folly::Future::getVia",
          "QFuture::waitForFinished", "QFuture::result", "QFuture::results",
          "tbb::task_group::wait"),
    BLOCKS("threads", High, "std::thread::join", "std::jthread::join", "pthread_join",
           "boost::thread::join", "QThread::wait", "QThreadPool::waitForDone",
           "WaitForSingleObject", "WaitForMultipleObjects", "MsgWaitForMultipleObjects",
           "SignalObjectAndWait"),
    BLOCKS("threads", Medium, "std::jthread::~jthread"),
    BLOCKS("asio", High, "boost::asio::basic_socket::connect", "asio::basic_socket::connect",
           "boost::asio::basic_stream_socket::read_some",
           "boost::asio::basic_stream_socket::write_some", "boost::asio::basic_stream_socket::send",
           "boost::asio::basic_stream_socket::receive", "boost::asio::basic_socket::wait",
           "boost::asio::basic_datagram_socket::receive_from",
           "boost::asio::basic_socket_acceptor::accept", "boost::asio::basic_waitable_timer::wait",
           "boost::asio::basic_deadline_timer::wait", "boost::asio::ip::basic_resolver::resolve",
           "boost::asio::basic_serial_port::read_some", "boost::asio::ssl::stream::handshake",
           "boost::asio::ssl::stream::shutdown", "boost::asio::read", "boost::asio::read_at",
           "boost::asio::read_until", "boost::asio::write", "boost::asio::write_at",
           "boost::asio::connect", "boost::beast::http::read", "boost::beast::http::write",
           "boost::beast::websocket::stream::read", "boost::beast::websocket::stream::close"),
    BLOCKS("asio", Medium, "boost::asio::basic_stream_file::read_some",
           "boost::asio::basic_random_access_file::write_some_at"),
    RUNS("asio", "boost::asio::io_context::run", "boost::asio::io_context::run_one",
         "boost::asio::io_context::run_for", "boost::asio::io_context::run_until",
         "asio::io_context::run_one_for", "asio::io_context::run_one_until"),
    WAITS("asio", High, "boost::asio::thread_pool::join", "boost::asio::thread_pool::wait"),
    BLOCKS("dns", High, "getaddrinfo", "getnameinfo", "gethostbyname", "gethostbyname_r",
           "gethostbyaddr", "res_query", "res_search", "QHostInfo::fromName", "getaddrinfo_a",
           "gai_suspend"),
    BLOCKS("dns", Low, "getservbyname"),
    BLOCKS("curl", High, "curl_easy_perform", "curl_multi_wait", "curl_multi_poll", "cpr::Get",
           "httplib::ClientImpl::Get", "Poco::Net::HTTPClientSession::sendRequest",
           "RestClient::get"),
    BLOCKS("curl", Low, "curl_easy_send", "curl_easy_recv"),
    BLOCKS("databases", High, "PQconnectdb", "PQexec", "PQexecParams", "PQprepare", "PQreset",
           "PQcancel", "mysql_real_connect", "mysql_query", "mysql_real_query",
           "mysql_store_result", "mysql_ping", "mysql_stmt_execute", "SQLConnect",
           "SQLDriverConnect", "SQLExecute", "SQLFetch", "redisConnect", "redisCommand",
           "redisGetReply", "sw::redis::Redis::get", "mongocxx::collection::insert_one",
           "pqxx::connection::connection", "pqxx::transaction_base::exec", "soci::session::open",
           "rd_kafka_poll", "rd_kafka_consumer_poll", "rd_kafka_flush", "zmq_recv", "zmq_poll",
           "grpc::CompletionQueue::Next", "grpc::internal::BlockingUnaryCall"),
    BLOCKS("databases", Medium, "PQgetResult", "sqlite3_step", "sqlite3_exec", "sqlite3_open",
           "sqlite3_backup_step", "sqlite3_wal_checkpoint", "rocksdb::DB::Put", "leveldb::DB::Get",
           "mdb_txn_commit", "QSqlQuery::exec", "QSqlDatabase::open"),
    WAITS("databases", High, "cass_future_wait"),
    BLOCKS("tls", Medium, "SSL_connect", "SSL_accept", "SSL_read", "SSL_write", "PKCS5_PBKDF2_HMAC",
           "EVP_PBE_scrypt"),
    BLOCKS("tls", Low, "SSL_shutdown", "getrandom", "RAND_poll",
           "std::random_device::random_device"),
    BLOCKS("loaders", Medium, "dlopen", "LoadLibraryA", "getpwnam", "getgrnam", "initgroups",
           "PyGILState_Ensure"),
    BLOCKS("loaders", Low, "syslog", "tzset", "localtime", "mlock", "std::locale::locale",
           "iconv_open"),
    BLOCKS("processor", Low, "std::regex_match", "std::regex_search", "deflate", "compress2",
           "ZSTD_compress"),
    BLOCKS("processor", Medium, "std::sort", "std::for_each"),
    BLOCKS("ipc", High, "mq_receive", "mq_send", "msgrcv", "msgsnd",
           "dbus_connection_send_with_reply_and_block", "sd_bus_call",
           "QDBusAbstractInterface::call", "ConnectNamedPipe", "GetOverlappedResult"),
    BLOCKS("ipc", Medium, "semop", "ReadFile", "WriteFile", "DeviceIoControl", "SendMessageW"),
    RUNS("gui", "QDialog::exec", "QMessageBox::question", "QFileDialog::getOpenFileName",
         "QMenu::exec", "QEventLoop::exec", "QCoreApplication::processEvents", "QTest::qWait",
         "MessageBoxW", "DialogBoxParamW", "TrackPopupMenu", "gtk_dialog_run"),
    BLOCKS("gui", High, "QProcess::waitForFinished", "QIODevice::waitForReadyRead",
           "QAbstractSocket::waitForConnected", "QLocalSocket::waitForConnected"),
    RUNS("aio", "aio::run", "aio::Loop::run_until_complete", "aio::Loop::run_forever"),
    WAITS("aio", High, "aio::ThreadFuture::get"),
    WAITS("folly", High, "folly::coro::blocking_wait", "folly::coro::blockingWait"),
};

TEST(BlockingApis, EachNameOfTheTableIsModelled) {
  for (const Row &Each : Table)
    for (const char *Name : Each.Names)
      EXPECT_TRUE(states(Name, Each.What, Each.Sure)) << Each.Group << ": " << Name;
}

TEST(BlockingApis, ConditionsOfTheTableAreModelled) {
  for (const char *Name :
       {"sleep", "nanosleep", "std::this_thread::sleep_for", "select", "recv", "epoll_wait",
        "waitpid", "flock", "getnameinfo", "curl_multi_poll", "zmq_recv",
        "std::condition_variable::wait_for", "WaitForSingleObject", "std::lock_guard::lock_guard",
        "boost::asio::basic_stream_socket::read_some", "QProcess::waitForFinished", "read",
        "mq_receive"})
    EXPECT_FALSE(unlessOf(Name).empty()) << Name;
}

/// -1 means forever to these; a test for "zero" would hold for it.
TEST(BlockingApis, ANegativeTimeoutIsNotZero) {
  for (const char *Name : {"poll", "epoll_wait", "curl_multi_poll", "rd_kafka_poll", "zmq_poll",
                           "QProcess::waitForFinished", "QThread::wait", "WaitForSingleObject"})
    for (const Predicate &Test : unlessOf(Name)) {
      EXPECT_EQ(Test.Test, Predicate::Kind::Equals) << Name;
      EXPECT_EQ(Test.Value, 0) << Name;
    }
}

bool isOpaque(const std::string &Name) {
  for (const LibraryModel &Model : builtinLibrary().Models)
    for (const FunctionRule &Rule : Model.Functions)
      if (Rule.Opaque && std::ranges::count(Rule.Names, Name))
        return true;
  return false;
}

TEST(BlockingApis, NothingPassesThroughWhatIsAllowedInside) {
  for (const char *Name : {"operator new", "operator delete", "abort", "std::terminate",
                           "__assert_fail", "std::call_once", "syslog", "spdlog::info",
                           "spdlog::logger::error", "google::LogMessage::*"})
    EXPECT_TRUE(isOpaque(Name)) << Name;
}

} // namespace
