// level4.cpp - link 4 of a chain of five
void level5();

void level4() { level5(); }
