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
