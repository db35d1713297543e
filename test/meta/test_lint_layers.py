# test_lint_layers.py - the arrows between folders are enforced

from small_tree import REPOSITORY, SmallTreeTest

import lint_layers


class ArrowsTest(SmallTreeTest):
    def test_a_clean_tree_is_silent(self):
        self.assert_clean()

    def include(self, file, header, quote='""'):
        """Adds an include as line 2 of a file, which is made if need be."""
        name = file.rsplit("/", 1)[1]
        self.write(file, f"// {name} - for this test\n#include {quote[0]}{header}{quote[1]}\n")

    def assert_forbidden(self, file, header, quote='""'):
        self.include(file, header, quote)
        self.assert_only(f"{file}:2: {lint_layers.layer_of(file)} includes {header}; ")

    def test_checks_do_not_know_the_tool(self):
        self.assert_forbidden("checks/extract/Walk.cpp", "tool/base/Finding.h")

    def test_facts_know_nothing_of_ours(self):
        self.assert_forbidden("checks/facts/More.h", "checks/model/Type.h")

    def test_colour_knows_no_model(self):
        self.assert_forbidden("checks/color/More.cpp", "checks/model/Type.h")

    def test_colour_knows_no_clang(self):
        self.assert_forbidden("checks/color/More.cpp", "clang/AST/Decl.h")

    def test_facts_know_no_llvm(self):
        self.assert_forbidden("checks/facts/More.cpp", "llvm/ADT/StringRef.h")

    def test_model_does_not_know_extract(self):
        self.assert_forbidden("checks/model/More.cpp", "checks/extract/Walk.h")

    def test_a_check_may_include_the_analysis(self):
        self.write("checks/blocking/BlockingCall.cpp", "// BlockingCall.cpp - words it\n" + "".join(
            f'#include "{header}"\n' for header in
            ("checks/Check.h", "checks/model/A.h", "checks/color/A.h", "checks/extract/A.h", "clang/AST/Decl.h")))
        self.assert_clean()

    def test_a_check_does_not_know_another_family(self):
        self.assert_forbidden("checks/blocking/BlockingCall.cpp", "checks/await/LostTask.h")

    def test_reports_know_only_findings(self):
        self.assert_forbidden("tool/report/Text.cpp", "tool/project/Config.h")

    def test_reports_know_no_clang(self):
        self.assert_forbidden("tool/report/Text.cpp", "clang/Basic/Version.h")

    def test_filters_do_not_know_reports(self):
        self.assert_forbidden("tool/filter/Lines.cpp", "tool/report/Text.h")

    def test_base_knows_nothing(self):
        self.assert_forbidden("tool/base/More.h", "tool/report/Text.h")

    def test_the_plugin_does_not_know_the_tool(self):
        self.assert_forbidden("tool/plugin/Module.cpp", "tool/engine/Engine.h")

    def test_the_engine_does_not_know_the_command_line(self):
        self.assert_forbidden("tool/engine/Engine.cpp", "tool/cli/Options.h")

    def test_the_command_line_may_use_all_of_the_tool(self):
        self.include("tool/cli/Check.cpp", "tool/report/Text.h")
        self.include("tool/main.cpp", "tool/cli/Check.h")
        self.include("tool/cli/Options.cpp", "CLI/CLI.hpp")
        self.assert_clean()

    def test_only_the_command_line_parses_options(self):
        self.assert_forbidden("tool/engine/Engine.cpp", "CLI/CLI.hpp")

    def test_runtime_knows_nothing_of_checks(self):
        self.assert_forbidden("runtime/include/aio/loop.h", "checks/facts/Facts.h")

    def test_runtime_uses_the_standard_library_only(self):
        self.assert_forbidden("runtime/src/loop.cpp", "boost/asio.hpp", "<>")

    def test_checks_do_not_know_the_runtime(self):
        self.assert_forbidden("checks/model/More.cpp", "aio/loop.h")

    def test_examples_may_use_what_they_like(self):
        self.include("runtime/examples/echo.cpp", "boost/asio.hpp", "<>")
        self.assert_clean()

    def test_generated_headers_beside_the_source_are_no_library(self):
        self.include("checks/facts/Codec.cpp", "Facts_generated.h")
        self.assert_clean()


class LevelsTest(SmallTreeTest):
    def test_a_cycle_is_found(self):
        self.write("runtime/include/aio/loop.h", '// loop.h - the loop\n#include "aio/task.h"\n')
        self.assert_only("runtime/include/aio/loop.h:1: headers include each other: "
                         "aio/loop.h -> aio/task.h -> aio/loop.h")

    def test_every_public_header_has_a_level(self):
        self.write("runtime/include/aio/news.h", "// news.h - not in the table\n")
        self.assert_only("runtime/include/aio/news.h:1: public header without a level")

    def test_a_lower_level_does_not_include_a_higher_one(self):
        self.write("runtime/include/aio/errors.h", '// errors.h - errors\n#include "aio/task.h"\n')
        found = self.violations()
        self.assertIn("level 0 includes aio/task.h of a higher level", found[-1])

    def test_details_have_the_level_of_their_users(self):
        self.write("runtime/include/aio/detail/core.h", '// core.h - a detail\n#include "aio/task.h"\n')
        self.write("runtime/include/aio/gather.h", '// gather.h - gathers\n#include "aio/detail/core.h"\n')
        self.assert_clean()
        self.write("runtime/include/aio/handle.h", '// handle.h - handles\n#include "aio/detail/core.h"\n')
        self.assertIn("level 1 includes aio/loop.h of a higher level", self.violations()[0])

    def test_the_same_level_is_allowed(self):
        self.write("runtime/include/aio/coro.h", '// coro.h - coroutines\n#include "aio/loop.h"\n')
        self.assert_clean()

    def test_primitives_do_not_know_the_loop(self):
        self.write("runtime/include/aio/lock.h", '// lock.h - a lock\n#include "aio/loop.h"\n')
        self.assert_only("runtime/include/aio/lock.h:1: a synchronisation primitive includes aio/loop.h")

    def test_one_header_includes_all(self):
        self.write("runtime/include/aio/aio.h", '// aio.h - all of it\n#include "aio/task.h"\n')
        self.assert_clean()


class TableTest(SmallTreeTest):
    def test_every_layer_of_the_repository_has_its_arrows(self):
        for folder in ("checks", "tool"):
            for path in (REPOSITORY / folder).iterdir():
                if path.is_dir() and any(path.glob("*.cpp")):
                    self.assertIn(f"{folder}/{path.name}", lint_layers.ARROWS)
