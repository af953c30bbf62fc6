import Foundation
import TestSupport
import Testing

/// Merging from the command line: one case, every receipt, and back.
struct MergeTests {
  private func store() throws -> StoreUnderTest {
    let store = try StoreUnderTest()
    let texts = ["花溪路口的路灯坏了半个月", "花溪路口晚上黑得看不见人，灯一直没修", "善德路口的井盖破了", "站长把骑手打伤了，住院"]
    let records = texts.enumerated().map { WebForm(id: "R-\($0.offset)", title: "反映", content: $0.element) }
    try store.ingest([store.write("1.jsonl", WebForm.lines(records))])
    return store
  }

  private func json(_ run: CommandRun) throws -> JSONValue { try JSONValue(run.standardOutput) }

  @Test func mergesAndUnmerges() throws {
    let store = try store()
    let before = try store.canonical()
    let receipt = try #require(try json(try store.run("show", "2", "--json"))["receipt"].text)
    let merged = try store.run("merge", receipt, "--into", "1", "--reason", "同一盏灯", "--json")
    #expect(merged.ending == .exited(0), "\(merged.errors)")
    #expect(try json(merged)["submissions"].int == 2)
    // The writer's receipt leads to the one case.
    let shown = try json(try store.run("show", receipt, "--json"))
    #expect(shown["id"].int == 1)
    #expect(shown["merged"].list.map { $0["id"].int } == [2])
    #expect(shown["submissions"].list.contains { $0["receipt"].text == receipt })
    #expect(shown["history"].list.last?["action"].text == "merge")
    #expect(try JSONValue.lines(try store.run("queue", "--json").standardOutput).allSatisfy { $0["id"].int != 2 })
    #expect(try store.run("show", "1").output.contains("并入"))
    #expect(try store.canonical() != before)
    try store.isSound()
    let parted = try store.run("unmerge", "2", "--reason", "两盏灯")
    #expect(parted.ending == .exited(0), "\(parted.errors)")
    #expect(try store.canonical() == before)
    try store.isSound()
  }

  @Test func saysWhyNot() throws {
    let store = try store()
    let refused = try store.run("merge", "4", "--into", "1", "--reason", "x")
    #expect(refused.ending == .exited(1))
    #expect(refused.errors.contains("敏感"))
    #expect(try store.run("merge", "1", "--into", "4", "--reason", "x").errors.contains("--confirm"))
    #expect(try store.run("merge", "1", "--into", "4", "--confirm", "--reason", "x").ending == .exited(0))
    #expect(try store.run("unmerge", "3", "--reason", "x").ending == .exited(1))
    #expect(try store.run("merge", "99", "--into", "1", "--reason", "x").ending == .exited(1))
    try store.isSound()
  }
}
