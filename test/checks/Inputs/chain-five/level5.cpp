// level5.cpp - the end of a chain of five
#include <unistd.h>

void level5() { sleep(1); }
