import Foundation
import TestSupport
import Testing

/// `similar`, `index` and what `show` says of it.
struct SimilarTests {
  /// Two tell of one thing in other words; of the same place another trouble; and a word of the thing, by which those of
  /// the inbox are known that tell of it too.
  private static let matters: [(first: String, second: String, other: String, word: String)] = [
    (
      "花溪路交叉口一处电力井盖严重破损，请住建部门更换", "送餐经过花溪路口，看见那块电力井盖破得厉害，赶紧换一块",
      "花溪路公交站台的座椅少了一块板", "井盖"
    ),
    (
      "建议把安福驿站门口的非机动车停放区优化一下", "安福驿站的非机动车停放区划得太小，车停不下，希望优化",
      "安福驿站的微波炉热不了饭", "停放"
    ),
    (
      "学校门前的道路应增设减速带", "放学的时候车开得太快，请在学校门前的道路上装减速带", "学校门前的积水没过了脚背", "减速带"
    ),
    (
      "小区门口路面坑洼不平，电动车颠得厉害", "送件路过小区门口，路面全是坑洼，颠得餐都洒了", "小区门口的快递柜收费太贵",
      "路面"
    ),
  ]

  private static func filled() throws -> StoreUnderTest {
    let store = try StoreUnderTest()
    var forms: [WebForm] = []
    for (number, matter) in matters.enumerated() {
      forms.append(WebForm(id: "M-\(number)-1", title: "", content: matter.first))
      forms.append(WebForm(id: "M-\(number)-2", title: "", content: matter.second))
      forms.append(WebForm(id: "M-\(number)-3", title: "", content: matter.other))
    }
    // Among everything else, as in life.
    try store.ingest([PackageRoot.path + "/fixtures/inbox"], exit: 1)
    try store.ingest([try store.write("matters.jsonl", WebForm.lines(forms))])
    return store
  }

  /// Numbers of suggestions by what they say.
  private static func numbers(_ store: StoreUnderTest) throws -> [String: Int] {
    let items = try JSONValue.lines(try store.run("queue", "--json", "--limit", "10000").standardOutput)
    return Dictionary(items.map { ($0["excerpt"].text ?? "", $0["id"].int ?? 0) }) { first, _ in first }
  }

  @Test func paraphrasesAreFirstAndOtherTroublesAreNot() throws {
    let store = try Self.filled()
    let numbers = try Self.numbers(store)
    for (number, matter) in Self.matters.enumerated() {
      let (first, second, other) = (numbers[matter.first], numbers[matter.second], numbers[matter.other])
      try #require(first != nil && second != nil && other != nil)
      for (one, partner) in [(first, second), (second, first)] {
        let found = try JSONValue(try store.run("similar", "\(one ?? 0)", "--json").standardOutput)["candidates"].list
        let place = try #require(found.firstIndex { $0["suggestion"].int == partner }, "\(number)")
        #expect(place < 3, "\(number)")
        for before in found.prefix(place) {
          let text = (before["title"].text ?? "") + (before["excerpt"].text ?? "")
          #expect(text.contains(matter.word), "\(number): \(text)")
        }
      }
      let found = try JSONValue(try store.run("similar", "\(other ?? 0)", "--json").standardOutput)
      let pair = [first, second]
      let likely = found["candidates"].list.filter { $0["level"].text == "likely" }
      #expect(!likely.contains { pair.contains($0["suggestion"].int) }, "\(number)")
    }
    #expect(try store.isSound())
  }

  @Test func similarHasTheDocumentedShape() throws {
    let store = try StoreUnderTest()
    try store.ingest([
      try store.write(
        "1.jsonl",
        WebForm.lines([
          WebForm(id: "R-1", content: "花溪路口转弯的地方井盖裂了，骑手差点摔倒"),
          WebForm(id: "R-2", content: "井盖在花溪路口转弯那里，裂成两半，请换掉"),
          WebForm(id: "R-3", title: "路灯", content: "桥南市场后门的灯不亮，台阶看不清"),
        ]))
    ])
    let run = try store.run("similar", "1", "--json", "--limit", "1")
    #expect(run.ending == .exited(0), "\(run.errors)")
    let found = try JSONValue(run.standardOutput)
    #expect(found.keys == ["suggestion", "receipt", "waiting", "candidates"])
    #expect(found["waiting"].int == 0)
    let candidate = found["candidates"][0]
    #expect(
      candidate.keys == [
        "suggestion", "receipt", "score", "title_score", "body_score", "level", "near", "through", "words", "places",
        "topic", "same_topic", "days_apart", "submitted_at", "state", "support", "title", "excerpt",
      ])
    #expect(candidate["suggestion"].int == 2)
    #expect(candidate["days_apart"].int == 0)
    #expect(candidate["words"].list.contains { $0["text"].text?.contains("井盖") ?? false })
    #expect(found["candidates"].list.count == 1)
    // A receipt opens what a number opens.
    let receipt = try #require(found["receipt"].text)
    #expect(try store.run("similar", receipt, "--json", "--limit", "1").standardOutput == run.standardOutput)
    #expect(try store.run("similar", "1").output.contains("花溪路"))
    #expect(try store.run("similar", "1", "--language", "en").output.contains("in common"))
    #expect(try store.run("similar", "99").ending == .exited(1))
    #expect(try store.run("similar", "1", "--limit", "0").ending == .exited(2))
  }

  @Test func showNamesTheLikelyOnes() throws {
    let store = try StoreUnderTest()
    var forms = [
      WebForm(id: "R-1", title: "花溪路口井盖破损严重", content: "转弯的地方井盖裂了，骑手差点摔倒"),
      WebForm(id: "R-2", title: "花溪路口井盖破损没人管", content: "那个裂了的井盖还在，转弯压上去就响"),
    ]
    for number in 0..<30 {
      forms.append(WebForm(id: "X-\(number)", title: "别的\(number * 7919)", content: "与此无关的第\(number * 104729)件"))
    }
    try store.ingest([try store.write("1.jsonl", WebForm.lines(forms))])
    let shown = try JSONValue(try store.run("show", "1", "--json").standardOutput)
    #expect(shown["same_matter"].list.map { $0["suggestion"].int } == [2])
    #expect(try store.run("show", "1").output.contains("疑似同一件事"))
    #expect(try store.run("show", "1", "--language", "en").output.contains("perhaps the same matter"))
    #expect(try !store.run("show", "9").output.contains("疑似同一件事"))
  }

  @Test func theIndexIsBroughtUp() throws {
    let store = try StoreUnderTest()
    try store.ingest([try store.corpus("form.jsonl", records: 500)])
    let first = try JSONValue(try store.run("index", "--json", "--quiet").standardOutput)
    #expect(first["taken_in"].int == 500)
    #expect(first["waiting"].int == 0)
    let again = try JSONValue(try store.run("index", "--json").standardOutput)
    #expect(again["taken_in"].int == 0)
    #expect(try store.isSound())
  }

  // MARK: eval duplicates

  @Test func duplicatesHaveTheDocumentedShape() throws {
    let folder = try TemporaryFolder()
    func write(_ name: String, _ text: String) throws -> String {
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path(name)))
      return folder.path(name)
    }
    let body = "花溪路与善德路交叉口的电力井盖破了一个大口子，晚上骑车看不见，已经有两个骑手摔倒，请尽快派人更换"
    let messages = try write(
      "messages.jsonl",
      """
      {"id":"a","title":"井盖","text":"\(body)"}
      {"id":"b","title":"井盖","text":"\(body)"}
      {"id":"c","title":"井盖","text":"\(body)，谢谢"}
      {"id":"d,1","title":"花溪路井盖","text":"善德路花溪路口有个电力井盖裂开，盼更换"}
      {"id":"e","title":"别的","text":"充电桩扫码以后一直显示离线"}
      """)
    let pairs = try write("pairs.csv", "id_a,id_b\na,\"d,1\"\n".replacing("\"d,1\"", with: "c"))
    let (links, candidates, page) = (folder.path("links.csv"), folder.path("candidates.csv"), folder.path("report.html"))
    let run = try CommandRun.of([
      "eval", "duplicates", "--messages", messages, "--pairs", pairs, "--links", links, "--candidates", candidates,
      "--oracle", "--json", "--report", page,
    ])
    #expect(run.ending == .exited(0), "\(run.errors)")
    let report = try JSONValue(run.standardOutput)
    #expect(report["messages"].int == 5)
    #expect(report["links"]["exact"].int == 1)
    #expect(report["links"]["near"].int == 1)
    #expect(report["same_matter"].keys == ["hit_at_1", "recall_at_10", "messages", "pairs"])
    #expect(report["same_matter"]["messages"].int == 2)
    #expect(report["same_matter"]["recall_at_10"].double == 1)
    #expect(report["oracle"]["pairs"].int == 3)
    #expect(report["oracle"]["recall"].double == 1)
    #expect(report["oracle"]["precision"].double == 1)
    let rows = try String(contentsOfFile: links, encoding: .utf8).split(separator: "\n")
    #expect(rows.first == "id_a,id_b,kind,score,differs")
    #expect(rows.dropFirst().first == "a,b,exact,1.000,none")
    #expect(rows.count == 3)
    #expect(try String(contentsOfFile: candidates, encoding: .utf8).contains("\"d,1\""))
    let markup = try ParsedPage(try String(contentsOfFile: page, encoding: .utf8))
    #expect(
      markup.element(id: "recall_at_10")?.attributes["value"].flatMap(Double.init)
        == report["same_matter"]["recall_at_10"].double)
    let bare = try CommandRun.of(["eval", "duplicates", "--messages", messages])
    #expect(bare.output.contains("相同 1"))
    let stray = try write("stray.csv", "a,zzz\n")
    let refused = try CommandRun.of(["eval", "duplicates", "--messages", messages, "--pairs", stray])
    #expect(refused.ending == .exited(2))
    #expect(refused.errors.contains("stray.csv:1:"))
  }

  /// Pairs that at least two teams put together, over 2,963 real messages.
  @Test(.enabled(if: PackageRoot.shared != nil, "the shared data sets are not here"))
  func sameMatterOnRealMessages() throws {
    let folder = try #require(PackageRoot.shared) + "/data/same-matter"
    let run = try CommandRun.of(
      [
        "eval", "duplicates", "--messages", folder + "/messages.jsonl", "--pairs", folder + "/pairs.csv", "--json",
      ], timeout: 300)
    let report = try JSONValue(run.standardOutput)
    #expect(report["messages"].int == 2963)
    #expect(report["same_matter"]["messages"].int == 121)
    #expect((report["same_matter"]["hit_at_1"].double ?? 0) >= 0.92)
    #expect((report["same_matter"]["recall_at_10"].double ?? 0) >= 0.92)
  }
}
