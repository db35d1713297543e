// level1.cpp - link 1 of a chain of five
void level2();

void level1() { level2(); }
