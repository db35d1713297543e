// level3.cpp - link 3 of a chain of five
void level4();

void level3() { level4(); }
