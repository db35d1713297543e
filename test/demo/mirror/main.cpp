// main.cpp - starts the mirror
#include "news.h"
#include "server.h"

#include <cstdio>
#include <cstring>

int main(int argc, char** argv) {
    if (argc == 3 && std::strcmp(argv[1], "--news") == 0) {
        // No loop runs yet, so it may run one and wait for it.
        std::puts(mirror::fetch_news(argv[2]).c_str());
        return 0;
    }
    int journal = ::fileno(std::tmpfile());
    mirror::Catalog catalog(journal);
    mirror::FolderStorage storage(journal);
    aio::run(mirror::serve(catalog, storage, journal));
}
