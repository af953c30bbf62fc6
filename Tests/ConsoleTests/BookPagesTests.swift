import Casework
import Console
import Foundation
import Store
import TestSupport
import Testing

/// A page of an opinion book from two keyboards into the store.
@Suite struct BookPagesTests {
  private static let head = [
    ("station", "anfu"), ("book", "ZZ-09"), ("page", "3"), ("condition", "written"), ("counted", "2"),
    ("keeper", "李站长"), ("transcriber", "周敏"), ("opened", "2025-04-08"), ("pages", "4"),
  ]

  private static func entries(_ second: String, date: String = "4.12") -> [(String, String)] {
    [
      ("line-0", "1"), ("date-0", date), ("writer-0", "骑手小张"), ("text-0", "建议把车棚加宽，现在□□辆车就满了。\n  第二行接着写"),
      ("line-1", ""), ("date-1", ""), ("writer-1", ""), ("text-1", second),
    ]
  }

  /// The one page that was begun.
  private func page(_ bench: IntakeBench) throws -> BookPage {
    let pages = try bench.premises.store.bookPages(of: ["anfu"], book: "ZZ-09")
    try #require(pages.count == 1)
    return pages[0]
  }

  private func keyed(_ bench: IntakeBench, _ text: String = "花溪路路口[?应]增设减速带") async throws -> BookPage {
    let saved = await bench.premises.post("/intake/book", BookPagesTests.head + BookPagesTests.entries(text), try bench.keeper("anfu"))
    try #require(saved.status == 303, "\(saved.text)")
    #expect(saved.header("Location") == "/intake/book?station=anfu&notice=saved")
    return try page(bench)
  }

  @Test func twoKeyingsWithOneDifferenceEndAsSubmissions() async throws {
    let bench = try IntakeBench()
    let keeper = try bench.keeper("anfu")
    let begun = try await keyed(bench)
    #expect(begun.state == .keyed && begun.keyer == "keeper-anfu")
    let address = "/intake/book/\(begun.id)"
    // The second person does not see what the first one typed.
    for path in [address + "/second", "/intake/book?station=anfu"] {
      let seen = await bench.premises.get(path, bench.reviewer)
      #expect(seen.status == 200 && !seen.text.contains("增设减速带"), "\(path)")
    }
    #expect(await bench.premises.get(address, bench.reviewer).header("Location") == address + "/second")
    #expect(await bench.premises.get(address + "/second", keeper).status == 403)
    #expect(await bench.premises.post(address + "/second", BookPagesTests.entries("一样"), keeper).status == 403)
    let own = await bench.premises.get(address, keeper)
    #expect(own.text.contains("增设减速带") && own.text.contains("本页 2 条，已录 2 条"))

    let second = await bench.premises.post(address + "/second", BookPagesTests.entries("花溪路路口[?还]增设减速带"), bench.reviewer)
    #expect(second.status == 303 && second.header("Location") == address + "/settle")
    for language in ["zh", "en"] {
      let compared = await bench.premises.get(address + "/settle?language=\(language)", bench.reviewer)
      #expect(compared.text.contains("<mark class=\"differs\">应</mark>") && compared.text.contains("<mark class=\"differs\">还</mark>"))
      #expect(compared.text.contains("name=\"pick-1\"") && !compared.text.contains("name=\"pick-0\""))
    }
    let undecided = await bench.premises.post(address + "/settle", [("text-1", "写了一半")], bench.reviewer)
    #expect(undecided.status == 400 && undecided.text.contains("请选一个") && undecided.text.contains("写了一半"))
    let wrong = [("pick-1", "own"), ("line-1", "3"), ("text-1", "减速[带")]
    #expect(await bench.premises.post(address + "/settle", wrong, bench.reviewer).status == 400)
    let report = try await bench.ended(await bench.premises.post(address + "/settle", [("pick-1", "second")], bench.reviewer))
    #expect(report.text.contains("读入 2 = 新 2 + 更正 0 + 未变 0 + 隔离 0"))

    let found = try bench.premises.store.submissions(ofStation: "anfu", names: ["安福驿站"]).filter { $0.book == "ZZ-09" }
    #expect(Set(found.map(\.line)) == ["1", "3"], "an entry without a line follows the two lines of the one before")
    #expect(found.contains { $0.excerpt.contains("[?还]增设减速带") })
    let taken = try #require(try bench.premises.store.bookPage(begun.id))
    #expect(taken.state == .taken && taken.entered == 2 && taken.first == nil && taken.second == nil)
    let overview = await bench.premises.get("/intake/book?station=anfu", keeper)
    #expect(overview.text.contains("2 条，已录 2 条") && overview.text.contains("缺第 1、2、4 页"))
    #expect(await bench.premises.get(address + "/settle", bench.reviewer).status == 409)
    #expect(try bench.premises.store.verify().faults == [])
  }

  @Test func equalKeyingsGoStraightIn() async throws {
    let bench = try IntakeBench()
    let page = try await keyed(bench)
    let report = try await bench.ended(
      await bench.premises.post("/intake/book/\(page.id)/second", BookPagesTests.entries(" 花溪路路口[?应]增设减速带\r\n"), bench.reviewer))
    #expect(report.text.contains("新 2"))
    // The transcript by another road is known.
    let transcript = """
      民意征集本 v1
      驿站: 安福驿站
      簿号: ZZ-09
      保管人: 李站长
      转录人: 周敏
      启用: 2025-04-08

      第3页
      1 | 4.12 | 骑手小张 | 建议把车棚加宽，现在□□辆车就满了。
        第二行接着写

      """
    let again = try await bench.ended(await bench.upload([("book.txt", transcript)]))
    #expect(again.text.contains("读入 1 = 新 0 + 更正 0 + 未变 1 + 隔离 0"))
  }

  /// To a keeper of another station there is no such page, whatever is asked.
  @Test func anotherStationsBookIsNotThere() async throws {
    let bench = try IntakeBench()
    let page = try await keyed(bench)
    let other = try bench.keeper("hejie")
    let address = "/intake/book/\(page.id)"
    for path in [address, address + "/second", address + "/settle", "/intake/book?station=anfu", "/intake/book/new?station=anfu"] {
      #expect(await bench.premises.get(path, other).status == 404, "\(path)")
    }
    for path in ["/second", "/settle", "/send", "/drop"] {
      #expect(await bench.premises.post(address + path, BookPagesTests.entries("x"), other).status == 404, "\(path)")
    }
    #expect(await bench.premises.post("/intake/book", BookPagesTests.head + BookPagesTests.entries("x"), other).status == 404)
    let own = await bench.premises.get("/intake/book", other)
    #expect(own.status == 200 && !own.text.contains("ZZ-09") && !own.text.contains("安福驿站"))
    #expect(await bench.premises.get("/intake", other).header("Location") == "/intake/book")
    #expect(try bench.premises.store.bookPage(page.id)?.state == .keyed)
  }

  @Test func whatIsWrongIsSaidWhereItIs() async throws {
    let bench = try IntakeBench()
    let keeper = try bench.keeper("anfu")
    func post(_ fields: [(String, String)]) async -> Reply {
      await bench.premises.post("/intake/book", fields, keeper)
    }
    let mark = await post(BookPagesTests.head + BookPagesTests.entries("坏标记[图]在此"))
    #expect(mark.status == 400 && mark.text.contains("id=\"fault-1\"") && mark.text.contains("坏标记[图]在此"))
    let bar = await post(BookPagesTests.head + BookPagesTests.entries("x", date: "4|12"))
    #expect(bar.status == 400 && bar.text.contains("id=\"fault-0\""))
    let date = await post(BookPagesTests.head.map { $0.0 == "opened" ? ("opened", "四月") : $0 } + BookPagesTests.entries("x"))
    #expect(date.status == 400 && date.text.contains("要写年月日"))
    let uncounted = await post(BookPagesTests.head.filter { $0.0 != "counted" } + BookPagesTests.entries("x"))
    #expect(uncounted.status == 400 && uncounted.text.contains("数一数"))
    #expect(await post(BookPagesTests.head).status == 400)
    let more = await post(BookPagesTests.head + BookPagesTests.entries("x") + [("more", "1")])
    #expect(more.status == 200 && more.text.contains("name=\"text-15\""))
    #expect(try bench.premises.store.bookPages(of: ["anfu"], book: "ZZ-09").isEmpty)
    // A line in the head cannot be made by a field.
    let sly = BookPagesTests.head.map { $0.0 == "keeper" ? ("keeper", "李\n封存: 2025-01-01") : $0 }
    #expect(await post(sly + BookPagesTests.entries("好")).status == 303)
  }

  @Test func aBlankPageIsDoneAndAGivenUpOneIsGone() async throws {
    let bench = try IntakeBench()
    let keeper = try bench.keeper("anfu")
    let blank = BookPagesTests.head.map { $0.0 == "condition" ? ("condition", "blank") : $0 }
    #expect(await bench.premises.post("/intake/book", blank, keeper).status == 303)
    #expect(try page(bench).state == .taken)
    #expect((await bench.premises.get("/intake/book?station=anfu", keeper)).text.contains("空白"))
    let begun = BookPagesTests.head.map { $0.0 == "page" ? ("page", "4") : $0 } + BookPagesTests.entries("x")
    #expect(await bench.premises.post("/intake/book", begun, keeper).status == 303)
    let open = try #require(try bench.premises.store.bookPage(station: "anfu", book: "ZZ-09", page: 4))
    #expect(await bench.premises.post("/intake/book/\(open.id)/drop", [], keeper).status == 303)
    #expect(try bench.premises.store.bookPage(open.id) == nil)
  }

  @Test func pairsGoByPlaceOrByLine() {
    func keying(_ entries: (Int, String)...) -> BookKeying {
      BookKeying(entries: entries.map { .init(line: $0.0, date: "", writer: "", text: $0.1) })
    }
    let sameCount = BookPairs(keying((1, "甲"), (5, "乙\n")), keying((1, "甲 "), (6, "乙")))
    #expect(sameCount.pairs.count == 2 && sameCount.differing == [1])
    let missing = BookPairs(keying((1, "甲"), (3, "乙"), (5, "丙")), keying((1, "甲"), (5, "丙")))
    #expect(missing.pairs.map { $0.second == nil } == [false, true, false] && missing.differing == [1])
    #expect(BookPairs(keying(), keying((2, "x"))).differing == [0])
  }
}
