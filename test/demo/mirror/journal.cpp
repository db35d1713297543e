// journal.cpp - appends entries
#include "journal.h"

namespace mirror {

void Journal::record(const std::string& entry) {
    file_.append(entry + "\n");
    file_.commit();
}

}  // namespace mirror
