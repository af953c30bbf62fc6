import Foundation
import TestSupport
import Testing

/// `search`, and the queue with something asked for.
struct SearchCommandTests {
  private static func cut(_ text: String?, _ marks: JSONValue) -> [String] {
    let scalars = Array((text ?? "").unicodeScalars)
    return marks.list.map { mark in
      let start = mark[0].int ?? 0
      return String(String.UnicodeScalarView(scalars[start..<start + (mark[1].int ?? 0)]))
    }
  }

  @Test func findsWordsAsTheyAreMeant() throws {
    let store = try StoreUnderTest()
    try store.ingest([
      try store.write(
        "1.jsonl",
        WebForm.lines([
          WebForm(id: "R-1", title: "", content: "花溪路口轉彎的地方井蓋裂了，騎手差點摔倒"),
          WebForm(id: "R-2", title: "路灯", content: "桥南市场后门的灯不亮，Ｗｉ－Ｆｉ杆旁的台阶看不清"),
          WebForm(id: "R-3", title: "井盖", content: "桥南 12 路公交站的盖子松了，电话13912345678"),
        ]))
    ])
    let run = try store.run("search", "井盖", "--json")
    #expect(run.ending == .exited(0), "\(run.errors)")
    let found = try JSONValue(run.standardOutput)
    #expect(found.keys == ["hits", "more", "waiting"])
    #expect(found["waiting"].int == 0 && found["more"] == .bool(false))
    #expect(found["hits"].list.map { $0["suggestion"].int } == [3, 1])
    let hit = found["hits"][1]
    #expect(
      hit.keys == [
        "suggestion", "receipt", "state", "submission", "submitted_at", "title", "title_marks", "excerpt", "marks",
      ])
    #expect(Self.cut(hit["excerpt"].text, hit["marks"]) == ["井蓋"])
    #expect(Self.cut(found["hits"][0]["title"].text, found["hits"][0]["title_marks"]) == ["井盖"])
    #expect(hit["state"].text == "pending")
    func ids(_ words: String...) throws -> [Int?] {
      try JSONValue(try CommandRun.of(store.arguments(["search", "--json"] + words)).standardOutput)["hits"].list.map {
        $0["suggestion"].int
      }
    }
    #expect(try ids("桥南") == [3, 2])
    #expect(try ids("桥南", "盖子") == [3])
    #expect(try ids("橋南 盖子松了") == [3])
    #expect(try ids("wifi") == [])
    #expect(try ids("wi-fi") == [2])
    #expect(try ids("12") == [3])
    // What was cut out is not there to be found, nor is what stands in its place.
    #expect(try ids("13912345678") == [])
    #expect(try ids("手机号") == [])
    #expect(try store.run("search", "路口转弯").output.contains("〖路口轉彎〗"))
    #expect(try store.run("search", "没有这样的事").output == "没有找到。\n")
    let more = try store.run("search", "桥南", "--limit", "1", "--json")
    #expect(try JSONValue(more.standardOutput)["more"] == .bool(true))
    #expect(try store.run("search", "，。").ending == .exited(2))
    #expect(try store.run("search", "井盖", "--limit", "0").ending == .exited(2))
    #expect(try store.run("search").ending == .exited(2))
    #expect(try store.isSound())
  }

  @Test func theSensitiveTrackIsAskedForByName() throws {
    let store = try StoreUnderTest()
    try store.ingest([PackageRoot.path + "/fixtures/inbox"], exit: 1)
    let sensitive = try JSONValue.lines(
      try store.run("queue", "--sensitive", "--json", "--limit", "1000").standardOutput)
    let title = try #require(sensitive.compactMap { $0["title"].text }.first { $0.count > 3 && !$0.contains("〔") })
    let id = sensitive.first { $0["title"].text == title }?["id"].int
    func found(_ options: [String]) throws -> [Int?] {
      let run = try CommandRun.of(store.arguments(["search", title, "--json", "--limit", "1000"] + options))
      return try JSONValue(run.standardOutput)["hits"].list.map { $0["suggestion"].int }
    }
    #expect(try found(["--sensitive"]).contains(id))
    #expect(try !found([]).contains(id))
  }

  /// Asked for by code, the queue is what the whole queue has of it, in the same order.
  @Test func theQueueIsNarrowed() throws {
    let store = try StoreUnderTest()
    try store.ingest([PackageRoot.path + "/fixtures/inbox"], exit: 1)
    func queue(_ options: String...) throws -> [JSONValue] {
      let run = try CommandRun.of(store.arguments(["queue", "--json", "--limit", "10000"] + options))
      #expect(run.ending == .exited(0), "\(run.errors)")
      return try JSONValue.lines(run.standardOutput)
    }
    let all = try queue()
    func expect(
      _ options: String..., where isWanted: (JSONValue) -> Bool, at location: SourceLocation = #_sourceLocation
    ) throws {
      let run = try CommandRun.of(store.arguments(["queue", "--json", "--limit", "10000"] + options))
      let found = try JSONValue.lines(run.standardOutput).map { $0["id"].int }
      let wanted = all.filter(isWanted).map { $0["id"].int }
      #expect(found == wanted && !wanted.isEmpty && wanted.count < all.count, "\(options)", sourceLocation: location)
    }
    try expect("--topic", "01") { $0["topic"].text?.hasPrefix("01") ?? false }
    let topic = try #require(all.compactMap { $0["topic"].text }.first)
    try expect("--topic", topic) { $0["topic"].text?.hasPrefix(topic) ?? false }
    let lead = try #require(all.compactMap { $0["lead"].text }.first)
    try expect("--lead", lead) { $0["lead"].text == lead }
    try expect("--kind", "fault") { $0["kind"].text == "fault" }
    try expect("--kind", "idea", "--kind", "praise") { ["idea", "praise"].contains($0["kind"].text) }
    let urgency = try #require(all.first?["urgency"].text)
    try expect("--urgency", urgency) { $0["urgency"].text == urgency }
    let dates = all.compactMap { $0["submitted_at"].text }.sorted()
    let middle = String(dates[dates.count / 2].prefix(10))
    try expect("--since", middle) { ($0["submitted_at"].text ?? "") >= middle }
    try expect("--until", middle) { $0["submitted_at"].text.map { String($0.prefix(10)) <= middle } ?? false }
    // A district has its streets in it, whose codes go on from its own.
    try expect("--region", "430703") { $0["region"].text?.hasPrefix("430703") ?? false }
    for options in [["--topic", "x"], ["--region", "x"], ["--lead", "x"], ["--kind", "x"], ["--urgency", "x"]] {
      let run = try CommandRun.of(store.arguments(["queue"] + options))
      #expect(run.ending == .exited(2) && run.errors.contains(options[0]), "\(options)")
    }
    #expect(try store.run("queue", "--since", "yesterday").ending == .exited(2))
  }

  @Test func theIndexTakesInWhatIsSearched() throws {
    let store = try StoreUnderTest()
    try store.ingest([try store.corpus("form.jsonl", records: 500)])
    let run = try store.run("index", "--json", "--quiet")
    let first = try JSONValue(run.standardOutput)
    #expect(first.keys == ["taken_in", "waiting", "search", "writers"])
    #expect(first["writers"]["taken_in"].int == 500 && first["writers"]["waiting"].int == 0)
    #expect(first["search"]["taken_in"].int == 500 && first["search"]["waiting"].int == 0)
    #expect(try JSONValue(try store.run("index", "--json").standardOutput)["search"]["taken_in"].int == 0)
    #expect(try store.isSound())
  }
}
