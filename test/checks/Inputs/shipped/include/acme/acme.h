// acme.h - a library that ships its own model
#pragma once

namespace acme {
void fetch();
void poll();
struct Ticket {
  ~Ticket();
};
Ticket issue();
} // namespace acme
