# test_lint_checks.py - the list of checks is the only one, and complete

from small_tree import SmallTreeTest

LIST = "checks/Checks.def"


class PiecesTest(SmallTreeTest):
    def test_each_missing_piece_is_found(self):
        row = self.rows[0]
        for piece in (row.source, row.page, row.test):
            with self.subTest(piece):
                self.setUp()
                (self.root / piece).unlink()
                self.assert_only(f"{LIST}:3: coro-blocking-call has no {piece}")

    def test_a_missing_changelog_line_is_found(self):
        self.replace("CHANGELOG.md", "`coro-sync-wait`", "`coro-sync-wait-longer`")
        self.assert_only(f"{LIST}:5: coro-sync-wait has no line in CHANGELOG.md")

    def test_a_test_may_be_a_folder_or_have_a_suffix(self):
        (self.root / self.rows[0].test).unlink()
        self.write("test/checks/coro-blocking-call/chain.cpp", "// chain.cpp - a chain\n")
        (self.root / self.rows[1].test).unlink()
        self.write("test/checks/coro-sync-wait-in-callback.cpp", "// coro-sync-wait-in-callback.cpp - one\n")
        self.assert_clean()

    def test_a_page_that_no_row_names_is_found(self):
        self.write("docs/checks/coro-gone.md", "# coro-gone\n")
        self.assert_only("docs/checks/coro-gone.md:1: ")

    def test_a_check_that_no_row_names_is_found(self):
        self.write("checks/thread/Gone.cpp", "// Gone.cpp - a check\n")
        self.assert_only("checks/thread/Gone.cpp:1: ", "new_check.py")


class RowsTest(SmallTreeTest):
    def test_an_unreadable_row_is_found(self):
        self.replace(LIST, "CHECK(sync_wait, ", "CHECK(sync_wait ")
        self.assert_only(f"{LIST}:1: 4 lines begin with CHECK( but 3 can be read")

    def test_an_unknown_tier_is_found(self):
        self.replace(LIST, "LostTask, await, Medium", "LostTask, await, Sometimes")
        self.assertTrue(any("unknown tier 'Sometimes'" in found for found in self.violations()))

    def test_an_unknown_family_is_found(self):
        self.replace(LIST, "LostTask, await", "LostTask, tasks")
        self.assertTrue(any("unknown family 'tasks'" in found for found in self.violations()))

    def test_a_class_that_does_not_match_the_id_is_found(self):
        self.replace(LIST, "LostTask, await", "LoseTask, await")
        self.assertTrue(any("class 'LoseTask'" in found for found in self.violations()))

    def test_a_row_twice_is_found(self):
        self.write(LIST, self.read(LIST) + self.rows[0].written())
        self.assertTrue(any("coro-blocking-call is listed twice" in found for found in self.violations()))


class SecondListTest(SmallTreeTest):
    def names(self, count, form="    '{}',\n"):
        return "".join(form.format(row.id) for row in self.rows[:count])

    def test_a_second_list_is_found(self):
        self.write("tool/dev/walk.py", f"# walk.py - walks\n\nCHECKS = [\n{self.names(4)}]\n")
        self.assert_only("tool/dev/walk.py:4: names 4 of 4 checks")

    def test_so_is_one_of_classes(self):
        text = "".join(f"add({row.name});\n" for row in self.rows)
        self.write("checks/Module.cpp", f"// Module.cpp - registers\n{text}")
        self.assert_only("checks/Module.cpp:2: names 4 of 4 checks")

    def test_and_one_of_sources_for_cmake(self):
        text = "".join(f"  {row.source}\n" for row in self.rows)
        self.write("checks/CMakeLists.txt", f"# The checks.\nadd_library(checks\n{text})\n")
        self.assert_only("checks/CMakeLists.txt:3: names 4 of 4 checks")

    def test_some_names_are_no_list(self):
        self.write("tool/dev/walk.py", f"# walk.py - walks\n\nCHECKS = [\n{self.names(3)}]\n")
        self.assert_clean()

    def test_comments_in_sources_are_no_list(self):
        self.write("checks/model/Type.cpp", "// Type.cpp - types\n" + self.names(4, "// {}\n"))
        self.assert_clean()

    def test_longer_ids_do_not_count(self):
        self.write("tool/dev/walk.py", "# walk.py - walks\n" + self.names(4, "# {}-not\n"))
        self.assert_clean()

    def test_documentation_may_name_them_all(self):
        self.write("docs/tour.md", self.names(4))
        self.assert_clean()


class IndexTest(SmallTreeTest):
    def test_a_stale_index_is_found(self):
        self.replace("docs/checks/index.md", "summary of sync_wait", "another summary")
        self.assert_only("docs/checks/index.md:1: not what Checks.def says", "generate_docs.py")

    def test_a_missing_list_is_found(self):
        (self.root / LIST).unlink()
        self.assert_only(f"{LIST}:1: the list of checks is missing")
