import Foundation
import TestSupport
import Testing

/// One letter, two faults: each command in a process of its own.
struct SplitCommandTests {
  private static let lamp = "花溪路口的路灯不亮，晚上看不清台阶"
  private static let cover = "桥南市场门口的井盖也松了，车一过就响"

  private func store() throws -> StoreUnderTest {
    let store = try StoreUnderTest()
    let forms = [WebForm(id: "S-1", title: "", content: Self.lamp + "；" + Self.cover), WebForm(id: "S-2", content: "公厕没有水")]
    try store.ingest([try store.write("1.jsonl", WebForm.lines(forms))])
    return store
  }

  private func json(_ run: CommandRun) throws -> JSONValue { try JSONValue(run.standardOutput) }

  @Test func splitAndTakenBack() throws {
    let store = try store()
    let receipt = try #require(try json(try store.run("show", "1", "--json"))["receipt"].text)
    let run = try store.run("split", receipt, "--part", Self.cover, "--reason", "两件事", "--json", "--at", "2040-03-02T09:00")
    #expect(run.ending == .exited(0), "\(run.errors)")
    let done = try json(run)
    #expect(done["id"].int == 1 && done["act"].text == "split" && done["state"].text == "pending")
    #expect(done["parts"].list.map { $0["id"].int } == [3])
    let part = try #require(done["parts"].list.first?["receipt"].text)
    let shown = try json(try store.run("show", "1", "--json"))
    #expect(shown["parts"].list.map { $0["text"].text } == [Self.cover] && shown["split_from"] == .null)
    #expect(try json(try store.run("show", part, "--json"))["split_from"].int == 1)
    #expect(try store.run("show", "1").output.contains("已拆出") && store.run("show", "3").output.contains("拆自"))
    #expect(try store.run("show", "1", "--language", "en").output.contains("split out"))
    #expect(try JSONValue.lines(try store.run("queue", "--json").standardOutput).map { $0["id"].int ?? 0 }.sorted() == [1, 2, 3])
    #expect(try store.counts()["submissions"].int == 3)
    let lines = try JSONValue.lines(try store.canonical())
    #expect(lines.compactMap { $0["split_from"].text }.count == 1)
    try store.isSound()

    // The writer's slip tells of both, once it stands.
    func status(_ moment: String) throws -> JSONValue {
      try json(try store.run("status", receipt, "--json", "--at", moment))
    }
    #expect(try status("2040-03-02T09:05")["parts"].list.isEmpty)
    let later = try status("2040-03-03T09:00")
    #expect(later["parts"].list.map { $0["receipt"].text } == [part])
    #expect(later["steps"].list.last?["step"].text == "split")
    #expect(try store.run("status", receipt, "--at", "2040-03-03T09:00").output.contains(part))
    #expect(try !store.run("status", receipt, "--at", "2040-03-03T09:00").output.contains("井盖"))

    let back = try store.run("act", "1", "undo", "--reason", "看错了", "--at", "2040-03-02T09:05")
    #expect(back.ending == .exited(0), "\(back.errors)")
    #expect(try json(try store.run("show", "1", "--json"))["merged"].list.map { $0["id"].int } == [3])
    #expect(try status("2040-03-03T09:00")["parts"].list.isEmpty)
    try store.isSound()
  }

  @Test func saysWhyNot() throws {
    let store = try store()
    for (words, exit, zh, en) in [
      (["--part", "井盖没松"], 1, "没有第 1 段的话", "does not say part 1"), (["--part", "！"], 1, "没有字", "no words"),
      (["--part", Self.cover, "--part", "井盖也松了"], 1, "重叠", "overlaps"),
      (["--part", Self.lamp + Self.cover], 1, "没有第 1 段的话", "does not say part 1"),
      (["--part", Self.lamp, "--part", Self.cover], 1, "什么也不剩", "nothing would be left"),
      (["--part", Self.cover, "--seen", "4"], 1, "没有写入", "Nothing was written"),
      (["--part", Self.cover, "--role", "department", "--unit", "housing"], 1, "承办单位", "department"), ([], 2, "--part", "--part"),
    ] as [([String], Int32, String, String)] {
      for (language, sentence) in [("zh", zh), ("en", en)] {
        let run = try CommandRun.of(store.arguments(["split", "1"] + words + ["--reason", "x", "--language", language]))
        #expect(run.ending == .exited(exit), "\(words) \(run.errors)")
        #expect(run.errors.contains(sentence), "\(words) \(run.errors)")
        #expect(exit == 2 || !run.errors.contains("井盖"), "no citizen's words in an error")
      }
    }
    #expect(try store.run("split", "1", "--part", Self.cover, "--reason", " ").ending == .exited(2))
    #expect(try store.run("split", "77", "--part", Self.cover, "--reason", "x").ending == .exited(1))
    #expect(try store.run("dispatch", "1", "--to", "housing").ending == .exited(0))
    let late = try store.run("split", "1", "--part", Self.cover, "--reason", "x").errors
    #expect(late.contains("派单") && late.contains("待审核"), "\(late)")
    #expect(try store.counts()["submissions"].int == 2)
    try store.isSound()
  }
}
