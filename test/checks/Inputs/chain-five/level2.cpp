// level2.cpp - link 2 of a chain of five
void level3();

void level2() { level3(); }
