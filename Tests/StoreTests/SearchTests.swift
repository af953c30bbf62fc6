import Casework
import Foundation
import Store
import Suggestions
import TestSupport
import Testing

/// Looking for words in all texts: by the index, behind it, and after everything that changes a text.
@Suite struct SearchTests {
  private static func texts(_ texts: [(title: String, body: String)]) throws -> SampleStore {
    let sample = try SampleStore()
    try sample.take(
      texts.enumerated().map { number, text in
        SampleRecord("S-\(number)").with { ($0.title, $0.body, $0.evidence) = (text.title, text.body, nil) }
      })
    return sample
  }

  private static func page(
    _ sample: SampleStore, _ text: String, tracks: Set<Track> = [.ordinary], limit: Int = 1_000, after: Int? = nil,
    tail: Int = SuggestionStore.searchedTail, _ change: (inout ReviewFilter) -> Void = { _ in }
  ) throws -> SearchPage {
    var filter = ReviewFilter.everything(tracks)
    change(&filter)
    return try sample.store.search(
      SearchQuery(text, folding: .sample), filter: filter, limit: limit, after: after, tail: tail)
  }

  private static func found(
    _ sample: SampleStore, _ text: String, tail: Int = SuggestionStore.searchedTail
  ) throws -> [Int] {
    try page(sample, text, tail: tail).hits.map(\.suggestion)
  }

  private static func cut(_ text: String, _ range: Range<Int>) -> String {
    String(String.UnicodeScalarView(Array(text.unicodeScalars)[range]))
  }

  // MARK: What is found

  private static func various() throws -> SampleStore {
    try texts([
      ("井盖", "人民路12号旁的井盖破了，Wi-Fi杆也歪"),
      ("", "路燈不亮；ＰＰＴ里写过，K12 路公交站旁"),
      ("電动车充电桩", "建议在 安福 驿站\n增设 120 个\u{200B}充电位"),
      ("", "井蓋又响了。井字棚的盖子也松"),
    ])
  }

  /// The same before and after the texts are in the index.
  @Test(arguments: [false, true]) func wordsAreFound(_ isIndexed: Bool) throws {
    let sample = try Self.various()
    if isIndexed {
      #expect(try sample.store.updateSearch(folding: .sample) == SearchState(watermark: 4, lag: 0))
    }
    let tail = isIndexed ? 0 : SuggestionStore.searchedTail
    func found(_ text: String) throws -> [Int] { try Self.found(sample, text, tail: tail) }
    // Two characters, traditional or not; the latest first.
    #expect(try found("井盖") == [4, 1])
    #expect(try found("井蓋") == [4, 1])
    #expect(try found("路灯") == [])
    #expect(try found("路燈") == [2])
    // One character: also where it is the last of its run.
    #expect(try found("井") == [4, 1])
    #expect(try found("桩") == [3])
    #expect(try found("亮") == [2])
    // Longer ones stand as they are written.
    #expect(try found("井盖破了") == [1])
    #expect(try found("井盖松") == [])
    // Lines are broken anywhere.
    #expect(try found("安福驿站增设") == [3])
    #expect(try found("在安福") == [3])
    // Words of letters by their beginning, in any case and width.
    #expect(try found("ppt") == [2])
    #expect(try found("P") == [2])
    #expect(try found("wi") == [1])
    #expect(try found("pt") == [])
    #expect(try found("Wi-Fi") == [1])
    #expect(try found("fi") == [1])
    // Numbers whole.
    #expect(try found("12") == [2, 1])
    #expect(try found("120") == [3])
    #expect(try found("20") == [])
    #expect(try found("k12") == [2])
    #expect(try found("人民路12号") == [1])
    #expect(try found("人民路1") == [])
    #expect(try found("12路") == [2])
    #expect(try found("120个充电位") == [3])
    // All terms, in title or body.
    #expect(try found("充电桩 驿站") == [3])
    #expect(try found("井盖 驿站") == [])
    #expect(try found("井盖 井字") == [4])
    #expect(try found("没有这样的话") == [])
    #expect(try sample.store.verify().faults == [])
  }

  /// Signs are no language.
  @Test func queriesAreWordsAlone() throws {
    let sample = try Self.various()
    for text in ["", "  ", "*", "\"", "…！", "（）"] {
      #expect(SearchQuery(text, folding: .sample).isEmpty, "\(text)")
      #expect(try Self.page(sample, text) == SearchPage())
    }
    for text in ["\"井盖\"", "井盖*", "井盖；", "(井盖", "井盖 -", "^井盖 ' %"] {
      #expect(try Self.found(sample, text) == [4, 1], "\(text)")
    }
    for text in ["井盖 OR 驿站", "NEAR(井盖)", "word:井盖", "井盖 NOT 破了", "井%"] {
      #expect(try Self.found(sample, text) == (text == "井%" ? [4, 1] : []), "\(text)")
    }
    _ = try Self.page(sample, String(repeating: "井", count: 100_000) + " " + String(repeating: "x ", count: 1_000))
  }

  @Test func hitsSayWhereTheWordsStand() throws {
    let far = String(repeating: "前言后语。", count: 40) + "人民路👨‍👩‍👧的井蓋 破了" + String(repeating: "，很久没修", count: 40)
    let sample = try Self.texts([("井盖与井盖", far), ("", "井盖。" + far)])
    let hits = try Self.page(sample, "井盖破了 井盖").hits
    #expect(hits.map(\.suggestion) == [2, 1])
    let hit = try #require(hits.last)
    #expect(hit.title == "井盖与井盖")
    #expect(hit.titleMarks.map { Self.cut(hit.title, $0) } == ["井盖", "井盖"])
    #expect(hit.excerpt.hasPrefix("…") && hit.excerpt.hasSuffix("…") && hit.excerpt.count == 122)
    #expect(hit.excerpt.contains("👨‍👩‍👧的井蓋 破了"))
    #expect(hit.marks.map { Self.cut(hit.excerpt, $0) } == ["井蓋 破了"])
    #expect(hit.state == .pending && hit.track == .ordinary && hit.submission == 1)
    #expect(hit.submittedAt == 1_748_736_000)
    #expect(try sample.store.suggestion(id: hit.receipt, names: SampleStore.names)?.id == 1)
    let other = try #require(hits.first)
    #expect(other.titleMarks.isEmpty && other.excerpt.hasPrefix("井盖。"))
    #expect(other.marks.map { Self.cut(other.excerpt, $0) } == ["井盖"])
    let short = try Self.various()
    let whole = try #require(try Self.page(short, "12号").hits.first)
    #expect(whole.excerpt == "人民路12号旁的井盖破了，Wi-Fi杆也歪")
    #expect(whole.marks == [3..<6])
  }

  /// What was cut out is not searched, nor read together with what stands beside it.
  @Test func whatWasCutOutIsNotFound() throws {
    let sample = try Self.texts([("〔手机号〕\u{F0001}", "请打〔手机号〕\u{F0001}联系，〔注〕不是"), ("", "手机号写错了")])
    for _ in 0..<2 {
      #expect(try Self.found(sample, "手机") == [2])
      #expect(try Self.found(sample, "打联") == [])
      #expect(try Self.found(sample, "联系") == [1])
      #expect(try Self.found(sample, "注") == [1])
      let hit = try #require(try Self.page(sample, "联系").hits.first)
      #expect(hit.excerpt == "请打〔手机号〕联系，〔注〕不是" && hit.marks == [7..<9])
      try sample.store.updateSearch(folding: .sample)
    }
    // One number in the list, of two bytes.
    #expect(try sample.integer("SELECT length(numbers) FROM search_posting WHERE word = CAST('手机' AS BLOB)") == 2)
  }

  // MARK: The index

  /// However far the index is, the same is found as by reading everything.
  @Test(arguments: 1...4) func theIndexFindsWhatReadingFinds(_ seed: UInt64) throws {
    var random = SeededGenerator(seed)
    func text(_ length: Int) -> String {
      (0..<length).map { _ in random.element(of: ["甲", "乙", "丙", "丁", "，", "a1"]) }.joined()
    }
    let texts = (0..<120).map { _ in (title: text(random.below(4)), body: text(1 + random.below(12))) }
    let sample = try Self.texts(texts)
    let words = ["甲", "甲乙", "乙丙丁", "甲 丁丁", "a1甲", "1a", "甲a", "丙丙 a"]
    func expected(_ query: String) -> [Int] {
      texts.indices.reversed().filter { index in
        query.split(separator: " ").allSatisfy { texts[index].title.contains($0) || texts[index].body.contains($0) }
      }.map { $0 + 1 }
    }
    for step in 0..<4 {
      for word in words { #expect(try Self.found(sample, word) == expected(word), "\(word) \(step)") }
      let state = try sample.store.updateSearch(limit: 40, folding: .sample)
      #expect(state == SearchState(watermark: min(120, 40 * (step + 1)), lag: max(0, 120 - 40 * (step + 1))))
    }
    for word in words { #expect(try Self.found(sample, word, tail: 0) == expected(word), "\(word)") }
    #expect(try sample.store.verify().faults == [])
  }

  @Test func whatIsBehindTheIndexIsLookedThroughAsFarAsSaid() throws {
    let sample = try Self.texts((1...9).map { ("", "井盖\($0)") })
    #expect(try sample.store.searchState() == SearchState(watermark: 0, lag: 9))
    let some = try Self.page(sample, "井盖", tail: 4)
    #expect(some.hits.map(\.suggestion) == [9, 8, 7, 6] && some.waiting == 5 && some.next == nil)
    try sample.store.updateSearch(limit: 3, folding: .sample)
    let more = try Self.page(sample, "井盖", tail: 4)
    #expect(more.hits.map(\.suggestion) == [9, 8, 7, 6, 3, 2, 1] && more.waiting == 2)
    try sample.store.updateSearch(folding: .sample)
    let all = try Self.page(sample, "井盖", tail: 0)
    #expect(all.hits.count == 9 && all.waiting == 0)
  }

  @Test func pagesGoOn() throws {
    let sample = try Self.texts((1...30).map { ("", $0 % 3 == 0 ? "路灯" : "井盖") })
    for _ in 0..<3 {
      var ids: [Int] = []
      var place: Int?
      repeat {
        let page = try Self.page(sample, "井盖", limit: 6, after: place)
        ids += page.hits.map(\.suggestion)
        place = page.next
      } while place != nil
      #expect(ids == (1...30).filter { $0 % 3 != 0 }.reversed())
      try sample.store.updateSearch(limit: 15, folding: .sample)
    }
  }

  /// Where many texts have the words and none has them together.
  @Test func aPageIsCutWhereReadingTakesTooLong() throws {
    let sample = try Self.texts((0..<5_200).map { ($0 == 0 ? "盖上加盖了井盖子" : "盖子", "上井盖") })
    try sample.store.updateSearch(folding: .sample)
    let first = try Self.page(sample, "上 盖子上井")
    #expect(first.hits.isEmpty && !first.isCut && first.next == nil)
    let wide = try Self.page(sample, "盖 上井 子") { $0.states = [.closed] }
    #expect(wide.isCut && wide.hits.isEmpty)
    let rest = try Self.page(sample, "盖 上井 子", after: wide.next) { $0.states = [.closed] }
    #expect(!rest.isCut && rest.next == nil)
  }

  @Test func aCorrectedTextIsFoundByWhatItSaysNow() throws {
    let sample = try Self.various()
    try sample.store.updateSearch(folding: .sample)
    try sample.take([
      SampleRecord("S-0").with { ($0.revises, $0.title, $0.body, $0.evidence) = (1, "", "桥下积水", nil) }
    ])
    for lag in [1, 0] {
      #expect(try sample.store.searchState().lag == lag)
      #expect(try Self.found(sample, "井盖") == [4])
      #expect(try Self.found(sample, "积水") == [1])
      #expect(try sample.store.verify().faults == [])
      try sample.store.updateSearch(folding: .sample)
    }
    #expect(try sample.store.updateSearch(folding: .sample) == SearchState(watermark: 4, lag: 0))
  }

  // MARK: Suggestions

  private static let act = StaffAct(actor: "周敏", reason: "同一个坑", at: 1_750_100_000)

  /// Exact repeats and merged ones are found once, as what they are handled with; what only a repeat says is found too.
  @Test func aSuggestionIsFoundOnce() throws {
    let sample = try Self.texts([("", "井盖破了"), ("", "桥南的井盖松了"), ("", "路灯不亮")])
    try sample.take([
      SampleRecord("R-1").with {
        ($0.title, $0.body, $0.evidence) = ("安福驿站", "井盖破了", nil)
        ($0.duplicate, $0.leader, $0.suggestion, $0.score) = (.exact, 1, 1, 1_000)
      }
    ])
    let act = try #require(Self.act)
    for _ in 0..<2 {
      #expect(try Self.found(sample, "井盖") == [2, 1])
      let repeated = try #require(try Self.page(sample, "安福").hits.first)
      #expect(repeated.suggestion == 1 && repeated.submission == 4)
      try sample.store.updateSearch(folding: .sample)
    }
    guard case .success = try sample.store.merge(2, into: 1, isConfirmed: true, act: act) else {
      Issue.record("not merged")
      return
    }
    let merged = try Self.page(sample, "井盖").hits
    #expect(merged.map(\.suggestion) == [1] && merged.map(\.submission) == [1])
    #expect(try Self.page(sample, "桥南").hits.map { [$0.suggestion, $0.submission] } == [[1, 2]])
    #expect(try Self.page(sample, "桥南") { $0.states = [.merged] }.hits.isEmpty)
  }

  @Test func filtersAndTracksHold() throws {
    let sample = try SampleStore()
    try sample.take([
      SampleRecord("A-1"), SampleRecord("A-2").with { $0.topic = "0203" },
      SampleRecord("A-3").with { $0.track = .sensitive }, SampleRecord("A-4").with { $0.flags = 1 },
    ])
    let actor = CaseActor(name: "周敏", role: .lead, tracks: Set(Track.allCases), handler: nil)
    for _ in 0..<2 {
      #expect(try Self.found(sample, "井盖") == [4, 2, 1])
      #expect(try Self.page(sample, "井盖", tracks: [.sensitive]).hits.map(\.suggestion) == [3])
      #expect(try Self.page(sample, "井盖", tracks: [.sensitive, .ordinary]).hits.count == 4)
      #expect(try Self.page(sample, "井盖") { $0.topics = ["0203"] }.hits.map(\.suggestion) == [2])
      #expect(try Self.page(sample, "井盖") { $0.flags = [.insult] }.hits.map(\.suggestion) == [4])
      #expect(try Self.page(sample, "井盖") { $0.ids = [1, 3] }.hits.map(\.suggestion) == [1])
      #expect(try Self.page(sample, "井盖") { $0.states = [.closed] }.hits.isEmpty)
      try sample.store.updateSearch(folding: .sample)
    }
    _ = try sample.store.act(
      CaseRequest(.divert, at: 1_750_100_000, details: CaseDetails { $0.reason = "涉及举报" }), on: 1, by: actor,
      under: CaseworkRules()
    ).get()
    #expect(try Self.found(sample, "井盖") == [4, 2])
    #expect(try Self.page(sample, "井盖", tracks: [.sensitive]).hits.map(\.suggestion) == [3, 1])
  }

  // MARK: Erasure

  /// Words that stand in one text alone leave no byte behind; the others' lists go on.
  @Test func erasureLeavesNoWord() throws {
    let others = (0..<40).map { number in
      SampleRecord("B-\(number)").with { ($0.body, $0.evidence) = ("第 \(number) 处井盖不平", nil) }
    }
    let sample = try SampleStore()
    let marked = SampleRecord("A-1").with {
      ($0.title, $0.body, $0.evidence) = ("鑫淼", "人民路的井盖，ZQXWORD 写过", nil)
    }
    try sample.take([marked] + others)
    try sample.store.updateSearch(folding: .sample)
    try sample.take([
      marked.with { ($0.revises, $0.body) = (1, "人民路的井盖，QZXWORD 也说") },
      SampleRecord("C-1").with { ($0.body, $0.evidence) = ("井盖 XQZWORD", nil) },
    ])
    func left() -> [String] {
      let bytes = sample.bytes()
      return ["zqxword", "qzxword", "xqzword", "鑫淼"].filter { bytes.range(of: Data($0.utf8)) != nil }
    }
    // Small letters stand in the index alone. What was corrected, and what came last, are not in it yet.
    #expect(left() == ["zqxword", "鑫淼"])
    try sample.store.updateSearch(folding: .sample)
    #expect(left() == ["zqxword", "qzxword", "xqzword", "鑫淼"])
    #expect(try Self.found(sample, "井盖").count == 42)
    try sample.erase([1, 42])
    #expect(left() == [])
    #expect(try Self.found(sample, "井盖").count == 40)
    #expect(try Self.found(sample, "人民路") == [])
    #expect(try Self.found(sample, "已删除") == [])
    #expect(try sample.store.updateSearch(folding: .sample) == SearchState(watermark: 42, lag: 0))
    #expect(left() == [])
    #expect(try sample.store.verify().faults == [])
  }

  @Test func whatWasErasedBeforeItsTurnNeverComesIn() throws {
    let sample = try Self.various()
    try sample.store.updateSearch(limit: 1, folding: .sample)
    try sample.take([
      SampleRecord("S-0").with { ($0.revises, $0.body, $0.evidence) = (1, "QZXWORD", nil) }
    ])
    try sample.erase([1, 4])
    #expect(try sample.store.searchState() == SearchState(watermark: 1, lag: 3))
    try sample.store.updateSearch(folding: .sample)
    #expect(try Self.found(sample, "井盖") == [])
    #expect(sample.bytes().range(of: Data("qzxword".utf8)) == nil)
    #expect(try sample.integer("SELECT count(*) FROM search_posting WHERE word = CAST('井盖' AS BLOB)") == 0)
    #expect(try sample.store.verify().faults == [])
  }

  /// The next one who said it is found in the place of the erased.
  @Test func theWordsOfTheOthersStay() throws {
    let sample = try Self.texts([("", "井盖破了")])
    try sample.take([
      SampleRecord("R-1").with {
        ($0.body, $0.evidence) = ("井盖破了", nil)
        ($0.duplicate, $0.leader, $0.suggestion, $0.score) = (.exact, 1, 1, 1_000)
      }
    ])
    try sample.store.updateSearch(folding: .sample)
    #expect(try Self.page(sample, "井盖").hits.map(\.submission) == [1])
    try sample.erase([1])
    #expect(try Self.page(sample, "井盖").hits.map { [$0.suggestion, $0.submission] } == [[1, 2]])
  }

  @Test(arguments: [
    ("UPDATE setting SET value = '9' WHERE name = 'searched'", 9),
    ("UPDATE setting SET value = '2' WHERE name = 'searched'", 0),
    ("INSERT INTO search_posting VALUES (0, CAST('x' AS BLOB), CAST('abc' AS BLOB))", 0),
    ("INSERT INTO search_posting VALUES (0, CAST('x' AS BLOB), x'02000100')", 0),
    ("INSERT INTO search_posting VALUES (0, CAST('x' AS BLOB), x'')", 0),
    ("INSERT INTO search_posting VALUES (1, CAST('x' AS BLOB), x'0100')", 16_384),
    ("INSERT INTO search_stale VALUES (77)", 77),
  ])
  func verifyNamesTheFirstFault(_ sql: String, _ number: Int) throws {
    let sample = try Self.various()
    try sample.store.updateSearch(folding: .sample)
    try sample.tamper(sql)
    let faults = try sample.store.verify().faults
    #expect(faults.map(\.kind) == [.search])
    #expect(faults.first?.number == number)
  }

  @Test func verifyFindsTheErasedInTheIndex() throws {
    let sample = try Self.various()
    try sample.store.updateSearch(folding: .sample)
    try sample.erase([2])
    #expect(try sample.store.verify().faults == [])
    try sample.tamper("INSERT INTO search_posting VALUES (0, CAST('x' AS BLOB), x'0200')")
    let faults = try sample.store.verify().faults
    #expect(faults.map(\.kind) == [.erasures] && faults.first?.number == 2)
  }
}
