# test_lint_docs.py - a public name without a contract is found

from small_tree import SmallTreeTest

HEADER = "runtime/include/aio/loop.h"


class ContractsTest(SmallTreeTest):
    def declare(self, text):
        self.write(HEADER, f"// loop.h - the loop\nnamespace aio {{\n{text}\n}}  // namespace aio\n")

    def assert_missing(self, text, *names):
        self.declare(text)
        self.assertEqual([violation.split("'")[1] for violation in self.violations()], list(names))

    def test_functions_classes_and_enums_need_a_comment(self):
        self.assert_missing("void run();\nclass Loop {};\nenum Mode { on, off };\nusing Clock = int;",
                            "run", "Loop", "Mode", "Clock")

    def test_a_comment_above_is_enough(self):
        self.assert_missing("/// Runs.\ntemplate <class T>\n    requires(is_coro<T>)\n[[nodiscard]] T run(T coro);")

    def test_members_need_one_too_but_not_the_private_ones(self):
        self.assert_missing("/// A loop.\nclass Loop {\npublic:\n    bool open() const { return open_ ? true : false; }\n"
                            "private:\n    void close();\n    bool open_ = false;\n};", "open")

    def test_fields_of_structs_need_one(self):
        self.assert_missing("/// Options.\nstruct Opts {\n    Mode mode = Mode::on;\n    Clock clock = {};\n};",
                            "mode", "clock")

    def test_an_overload_right_below_shares_the_comment(self):
        self.assert_missing("/// Runs.\nvoid run(int);\nvoid run(long);\n\nvoid run(char);", "run")

    def test_what_the_language_explains_needs_no_words(self):
        self.assert_missing("/// A loop.\nclass Loop : public Base {\npublic:\n    Loop() = default;\n    ~Loop() {}\n"
                            "    Loop(Loop&& other) noexcept : open_(other.open_) {}\n"
                            "    Loop& operator=(Loop&& other) noexcept {\n        return *this;\n    }\n"
                            "    Loop(const Loop&) = delete;\n    using Base::Base;\n    void run() override;\n};\nclass Task;")

    def test_details_need_none(self):
        self.assert_missing("namespace detail {\nclass Core {\npublic:\n    void run();\n};\n}  // namespace detail")

    def test_an_awaitable_states_four_facts(self):
        self.declare("/// Waits.\n///\n/// Suspends:  always.\n/// Resumes:   later.\n/// Lifetime:  none.\nint wait();")
        self.assert_only(f"{HEADER}:7: an awaitable without 'Cancelled:'")
