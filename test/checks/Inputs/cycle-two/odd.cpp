// odd.cpp - one half of a cycle over two files
void even(int number);

void odd(int number) {
  if (number > 0)
    even(number - 1);
}
