import Foundation
import TestSupport
import Testing

/// `eval` and `rules learn` on the command line.
struct EvalTests {
  private static let labelled = """
    {"id":"a","title":"路灯不亮","text":"巷口路灯坏了半个月，晚上看不见","topic":"城乡建设"}
    {"id":"b","title":"","text":"红绿灯配时太短，公交车拥堵","topic":"02"}
    {"id":"c","title":"工厂排污","text":"河水发臭，工厂夜里偷排污水","topic":"环境保护"}
    """

  private func file(_ text: String, in folder: TemporaryFolder) throws -> String {
    let path = folder.path("labelled.jsonl")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// The shape outside programs read.
  @Test func topicsHaveTheDocumentedShape() throws {
    let folder = try TemporaryFolder()
    let path = try file(Self.labelled, in: folder)
    for more in [[], ["--without-learned"]] {
      let run = try CommandRun.of(["eval", "topics", "--labelled", path, "--json"] + more)
      #expect(run.ending == .exited(0), "\(run.errors)")
      let report = try JSONValue(run.standardOutput)
      #expect(report["messages"].int == 3)
      #expect(report["macro_f1"].double == 1)
      #expect(report["accuracy"].double == 1)
      #expect(report["decided"].keys == ["share", "accuracy"])
      #expect(report["per_topic"].list.map { $0["topic"].text } == ["01", "02", "03"])
      #expect(report["per_topic"].list.allSatisfy { $0.keys == ["topic", "name", "messages", "precision", "recall", "f1"] })
      #expect(report["confusion"].list.count == 3)
    }
  }

  @Test func placesHaveTheDocumentedShape() throws {
    let folder = try TemporaryFolder()
    let path = try file(
      """
      {"id":"a","text":"鼎城区花溪路口的井盖破了","region":"430703"}
      {"id":"b","text":"柳叶湖路灯不亮","region":"4307Z1"}
      {"id":"c","text":"澧县的路灯不亮","region":"430703"}
      """, in: folder)
    let run = try CommandRun.of(["eval", "places", "--labelled", path, "--json"])
    #expect(run.ending == .exited(0), "\(run.errors)")
    let report = try JSONValue(run.standardOutput)
    #expect(report["texts"].int == 3)
    #expect(report["accuracy"].double == 0.3333)
    #expect(report["level_accuracy"].double == 0.3333)
    #expect(report["asked"].double == 0.3333)
    #expect(report["mistakes"].list.map { $0["id"].text } == ["b", "c"])
  }

  @Test func privacyHasTheDocumentedShape() throws {
    let folder = try TemporaryFolder()
    let path = try file(
      """
      {"id":"a","text":"😀请打13812345678","spans":[[3,14,"mobile"]]}
      {"id":"b","text":"张三丰住在这里","spans":[[0,3,"name"]]}
      """, in: folder)
    let run = try CommandRun.of(["eval", "privacy", "--labelled", path, "--json"])
    #expect(run.ending == .exited(0), "\(run.errors)")
    let report = try JSONValue(run.standardOutput)
    #expect(report["spans"].int == 2)
    #expect(report["found"].double == 0.5)
    #expect(report["false_alarms"].double == 0)
    #expect(report["missed"].list.map(\.text) == ["b"])
    let screen = try CommandRun.of(["eval", "privacy", "--labelled", path])
    #expect(!screen.output.contains("138"))
    let beyond = try file(#"{"text":"a","spans":[[0,9,"name"]]}"#, in: folder)
    #expect(try CommandRun.of(["eval", "privacy", "--labelled", beyond]).ending == .exited(2))
  }

  /// Wrong topics say what spoke for them; the page says the same as the JSON, and nothing a citizen wrote runs in it.
  @Test func theTopicReportSaysWhatTheJSONSays() throws {
    let folder = try TemporaryFolder()
    let mislabelled =
      #"{"id":"d","title":"<script>alert(1)</script>","text":"路灯不亮，电话13812345678","topic":"环境保护"}"#
    let path = try file(Self.labelled + "\n" + mislabelled, in: folder)
    let target = folder.path("report.html")
    let run = try CommandRun.of(["eval", "topics", "--labelled", path, "--json", "--report", target])
    #expect(run.ending == .exited(0), "\(run.errors)")
    let report = try JSONValue(run.standardOutput)
    let mistake = report["mistakes"][0]
    #expect(mistake["id"].text == "d")
    for key in ["for_topic", "for_said"] {
      let named = mistake[key]["contributions"].list.compactMap { $0["amount"].int }
      #expect(named.reduce(mistake[key]["rest"]["amount"].int ?? 0, +) == mistake[key]["score"].int, "\(key)")
    }
    let said = mistake["for_said"]["contributions"].list.compactMap { $0["rule"].text }
    #expect(said.contains("street-lamp"), "\(said)")

    let markup = String(decoding: try Data(contentsOf: URL(fileURLWithPath: target)), as: UTF8.self)
    for foreign in ["<script", "http:", "https:", "src=", "url(", "@import", "13812345678"] {
      #expect(!markup.contains(foreign), "\(foreign)")
    }
    let page = try ParsedPage(markup)
    #expect(page.all("html").first?.attributes["lang"] == "zh-Hans")
    let figures = [
      "macro_f1": report["macro_f1"], "accuracy": report["accuracy"], "decided_share": report["decided"]["share"],
      "decided_accuracy": report["decided"]["accuracy"],
    ]
    for (key, figure) in figures {
      #expect(page.element(id: key)?.attributes["value"].flatMap(Double.init) == figure.double, "\(key)")
    }
    let cells = page.cells(style: "matrix").map { $0.map { $0 == "·" ? 0 : Int($0) } }
    #expect(cells == report["confusion"].list.map { $0.list.map(\.int) })
    #expect(page.all("svg").count == 3)
    #expect(page.all("th").allSatisfy { ["col", "row"].contains($0.attributes["scope"]) })
    let mistakes = try #require(page.all("ol", style: "mistakes").first).text
    for words in ["<script>alert(1)</script>", "〔手机号〕"] + said { #expect(mistakes.contains(words), "\(words)") }

    let english = ["eval", "topics", "--labelled", path, "--quiet", "--report", target, "--language", "en"]
    #expect(try CommandRun.of(english).ending == .exited(0))
    let again = try ParsedPage(String(decoding: try Data(contentsOf: URL(fileURLWithPath: target)), as: UTF8.self))
    #expect(again.all("html").first?.attributes["lang"] == "en")
    #expect(again.all("h1").first?.text == "Topics against people's")
  }

  @Test func placesAndPrivacyHaveReportsToo() throws {
    let folder = try TemporaryFolder()
    let target = folder.path("report.html")
    func page(_ command: String, _ text: String) throws -> (ParsedPage, JSONValue) {
      let path = try file(text, in: folder)
      let run = try CommandRun.of(["eval", command, "--labelled", path, "--json", "--report", target])
      #expect(run.ending == .exited(0), "\(run.errors)")
      let markup = String(decoding: try Data(contentsOf: URL(fileURLWithPath: target)), as: UTF8.self)
      return (try ParsedPage(markup), try JSONValue(run.standardOutput))
    }
    let (places, placed) = try page(
      "places",
      """
      {"id":"a","text":"鼎城区花溪路口的井盖破了","region":"430703"}
      {"id":"b","title":"<b>","text":"澧县的路灯不亮","region":"430703"}
      """)
    #expect(places.element(id: "accuracy")?.attributes["value"].flatMap(Double.init) == placed["accuracy"].double)
    #expect(placed["levels"][0].keys == ["level", "texts", "right", "containing", "asked", "wrong"])
    #expect(placed["levels"][0]["wrong"].int == 1)
    #expect(places.all("li").first?.text.contains("<b>") == true)
    let (privacy, found) = try page(
      "privacy",
      """
      {"id":"a","text":"请打13812345678","spans":[]}
      {"id":"b","text":"张三丰住在这里","spans":[[0,3,"name"]]}
      """)
    #expect(found["alarm_kinds"].list.map { $0["kind"].text } == ["mobile"])
    #expect(found["alarm_kinds"].list.map { $0["count"].int } == [1])
    #expect(privacy.element(id: "found")?.attributes["value"] == "0.0000")
    #expect(privacy.all("ul", style: "ids").map(\.text) == ["b", "a"])
    let words = try #require(privacy.elements.first).text
    #expect(!words.contains("138") && !words.contains("三丰"))
  }

  /// Where a report cannot or must not go is said before the work, and nothing is touched.
  @Test func reportsGoOnlyWhereTheyMay() throws {
    let folder = try TemporaryFolder()
    let path = try file(Self.labelled, in: folder)
    for place in [PackageRoot.path + "/rules/report.html", folder.path("none/report.html"), path, folder.path("")] {
      let run = try CommandRun.of(["eval", "topics", "--labelled", path, "--report", place])
      #expect(run.ending == .exited(2), "\(place)")
      #expect(run.standardOutput.isEmpty)
      #expect(run.errors.contains(place), "\(run.errors)")
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(Self.labelled.utf8))
    #expect(!FileManager.default.fileExists(atPath: PackageRoot.path + "/rules/report.html"))
  }

  @Test func faultsNameFileAndLineAndNobodysWords() throws {
    let folder = try TemporaryFolder()
    let path = try file(Self.labelled.replacing("\"02\"", with: "\"没有这个主题\""), in: folder)
    let run = try CommandRun.of(["eval", "topics", "--labelled", path])
    #expect(run.ending == .exited(2))
    #expect(run.errors.contains("labelled.jsonl:2:"))
    #expect(!run.errors.contains("公交"))
    #expect(try CommandRun.of(["eval", "topics", "--labelled", folder.path("none")]).ending == .exited(2))
  }

  /// The real messages: honest figures, each fold judged by what was learned from the others.
  @Test(.enabled(if: PackageRoot.shared != nil, "the shared data sets are not here"))
  func citizensMessagesInFiveFolds() throws {
    let path = try #require(PackageRoot.shared) + "/data/civic-messages/labelled.jsonl"
    let run = try CommandRun.of(["eval", "topics", "--labelled", path, "--folds", "5", "--json"], timeout: 300)
    let report = try JSONValue(run.standardOutput)
    #expect(report["messages"].int == 5711)
    #expect((report["macro_f1"].double ?? 0) >= 0.90)
    #expect((report["decided"]["share"].double ?? 0) >= 0.80)
    #expect((report["decided"]["accuracy"].double ?? 0) >= 0.95)
    // What it calls so sure is right as often, within what chance allows.
    for bin in report["reliability"].list {
      let (count, stated, right) = (bin["messages"].double ?? 0, bin["stated"].double ?? 0, bin["right"].double ?? 0)
      #expect(abs(stated - right) < 0.02 + 3 * (stated * (1 - stated) / max(1, count)).squareRoot())
    }
    let rules = try CommandRun.of(["eval", "topics", "--labelled", path, "--without-learned", "--json"])
    #expect((try JSONValue(rules.standardOutput)["macro_f1"].double ?? 0) >= 0.75)
  }

  /// The layer in the book is the one the command writes from the labelled messages.
  @Test(.enabled(if: PackageRoot.shared != nil, "the shared data sets are not here"))
  func theShippedLayerCanBeLearnedAgain() throws {
    let path = try #require(PackageRoot.shared) + "/data/civic-messages/labelled.jsonl"
    let run = try CommandRun.of(["rules", "learn", "--from", path, "--output", "-"], timeout: 300)
    #expect(run.ending == .exited(0), "\(run.errors)")
    #expect(run.standardOutput == Data(try PackageRoot.bytes("rules/learned/topics.yaml")))
  }
}
