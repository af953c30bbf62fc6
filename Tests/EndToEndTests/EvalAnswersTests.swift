import Foundation
import TestSupport
import Testing

/// `eval answers` on the command line.
struct EvalAnswersTests {
  private static let labelled = """
    {"id":"a","title":"花溪路口的井盖破了","text":"井盖碎了","answer":"花溪路口的井盖已于6月2日更换。","complete":"1","explains":1}
    {"id":"b","title":"学校补课","text":"国庆补课","answer":"您好！留言已收悉","complete":"0"}
    {"id":"c","title":"路灯不亮","text":"巷口太黑","answer":"巷口的路灯已于6月2日修好，换了三只灯泡，咨询电话0736-7256789，联系人：张三丰。"}
    """

  private func run(_ text: String, _ more: String...) throws -> CommandRun {
    let folder = try TemporaryFolder()
    let path = folder.path("answers.jsonl")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try CommandRun.of(["eval", "answers", "--labelled", path] + more)
  }

  @Test func hasTheDocumentedShape() throws {
    let run = try run(Self.labelled, "--json")
    #expect(run.ending == .exited(0), "\(run.errors)")
    let report = try JSONValue(run.standardOutput)
    #expect(report.keys == ["answers", "warned", "findings", "complete", "explains", "doubted", "lowest"])
    #expect(report["answers"].int == 3)
    #expect(report["warned"].double == 0.3333)
    let shares = Dictionary(
      uniqueKeysWithValues: report["findings"].list.map { ($0["code"].text ?? "", $0["answers"].int ?? -1) })
    #expect(shares["empty"] == 1 && shares["office-number"] == 1 && shares["personal-data"] == 1)
    #expect(shares.count == 9 && report["findings"][0].keys == ["code", "answers", "share", "warnings"])
    #expect(report["complete"]["scored"].int == 2 && report["complete"]["correlation"].double == 1)
    #expect(report["explains"]["scored"].int == 1 && report["explains"]["correlation"] == .null)
    #expect(report["doubted"]["answers"].int == 2 && report["doubted"]["own"].double == 0)
    #expect(report["lowest"][0]["id"].text == "b" && report["lowest"][0]["findings"].list.map(\.text) == ["empty"])
  }

  /// Ids and counts, and nothing anybody wrote.
  @Test func showsNobodysWords() throws {
    for more in [["--json"], [], ["--language", "en"]] {
      let folder = try TemporaryFolder()
      let path = folder.path("answers.jsonl")
      try Data(Self.labelled.utf8).write(to: URL(fileURLWithPath: path))
      let run = try CommandRun.of(["eval", "answers", "--labelled", path] + more)
      #expect(run.ending == .exited(0), "\(run.errors)")
      let text = String(decoding: run.standardOutput, as: UTF8.self)
      for words in ["花溪", "7256789", "张三丰", "补课"] { #expect(!text.contains(words), "\(words)") }
    }
  }

  @Test func faultsNameTheLine() throws {
    let run = try run(Self.labelled.replacing("\"answer\":\"您好！留言已收悉\",", with: ""))
    #expect(run.ending == .exited(2))
    #expect(run.errors.contains("answers.jsonl:2:"))
  }

  @Test(.enabled(if: PackageRoot.shared != nil, "the shared data sets are not here"))
  func realAnswers() throws {
    let path = try #require(PackageRoot.shared) + "/data/answers/answers.jsonl"
    let report = try JSONValue(CommandRun.of(["eval", "answers", "--labelled", path, "--json"]).standardOutput)
    #expect(report["answers"].int == 1957)
    #expect(report["complete"]["scored"].int == 73)
    #expect((report["complete"]["correlation"].double ?? 0) >= 0.57)
    #expect((report["explains"]["correlation"].double ?? 0) >= 0.65)
    #expect((report["doubted"]["own"].double ?? 1) <= 0.06)
    #expect((report["doubted"]["swapped"].double ?? 0) >= 0.78)
  }
}
