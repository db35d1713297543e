# test_lint_sizes.py - long files and long functions are found

from small_tree import SmallTreeTest

from lint_sizes import functions


def lines(count, text="  step();\n"):
    return text * count


class FileSizeTest(SmallTreeTest):
    FILE = "checks/model/Type.cpp"

    def test_four_hundred_lines_are_allowed(self):
        self.write(self.FILE, "// Type.cpp - types\n" + "int x;\n" * 399)
        self.assert_clean()

    def test_one_more_is_found(self):
        self.write(self.FILE, "// Type.cpp - types\n" + "int x;\n" * 400)
        self.assert_only(f"{self.FILE}:401: 401 lines")

    def test_data_may_be_long(self):
        self.write("checks/models/libc.yaml", "- f\n" * 900)
        self.write("docs/models.md", "text\n" * 900)
        self.assert_clean()


class FunctionSizeTest(SmallTreeTest):
    FILE = "checks/model/Type.cpp"

    def source(self, before, count, after="}\n"):
        self.write(self.FILE, "// Type.cpp - types\n" + before + lines(count) + after)

    def test_sixty_lines_are_allowed(self):
        self.source("void run() {\n", 58)
        self.assert_clean()

    def test_one_more_is_found(self):
        self.source("void run() {\n", 59)
        self.assert_only(f"{self.FILE}:2: 'run' is 61 lines long")

    def test_found_inside_namespaces_and_classes(self):
        self.source("namespace a {\nclass B : public C<int> {\npublic:\n  void run() const override {\n", 60, "}\n};\n}\n")
        self.assert_only(f"{self.FILE}:5: 'run' is 62 lines long")

    def test_found_in_templates_and_constructors(self):
        self.source("template <class T = void(int)>\nA<T>::A(int x)\n    : B(x), y_(x) {\n", 60)
        self.assert_only(f"{self.FILE}:4: ", "62 lines long")

    def test_a_long_class_of_short_functions_is_no_function(self):
        self.source("class A {\n", 0, "  void f() { g(); }\n" * 90 + "};\n")
        self.assert_clean()

    def test_a_long_table_is_no_function(self):
        self.source("const int Table[] = {\n", 0, "  1,\n" * 90 + "};\n")
        self.assert_clean()

    def test_braces_in_strings_comments_and_macros_do_not_count(self):
        self.source('#define OPEN {\n#define MORE \\\n  {\nvoid f() { g("{{{", R"x({{)x", \'{\'); /* { */ } // {\n',
                    0, "void h() {\n" + lines(50) + "}\n")
        self.assert_clean()

    def test_long_python_functions_are_found(self):
        body = "    x = 1\n" * 60
        self.write("tool/dev/walk.py", f"# walk.py - walks\ndef walk():\n{body}")
        self.assert_only("tool/dev/walk.py:2: 'walk' is 61 lines long")


class FunctionNamesTest(SmallTreeTest):
    def names(self, text):
        return [(name, length) for name, _, length in functions("x.cpp", text)]

    def test_each_function_once_and_lambdas_inside(self):
        self.assertEqual(self.names("int f() {\n  auto g = [] { return 1; };\n  if (g()) { }\n}\nint A::h() const {\n}\n"),
                         [("f", 4), ("A::h", 2)])

    def test_kinds_of_heads(self):
        text = ("struct S { S() : a(1) { } ~S() noexcept { } bool operator==(const S &) const { return true; } };\n"
                "auto t() -> int { return 0; }\n"
                "enum class E { A, B };\n"
                "std::vector<int> v = {1, 2};\n"
                "[[nodiscard]] static int u(int a = f()) { return a; }\n")
        self.assertEqual([name for name, _ in self.names(text)], ["S", "~S", "operator==", "t", "u"])
