import Intake
import Suggestions
import Testing

@Suite struct OpinionBookTests {
  static let head = "民意征集本 v1\n驿站: 安福驿站\n簿号: AF-02\n保管人: 李站长\n转录人：周敏\n启用: 2025-11-08\n"

  static let book = head + """
    # 注释
    页数: 4

    第1页
    1 | 11.12 | 骑手小张 | 建议把车棚加宽，现在〓〓辆车就满了。
      第二行接着写
    5 | 1月13日 晚 | - | 路口[?应]增设减速带，[…3]太快。{-删去-}{+插入+}
    6 | 14日 | 王 | 坏标记[图]在此
    7 | x
    7 | - | 李 | 谢谢
    3 | - | - | 倒回去
    第2页 空白
    第4页
    3 | 看不清 | - | □天
    """

  @Test(arguments: [1, 7, 4096])
  func book(chunk: Int) throws {
    let reading = try Reading.of(Self.book, "opinion-book", chunk: chunk)
    #expect(reading == (try Reading.of(Self.book, "opinion-book")))
    #expect(reading.source == "book:安福驿站")
    #expect(reading.records.map { $0.fields["id"] } == ["AF-02/1/1", "AF-02/1/5", "AF-02/1/7", "AF-02/4/3"])
    #expect(reading[0, "body"] == "建议把车棚加宽，现在〓〓辆车就满了。\n第二行接着写")
    #expect(reading[0, "writer"] == "骑手小张")
    #expect(reading[1, "writer"] == nil)
    #expect(reading[1, "submitted_at"] == "1月13日 晚")
    #expect(reading.records.map(\.submittedAt) == [1_762_876_800, 1_768_233_600, nil, nil])
    let fields = ["station": "安福驿站", "book": "AF-02", "page": "4", "line": "3", "channel": "opinion-book"]
    for (field, value) in fields { #expect(reading[3, field] == value) }
    #expect(reading.records[0].received == "1 | 11.12 | 骑手小张 | 建议把车棚加宽，现在〓〓辆车就满了。\n  第二行接着写")
    #expect(
      reading.faults.map(\.reason) == [
        .transcription("[?字] or […n]"), .transcription("number | date | writer | text"),
        .transcription("ascending lines"), .transcription("page 3"),
      ])
    #expect(reading.faults.map(\.faultLine) == [14, 15, 17, 19])
    #expect(reading.faults[0].faultColumn == 18)
    #expect(reading.seen == 8)
  }

  /// Midnights in China; what the head does not say is not known, and a refused file has no book.
  @Test func aBookSaysWhenItWasWhere() throws {
    let open = try Reading.of(Self.book, "opinion-book")
    #expect(open.custody == BookCustody(book: "AF-02", opened: 1_762_531_200))
    let closed = Self.head + "封存：2026-02-01\n转录日期: 2026-02-03\n第1页\n1 | 11.12 | - | 谢谢\n"
    #expect(
      try Reading.of(closed, "opinion-book", chunk: 1).custody
        == BookCustody(book: "AF-02", opened: 1_762_531_200, closed: 1_769_875_200, transcribed: 1_770_048_000))
    let english = closed.replacing("转录日期", with: "transcribed").replacing("封存", with: "closed")
    #expect(try Reading.of(english, "opinion-book").custody?.transcribed == 1_770_048_000)
    let wrong = try Reading.of(Self.head + "转录日期: 二月\n第1页\n", "opinion-book")
    #expect(wrong.isRefused && wrong.custody == nil)
    #expect(try Reading.of("[]", "dezhihui-json").custody == nil)
  }

  @Test func englishHead() throws {
    let text = """
      opinion book v1
      station: Anfu
      book: AF-02
      keeper: Li
      transcriber: Zhou
      opened: 2025-04-08
      pages: 2

      page 1
      1 | 4/12 | - | wider bay
      page 2 missing
      """
    let reading = try Reading.of(text, "opinion-book")
    #expect(reading.records.count == 1)
    #expect(reading.faults.isEmpty)
    #expect(reading.source == "book:Anfu")
  }

  @Test(arguments: [
    ("民意征集本 v2\n", "title line 民意征集本 v1", 1),
    (head.replacing("簿号: AF-02\n", with: "") + "第1页\n", "head line book", 6),
    (head + "颜色: 红\n", "known head word", 7), (head + "启用: 2025-11-08\n", "opened once", 7),
    (head.replacing("2025-11-08", with: "十一月"), "opened as a full date", 6),
    (head + "页数: 很多\n", "pages as a number", 7),
    (head + "1 | 4.12 | - | x\n", "head line with a colon", 7),
  ])
  func badHeadRefusesTheFile(text: String, rule: String, line: Int) throws {
    let whole = text + "第1页\n1 | - | - | x\n"
    let reading = try Reading.of(whole, "opinion-book")
    #expect(reading.records.isEmpty)
    #expect(reading.isRefused)
    #expect(reading.faults.map(\.reason) == [.transcription(rule)])
    #expect(reading.faults.first?.faultLine == line)
    #expect(reading.faults.first?.total == whole.utf8.count)
    for chunk in [1, 7] { #expect(try Reading.of(whole, "opinion-book", chunk: chunk) == reading) }
  }

  @Test func pagesMustBeComplete() throws {
    let text = Self.head + "页数: 3\n第1页\n第2页\n1 | - | - | x\n第2页\n2 | - | - | y\n第5页\n"
    let reading = try Reading.of(text, "opinion-book")
    #expect(reading.records.count == 1)
    #expect(
      reading.faults.map(\.reason.detail) == [
        "entry on page 1, or 空白", "ascending pages", "ascending pages", "page up to 3", "page 3 of 3",
      ])
  }

  @Test(arguments: [
    "建议〓□", "[?应]", "[…12]", "[...3]", "{-删-}{+加+}", "a-b+c", "{-a-b-}",
  ])
  func knownMarks(text: String) { #expect(OpinionBookMarks.check(text) == nil) }

  @Test(arguments: [
    ("好[图]", 1), ("好]", 1), ("[?]", 0), ("[…]", 0), ("[…x]", 0), ("{-删", 0), ("a{=b=}", 1), ("{-a+}", 0),
    ("b}", 1),
    ("{-a{+b+}-}", 3), ("[?应", 0), ("{--}", 0),
  ])
  func unknownMarks(text: String, at: Int) { #expect(OpinionBookMarks.check(text)?.at == at) }

  @Test(arguments: [
    ("4.12", nil, 4, 12), ("4/12", nil, 4, 12), ("4-12", nil, 4, 12), ("4月12日", nil, 4, 12),
    ("2025.4.12", 2025, 4, 12), ("2025-04-12", 2025, 4, 12), ("2025年4月12日 上午", 2025, 4, 12), ("12日", nil, nil, 12),
    ("４月１２日晚", nil, 4, 12), ("4.12 晚", nil, 4, 12),
  ] as [(String, Int?, Int?, Int)])
  func dates(text: String, year: Int?, month: Int?, day: Int) {
    #expect(OpinionBookDate.day(text) == OpinionBookDate.Day(year: year, month: month, day: day))
  }

  @Test(arguments: ["-", "", "某日", "13.40", "4", "99999", "0.5", "晚上"])
  func noDates(text: String) { #expect(OpinionBookDate.day(text) == nil) }
}
