import Foundation
import TestSupport
import Testing

/// `erase`, `backup`, `restore` and the head of the history, as people and programs run them.
struct ErasureCommandTests {
  /// Words that stand nowhere else: in text, contact, place and the broken record.
  static let marks = ["正文甲MARKBODY", "姓名乙MARKNAME", "地址丙MARKPLACE", "坏件丁MARKBROKEN", "缘由戊MARKWHY", "编号己MARKID"]

  private let store: StoreUnderTest
  private let file: String

  init() throws {
    store = try StoreUnderTest()
    let form = WebForm(id: Self.marks[5], title: "井盖破损", content: "花溪路" + Self.marks[0])
    let marked = form.json.replacing("\"name\":\"甲\"", with: "\"name\":\"\(Self.marks[1])\"")
      .replacing("\"address\":\"花溪路\"", with: "\"address\":\"\(Self.marks[2])\"")
    let others = [WebForm(id: "Z-2", content: "桥南路灯不亮"), WebForm(id: "Z-3", content: "公厕没有水")]
    file = try store.write("form.jsonl", marked + "\n" + WebForm.lines(others))
    #expect(try store.ingest([file]).counts == [3, 3, 0, 0, 0])
  }

  private func run(_ words: String..., exit: Int32 = 0, at location: SourceLocation = #_sourceLocation) throws -> CommandRun {
    let run = try CommandRun.of(store.arguments(words))
    #expect(run.ending == .exited(exit), "\(run.output)\(run.errors)", sourceLocation: location)
    return run
  }

  /// Which marks stand in the store and what lies beside it, or in what a command wrote.
  private func found(in data: Data? = nil) -> [String] {
    let bytes = data ?? ["", "-wal", "-shm", ".keys", ".erased", ".lock"].reduce(into: Data()) {
      $0 += FileManager.default.contents(atPath: store.path + $1) ?? Data()
    }
    return Self.marks.filter { bytes.range(of: Data($0.utf8)) != nil }
  }

  @Test func nothingIsLeftAnywhere() throws {
    _ = try run("contact", "1", "--reason", Self.marks[4])
    let revised = try store.write(
      "later.jsonl",
      WebForm(id: Self.marks[5], title: "井盖破损", content: "花溪路" + Self.marks[0] + "，请更换").json + "\n")
    try store.ingest([revised])
    _ = try run("act", "1", "reject", "--rejection", "no-request", "--reason", Self.marks[4])
    _ = try run("backup", store.folder.path("before.backup"))
    #expect(found().count >= 4)

    let receipt = try JSONValue(try run("show", "1", "--json").standardOutput)["receipt"].text ?? ""
    let erased = try JSONValue(
      try run("erase", receipt, "--reason", "本人要求", "--actor", "周敏", "--json").standardOutput)
    #expect(erased["erased"][0]["submission"].int == 1)
    #expect(erased["erased"][0]["versions"].int == 2)
    #expect(erased["finished"].isTrue)
    #expect(found() == [])
    try store.isSound()
    #expect(try store.counts()["erased"].int == 1)

    for words in [
      ["export"], ["export", "--canonical"], ["export", "--duplicates"], ["export", "--sensitive"], ["queue", "--json"],
      ["show", "1", "--json"], ["show", "1"], ["show", "2", "--json"], ["quarantine", "list", "--json", "--all"],
    ] {
      let run = try CommandRun.of(store.arguments(words))
      #expect(run.ending == .exited(0), "\(words) \(run.errors)")
      #expect(found(in: run.standardOutput) == [], "\(words)")
    }
    #expect(try run("show", "1").output.contains("〔已删除〕"))
    #expect(try run("contact", "1", "--reason", "核对", exit: 1).standardOutput.isEmpty)

    // No import, and no backup of before or after, brings it back.
    #expect(try store.ingest([file, revised]).counts == [4, 0, 0, 4, 0])
    _ = try run("backup", store.folder.path("after.backup"))
    #expect(found(in: FileManager.default.contents(atPath: store.folder.path("after.backup")) ?? Data()) == [])
    for name in ["before.backup", "after.backup"] {
      try? FileManager.default.removeItem(atPath: store.path + ".before-restore")
      let restored = try JSONValue(
        try run("restore", store.folder.path(name), "--force", "--json").standardOutput)
      #expect(restored["replayed_erasures"].int == (name == "before.backup" ? 1 : 0))
      #expect(restored["counts"]["submissions"].int == 3)
      #expect(found() == [])
      try store.isSound()
      #expect(try run("contact", "2", "--reason", "核对").output.contains("甲"))
      #expect(try store.ingest([file, revised]).counts == [4, 0, 0, 4, 0])
    }
  }

  @Test func aMendedRecordTakesItsBrokenOneAlong() throws {
    let broken = #"{"id":"WG-2","text":"雨棚漏水\#(Self.marks[3])","time":,"sender":"张三"}"#
    let path = try store.write("broken.jsonl", broken + "\n")
    try store.ingest([path], ["--profile", "work-group"], exit: 1)
    let mended = try store.write("mended.jsonl", broken.replacing(":,", with: ":\"2025-06-01 11:00:00\",") + "\n")
    _ = try run("quarantine", "retry", "1", "--with", mended)
    let number = try #require(try store.quarantine(all: true).first?["submission"].int)
    #expect(found().contains(Self.marks[3]))
    let erased = try JSONValue(try run("erase", "\(number)", "--reason", "本人要求", "--json").standardOutput)
    #expect(erased["erased"][0]["quarantined"].int == 1)
    #expect(!found().contains(Self.marks[3]))
    let shown = try JSONValue(try run("quarantine", "show", "1", "--json", "--reason", "核对").standardOutput)
    #expect(shown["bytes_base64"].text == "")
    try store.ingest([path], ["--profile", "work-group"], exit: 1)
    #expect(try store.quarantine(all: true).count == 1)
    try store.isSound()
  }

  /// Killed at any moment: the next erasure ends what was begun, and nothing is lost of anybody else.
  @Test func aKilledErasureIsEnded() throws {
    try store.ingest([try store.corpus("many.jsonl", records: 3_000)])
    let files = ["", ".keys"].map { (ending: $0, data: FileManager.default.contents(atPath: store.path + $0)) }
    let others = try JSONValue.lines(try store.canonical()).filter { $0["external_id"].text != Self.marks[5] }
    for delay in stride(from: 0, to: 300_000, by: 20_000) {
      for ending in ["-wal", "-shm", ".erased"] { try? FileManager.default.removeItem(atPath: store.path + ending) }
      for file in files { try file.data?.write(to: URL(fileURLWithPath: store.path + file.ending)) }
      let running = try RunningCommand(store.arguments(["erase", "1", "--reason", "本人要求"]))
      usleep(UInt32(delay))
      running.send(SIGKILL)
      _ = try running.end()
      _ = try run("erase", "1", "--reason", "本人要求")
      #expect(found() == [], "\(delay)")
      try store.isSound()
      #expect(try run("contact", "2", "--reason", "核对").output.contains("甲"))
    }
    #expect(try JSONValue.lines(try store.canonical()).filter { !$0["erased"].isTrue } == others)
  }

  @Test func eraseRefusesWhatItDoesNotKnow() throws {
    let before = try store.bytes()
    #expect(try run("erase", "1", "99", "--reason", "x", exit: 1).errors.contains("99"))
    #expect(try run("erase", "1", exit: 2).errors.contains("--reason"))
    _ = try run("erase", "1", "--reason", " ", exit: 2)
    #expect(try store.bytes() == before)
    #expect(try run("erase", "--reason", "补完", "--language", "en").output.contains("no erasure waited"))
    _ = try run("erase", "1", "2", "--reason", "本人要求")
    #expect(try run("erase", "2", "--reason", "本人要求", "--language", "en").output.contains("erased before"))
    #expect(try store.counts()["erased"].int == 2)
  }

  @Test func backupsAreNeverWrittenOver() throws {
    let path = store.folder.path("one.backup")
    let made = try JSONValue(try run("backup", path, "--json").standardOutput)
    let head = try JSONValue(try run("verify", "--json").standardOutput)
    #expect(made["submissions"].int == 3)
    #expect(made["head"]["hash"] == head["head"])
    let bytes = FileManager.default.contents(atPath: path)
    #expect(try run("backup", path, exit: 2).errors.contains(path))
    #expect(FileManager.default.contents(atPath: path) == bytes)
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
  }

  /// On another machine: the backup, and keys and journal kept apart from it.
  @Test func aStoreIsMadeOfItsThreeParts() throws {
    let before = try store.canonical()
    let path = store.folder.path("one.backup")
    _ = try run("backup", path)
    let other = try StoreUnderTest()
    #expect(try other.run("restore", path).ending == .exited(2))
    #expect(!other.exists)
    try FileManager.default.copyItem(atPath: store.path + ".keys", toPath: other.path + ".keys")
    #expect(try other.run("restore", path).ending == .exited(0))
    #expect(try other.canonical() == before)
    try other.isSound()
    #expect(try other.run("restore", path).ending == .exited(2))
    #expect(try other.run("restore", path, "--force").ending == .exited(0))
    #expect(try other.run("restore", path, "--force").errors.contains(".before-restore"))
    try FileManager.default.removeItem(atPath: other.path + ".before-restore")
    let junk = try other.write("junk", String(repeating: "junk", count: 9_000))
    #expect(try other.run("restore", junk, "--force").ending == .exited(1))
    #expect(try other.run("restore", other.folder.path("none"), "--force").ending == .exited(2))
    #expect(try other.canonical() == before)
  }

  @Test func aHeadWrittenDownShowsACutOffEnd() throws {
    let head = store.folder.path("head.json")
    let old = store.folder.path("old.backup")
    _ = try run("backup", old)
    _ = try run("contact", "1", "--reason", "核对")
    _ = try run("verify", "--export-head", head)
    let written = try JSONValue(FileManager.default.contents(atPath: head) ?? Data())
    #expect(written.keys == ["event", "hash", "at"])
    #expect(written["event"].int == 2)
    _ = try run("verify", "--head", head)
    _ = try run("contact", "2", "--reason", "核对")
    _ = try run("verify", "--head", head)
    // Going back to a day before the head was written down is a cut-off end too.
    _ = try run("restore", old, "--force")
    let cut = try run("verify", "--head", head, "--json", exit: 1)
    #expect(try JSONValue(cut.standardOutput)["faults"][0]["kind"].text == "head")
    #expect(try run("verify", "--head", file, exit: 2).errors.contains(file))
    #expect(try run("verify", "--head", store.folder.path("none"), exit: 2).standardOutput.isEmpty)
  }
}
