// store.h - a store whose functions are defined in another file
#pragma once

class Store {
public:
  void flush();
  int size() const;
};
