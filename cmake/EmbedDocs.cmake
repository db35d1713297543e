# EmbedDocs.cmake - writes the pages of the checks as C++ strings
#
# cmake -DFOLDER=docs/checks -DOUT=CheckPages.cpp -P EmbedDocs.cmake

file(GLOB pages ${FOLDER}/coro-*.md)
list(SORT pages)
set(text "// Made by cmake/EmbedDocs.cmake from docs/checks.\n\n")
string(APPEND text "#include \"tool/cli/CheckPages.h\"\n\n")
string(APPEND text "namespace corolint::tool {\n\nconst CheckPage CheckPages[] = {\n")
set(count 0)
foreach(page IN LISTS pages)
  get_filename_component(id ${page} NAME_WE)
  file(READ ${page} content)
  string(APPEND text "    {\"${id}\", R\"corolint(${content})corolint\"},\n")
  math(EXPR count "${count} + 1")
endforeach()
# An array must have an element.
string(APPEND text "    {nullptr, nullptr}};\n\n")
string(APPEND text "const std::size_t CheckPageCount = ${count};\n\n} // namespace corolint::tool\n")
file(WRITE ${OUT} "${text}")
