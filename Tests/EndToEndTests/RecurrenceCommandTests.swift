import Foundation
import TestSupport
import Testing

/// The same matter again after it was done with, each command in a process of its own.
struct RecurrenceCommandTests {
  private static let cover = "花溪路口转弯的地方井盖裂了，车一过就响，骑手差点摔倒"

  private func store() throws -> StoreUnderTest {
    let store = try StoreUnderTest()
    try ingest(store, "1.jsonl", [WebForm(id: "R-1", content: Self.cover), WebForm(id: "R-2", content: "桥南市场后门的路灯不亮")])
    return store
  }

  @discardableResult
  private func ingest(_ store: StoreUnderTest, _ name: String, _ forms: [WebForm]) throws -> JSONValue {
    try store.ingest([try store.write(name, WebForm.lines(forms))])
  }

  private func json(_ run: CommandRun) throws -> JSONValue { try JSONValue(run.standardOutput) }

  private func close(_ store: StoreUnderTest, _ id: String) throws {
    for words in [
      ["correct", id, "--kind", "praise", "--reason", "谢谢信"], ["act", id, "thank", "--text", "谢谢，已换新"],
    ] {
      let run = try CommandRun.of(store.arguments(words))
      try #require(run.ending == .exited(0), "\(run.errors)")
    }
  }

  @Test func theSameWordsOpenACaseThatTellsOfTheOther() throws {
    let store = try store()
    try close(store, "1")
    let again = [WebForm(id: "R-3", content: Self.cover)]
    let path = try store.write("2.jsonl", WebForm.lines(again))
    #expect(try store.run("ingest", path, "--dry-run").output.contains("办结后再次发生 1 件"))
    let report = try store.ingest([path])
    #expect(report["suggestions"].int == 1)
    #expect(report["duplicates"]["again"].int == 1)
    #expect(report["duplicates"]["exact"].int == 0)
    try ingest(store, "3.jsonl", [WebForm(id: "R-4", content: Self.cover)])

    let shown = try json(try store.run("show", "4", "--json"))
    #expect(shown["id"].int == 3)
    #expect(shown["again"]["previous"].int == 1)
    #expect(shown["again"]["times"].int == 2)
    #expect(shown["cases"].list.map { $0["id"].int } == [1, 3])
    #expect(shown["cases"].list.map { $0["state"].text } == ["closed", "pending"])
    #expect(try store.run("show", "3").output.contains("第 2 次发生（上次 1，办结）"))
    #expect(try store.run("show", "1").output.contains("后来又发生 3（待审核）"))
    #expect(try store.run("show", "3", "--language", "en").output.contains("time 2 of this matter (before: 1, closed)"))
    let first = try json(try store.run("show", "1", "--json"))
    #expect(first["again"] == .null)
    #expect(first["cases"].list.count == 2)
    let other = try json(try store.run("show", "2", "--json"))
    #expect(other.keys.isSuperset(of: ["again", "cases"]) && other["cases"].list.isEmpty)

    let queue = try store.run("queue").output.split(separator: "\n")
    #expect(queue.count { $0.contains("〔再次 2") } == 1, "\(queue)")
    #expect(try store.run("queue", "--language", "en").output.contains("〔again 2"))
    let items = try JSONValue.lines(try store.run("queue", "--json").standardOutput)
    #expect(items.first { $0["id"].int == 3 }?["again"]["times"].int == 2)
    #expect(items.first { $0["id"].int == 2 }?["again"] == .null)

    // The third time, after the second case was done with too.
    try close(store, "3")
    try ingest(store, "4.jsonl", [WebForm(id: "R-5", content: Self.cover), WebForm(id: "R-6", content: Self.cover)])
    #expect(try store.run("show", "6").output.contains("第 3 次发生（上次 3，办结）"))
    #expect(try store.ingest([path])["unchanged"].int == 1)
    try store.isSound()

    let hot = try json(try store.run("hot", "--json"))["matters"][0]
    #expect(hot["id"].int == 5)
    #expect(hot["times"].int == 3)
    #expect(hot["again"].int == 2)
    #expect(hot["cases"].list.map(\.int) == [1, 3, 5])
    #expect(try store.run("hot").output.contains("办过 1、3"))
  }

  @Test func peopleSaySoAndTakeItBack() throws {
    let store = try store()
    try ingest(store, "2.jsonl", [WebForm(id: "R-3", content: "师傅，路口那个换过的盖子又裂成两半")])
    try close(store, "1")
    let before = try store.canonical()
    let receipt = try #require(try json(try store.run("show", "3", "--json"))["receipt"].text)
    let said = try store.run("again", receipt, "--of", "1", "--reason", "同一个井盖", "--json")
    #expect(said.ending == .exited(0), "\(said.errors)")
    #expect(try json(said)["id"].int == 3)
    #expect(try json(said)["again"]["previous"].int == 1)
    #expect(try store.canonical() != before)
    let shown = try store.run("show", "1").output
    #expect(shown.contains("再次发生 3"), "the history tells which")
    let back = try store.run("again", "3", "--take-back", "--reason", "看错了")
    #expect(back.ending == .exited(0), "\(back.errors)")
    #expect(try store.canonical() == before)
    try store.isSound()
  }

  @Test func saysWhyNot() throws {
    let store = try store()
    for (words, exit, zh, en) in [
      (["again", "2", "--of", "1"], 1, "还没有办结", "not done with"), (["again", "1", "--of", "2"], 1, "还没有办结", "not done with"),
      (["again", "2", "--of", "2"], 1, "同一件", "one suggestion"), (["again", "2", "--of", "77"], 1, "77", "77"),
      (["again", "2", "--take-back"], 1, "没有算作再次发生", "does not count"), (["again", "2"], 2, "--take-back", "--take-back"),
      (["again", "2", "--of", "1", "--take-back"], 2, "--of", "--of"),
    ] as [([String], Int32, String, String)] {
      for (language, sentence) in [("zh", zh), ("en", en)] {
        let run = try CommandRun.of(store.arguments(words + ["--reason", "x", "--language", language]))
        #expect(run.ending == .exited(exit), "\(words) \(run.errors)")
        #expect(run.errors.contains(sentence), "\(words) \(run.errors)")
      }
    }
    try close(store, "2")
    #expect(try store.run("again", "1", "--of", "2", "--reason", "x").errors.contains("收到得早"))
    #expect(try store.run("again", "2", "--of", "1", "--reason", " ").ending == .exited(2))
    try store.isSound()
  }
}
