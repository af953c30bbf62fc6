import Foundation
import TestSupport
import Testing

/// The command line as people and programs meet it: help, refusals, exit codes, two languages.
struct CommandLineTests {
  static let commands: [[String]] = [
    [], ["demo"], ["ingest"], ["queue"], ["search"], ["show"], ["similar"], ["index"], ["correct"], ["dispatch"], ["act"],
    ["inbox"], ["again"], ["answer-link"], ["answer-by-link"], ["station"], ["call-backs"],
    ["reporters"], ["reporters", "add"], ["reporters", "list"], ["reporters", "change"], ["reporters", "retire"],
    ["reporters", "reinstate"], ["outbox"], ["outbox", "list"], ["outbox", "send"], ["outbox", "retry"],
    ["outbox", "receivers"], ["outbox", "add-webhook"], ["outbox", "add-mail"], ["outbox", "test"], ["outbox", "renew"],
    ["outbox", "remove"], ["erase"], ["retention"], ["backup"], ["restore"], ["eval", "answers"], ["chase"], ["calendar"], ["calendar", "show"],
    ["calendar", "import"], ["clock"], ["clock", "explain"], ["rules", "codes"], ["follow-up"], ["status"], ["slips"], ["order"], ["merge"], ["unmerge"], ["split"],
    ["hot"], ["stats"], ["digest"], ["digest", "make"], ["digest", "verify"], ["quarantine"], ["quarantine", "list"], ["quarantine", "show"], ["quarantine", "retry"],
    ["quarantine", "discard"], ["rules"], ["rules", "check"], ["rules", "test"],
    ["rules", "explain"], ["rules", "learn"], ["rules", "diff"], ["rules", "coverage"], ["rules", "reclassify"],
    ["rules", "schema"], ["regions"], ["regions", "list"], ["regions", "find"], ["regions", "import"],
    ["eval"], ["eval", "topics"], ["eval", "duplicates"], ["eval", "places"],
    ["eval", "privacy"], ["export"], ["verify"], ["serve"], ["user"],
    ["user", "list"], ["user", "add"], ["user", "role"], ["user", "password"], ["user", "disable"], ["user", "enable"],
    ["user", "sessions"], ["contact"], ["bench"], ["migrate"], ["config"],
  ]

  /// Commands that open a store and make none, with the least they want to hear.
  static let readers: [[String]] = [
    ["queue"], ["search", "x"], ["show", "1"], ["similar", "1"], ["index"], ["quarantine"], ["quarantine", "list"],
    ["quarantine", "show", "1"],
    ["quarantine", "retry"], ["quarantine", "discard", "1", "--reason", "x"], ["export"], ["export", "--canonical"],
    ["export", "--duplicates"], ["verify"], ["rules", "diff", "rules", "rules"], ["rules", "coverage"],
    ["correct", "1", "--topic", "0101", "--reason", "x"], ["merge", "1", "--into", "2", "--reason", "x"],
    ["dispatch", "1"], ["act", "1"], ["inbox"], ["chase"], ["again", "1", "--of", "2", "--reason", "x"],
    ["answer-link", "1"], ["answer-by-link", "x", "--text", "x"], ["station", "anfu"], ["call-backs"], ["reporters"],
    ["outbox"], ["outbox", "send"], ["erase", "1", "--reason", "x"], ["retention"], ["retention", "--apply"], ["clock", "explain", "1"], ["status", "GI-0000-0000-0"], ["slips", "--station", "anfu"],
    ["order", "1"], ["follow-up", "GI-0000-0000-0", "--urge"],
    ["unmerge", "1", "--reason", "x"], ["split", "1", "--part", "x", "--reason", "x"], ["hot"], ["stats"], ["digest", "2025-07"], ["rules", "reclassify", "--reason", "x"],
    ["rules", "learn", "--from", "decisions", "--output", "-"],
    ["user"], ["user", "list"], ["user", "add", "x"], ["user", "role", "x", "--add", "lead"], ["user", "password", "x"],
    ["user", "disable", "x"], ["user", "enable", "x"], ["user", "sessions", "x"], ["contact", "1", "--reason", "x"],
  ]

  @Test(arguments: commands) func answersHelp(_ command: [String]) throws {
    let run = try CommandRun.of(command + ["--help"])
    #expect(run.ending == .exited(0))
    #expect(run.output.contains("USAGE: " + (["golden-ideas"] + command).joined(separator: " ")))
    #expect(run.standardError.isEmpty)
  }

  /// No subcommand is left out of the list above.
  @Test func helpNamesTheCommands() throws {
    let help = try CommandRun.of(["--help"]).output
    let named = help.components(separatedBy: "SUBCOMMANDS:").dropFirst().flatMap { group in
      group.components(separatedBy: "\n").compactMap { line in
        line.hasPrefix("  ") && !line.hasPrefix("   ") ? line.split(separator: " ").first.map(String.init) : nil
      }
    }
    let tops = Set(CommandLineTests.commands.compactMap(\.first))
    #expect(Set(named).subtracting(["See"]) == tops)
  }

  /// What a command has to be given before it looks at its options.
  static let wanted: [[String]: [String]] = [
    ["ingest"]: ["x"], ["search"]: ["x"], ["show"]: ["1"], ["similar"]: ["1"],
    ["eval", "duplicates"]: ["--messages", "x"], ["eval", "topics"]: ["--labelled", "x"],
    ["eval", "places"]: ["--labelled", "x"], ["eval", "privacy"]: ["--labelled", "x"], ["rules", "learn"]: ["--from", "x"],
    ["rules", "diff"]: ["x", "y"], ["quarantine", "show"]: ["1"], ["rules", "explain"]: ["x"],
    ["correct"]: ["1", "--topic", "x", "--reason", "x"], ["merge"]: ["1", "--into", "2", "--reason", "x"],
    ["dispatch"]: ["1"], ["act"]: ["1"], ["follow-up"]: ["x", "--urge"], ["status"]: ["x"], ["calendar", "import"]: ["x"], ["clock", "explain"]: ["1"], ["again"]: ["1", "--of", "2", "--reason", "x"],
    ["answer-link"]: ["1"], ["answer-by-link"]: ["x", "--text", "x"], ["station"]: ["x"],
    ["reporters", "add"]: ["x", "--name", "x", "--area", "x"], ["reporters", "change"]: ["x", "--name", "x"],
    ["reporters", "retire"]: ["x"], ["reporters", "reinstate"]: ["x"], ["outbox", "add-webhook"]: ["x"],
    ["outbox", "add-mail"]: ["x"], ["outbox", "test"]: ["1"], ["outbox", "renew"]: ["1"], ["outbox", "remove"]: ["1"],
    ["erase"]: ["1", "--reason", "x"], ["backup"]: ["x"], ["restore"]: ["x"], ["eval", "answers"]: ["--labelled", "x"],
    ["slips"]: ["--station", "x"], ["order"]: ["1"], ["digest"]: ["2025-07"], ["digest", "make"]: ["2025-07"],
      ["digest", "verify"]: ["x"],
    ["unmerge"]: ["1", "--reason", "x"], ["split"]: ["1", "--part", "x", "--reason", "x"], ["rules", "reclassify"]: ["--reason", "x"],
    ["regions", "find"]: ["x"], ["regions", "import"]: ["x", "--city", "1"],
    ["quarantine", "discard"]: ["1", "--reason", "x"], ["user", "add"]: ["x"],
    ["user", "role"]: ["x", "--add", "lead"], ["user", "password"]: ["x"], ["user", "disable"]: ["x"],
    ["user", "enable"]: ["x"], ["user", "sessions"]: ["x"], ["contact"]: ["1", "--reason", "x"],
  ]

  @Test(arguments: commands.dropFirst()) func refusesAnUnknownOption(_ command: [String]) throws {
    let run = try CommandRun.of(command + (CommandLineTests.wanted[command] ?? []) + ["--frobnicate"])
    #expect(run.ending == .exited(2))
    #expect(run.standardOutput.isEmpty)
    #expect(run.errors.contains("--frobnicate"))
  }

  @Test func refusesAnUnknownCommand() throws {
    let run = try CommandRun.of(["frobnicate"])
    #expect(run.ending == .exited(2))
    #expect(run.errors.contains("frobnicate"))
  }

  @Test(arguments: readers) func refusesAMissingStore(_ command: [String]) throws {
    let store = try StoreUnderTest()
    for (language, words) in [("zh", "还没有存储"), ("en", "Run golden-ideas ingest or demo first")] {
      let run = try CommandRun.of(store.arguments(command + ["--language", language]))
      #expect(run.ending == .exited(2))
      #expect(run.standardOutput.isEmpty)
      #expect(run.errors.contains(words), "\(run.errors)")
      #expect(run.errors.contains(store.path))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.folder.url.path).isEmpty)
  }

  @Test func refusesAFileThatIsNoStore() throws {
    let store = try StoreUnderTest()
    _ = try store.write("store.db", "this is a letter and no database, and long enough to be looked at\n")
    for command in [["queue"], ["verify"]] {
      let run = try CommandRun.of(store.arguments(command))
      #expect(run.ending == .exited(2), "\(run.output)\(run.errors)")
      #expect(!run.errors.isEmpty)
    }
    #expect(try store.run("queue", "--database", "postgres://nowhere").ending == .exited(2))
  }

  // MARK: Unknown forms

  @Test func refusesAnUnknownForm() throws {
    let store = try StoreUnderTest()
    let good = try store.write("1.jsonl", WebForm(id: "R-1", content: "花溪路口的井盖破了").json + "\n")
    let folder = PackageRoot.path + "/fixtures/refused"
    let files = PackageRoot.files(below: "fixtures/refused")
    #expect(!files.isEmpty)
    for path in files + [folder] {
      for (language, words) in [("zh", ["没有收进任何文件", "最接近"]), ("en", ["Nothing was taken in", "closest"])] {
        let run = try store.run("ingest", good, path, "--language", language)
        #expect(run.ending == .exited(2))
        #expect(run.standardOutput.isEmpty)
        for word in words { #expect(run.errors.contains(word), "\(run.errors)") }
        #expect(run.errors.contains("dezhihui-json"))
        #expect(run.errors.contains("--profile"))
        #expect(!store.exists)
      }
    }
  }

  /// Names from the form may be told, values never.
  @Test func tellsNoValueOfAnUnknownForm() throws {
    let path = PackageRoot.path + "/fixtures/refused/visitor-register.json"
    let errors = try StoreUnderTest().run("ingest", path).errors
    let document = try JSONValue(Data(try PackageRoot.bytes(path)))
    for value in CommandLineTests.texts(of: document) where value.count > 2 { #expect(!errors.contains(value)) }
  }

  private static func texts(of value: JSONValue) -> [String] {
    switch value {
    case .string(let text): [text]
    case .array(let elements): elements.flatMap(texts)
    case .object(let fields): fields.values.flatMap(texts)
    default: []
    }
  }

  // MARK: Languages

  @Test func speaksChineseAndEnglish() throws {
    let store = try StoreUnderTest()
    let path = try store.write("1.jsonl", WebForm(id: "R-1", content: "花溪路口的井盖破了").json + "\n{\n")
    #expect(try store.run("ingest", path).output.contains("隔离"))
    for command in [["queue"], ["show", "1"], ["quarantine"], ["verify"], ["rules", "test"]] {
      let chinese = try CommandRun.of(store.arguments(command))
      let english = try CommandRun.of(store.arguments(command + ["--language", "en"]))
      let byVariable = try CommandRun.of(store.arguments(command), environment: ["GOLDEN_IDEAS_LANGUAGE": "en"])
      #expect(chinese.ending == .exited(0), "\(chinese.errors)")
      #expect(english.ending == .exited(0), "\(english.errors)")
      #expect(chinese.output != english.output, "\(command)")
      #expect(byVariable.output == english.output, "\(command)")
    }
    #expect(try store.run("ingest", path, "--language", "en").output.contains("quarantine"))
    #expect(try store.run("queue", "--language", "fr").ending == .exited(2))
  }

  @Test func theStoreMayComeFromTheEnvironment() throws {
    let store = try StoreUnderTest()
    let path = try store.write("1.jsonl", WebForm(id: "R-1", content: "花溪路口的井盖破了").json + "\n")
    let variables = ["GOLDEN_IDEAS_DATABASE": "sqlite:" + store.path]
    #expect(try CommandRun.of(["ingest", path], environment: variables).ending == .exited(0))
    let queue = try CommandRun.of(["queue", "--json"], environment: variables)
    #expect(try JSONValue.lines(queue.standardOutput).count == 1)
  }

  // MARK: JSON alone on standard output

  @Test func jsonStandsAlone() throws {
    let store = try StoreUnderTest()
    let path = try store.write("1.jsonl", WebForm(id: "R-1", content: "花溪路口的井盖破了").json + "\n{\n")
    let commands: [[String]] = [
      ["ingest", path], ["queue"], ["show", "1"], ["similar", "1"], ["index"],
      ["correct", "1", "--topic", "0101", "--reason", "看过"],
      ["act", "1"], ["dispatch", "1"], ["act", "1", "note", "--text", "看过"], ["inbox"], ["chase"], ["clock", "explain", "1"], ["calendar"], ["rules", "codes"], ["stats"],
      ["station", "anfu"], ["call-backs"], ["reporters"], ["outbox"], ["outbox", "send"], ["outbox", "receivers"],
      ["user", "add", "min"], ["user", "list"], ["user", "role", "min", "--add", "lead"], ["user", "disable", "min"],
      ["user", "enable", "min"], ["user", "sessions", "min"], ["contact", "1", "--reason", "回访"], ["hot"],
      ["rules", "reclassify", "--reason", "试"], ["quarantine", "list"], ["quarantine", "show", "1"],
      ["quarantine", "retry"], ["rules", "test"], ["rules", "check"], ["rules", "explain", "路灯不亮"], ["regions", "list"],
      ["regions", "find", "花溪路口"], ["export"], ["verify"], ["migrate"], ["config"], ["quarantine", "discard", "1", "--reason", "空的"],
    ]
    for command in commands {
      let run = try CommandRun.of(store.arguments(command + ["--json"]))
      #expect([.exited(0), .exited(1)].contains(run.ending), "\(command) \(run.errors)")
      #expect(run.standardOutput.last == 0x0A, "\(command)")
      #expect(throws: Never.self, "\(command)") { try JSONValue.lines(run.standardOutput) }
    }
  }

  @Test func queueHasTheDocumentedKeys() throws {
    let store = try StoreUnderTest()
    let path = try store.corpus("form.jsonl", records: 300)
    try store.ingest([path])
    let items = try JSONValue.lines(try store.run("queue", "--json", "--limit", "7").standardOutput)
    #expect(items.count == 7)
    let keys: Set = [
      "id", "receipt", "priority", "urgency", "kind", "topic", "region", "lead", "support", "submissions",
      "submitted_at", "title", "excerpt", "flags", "near",
    ]
    for item in items { #expect(item.keys.isSuperset(of: keys)) }
    let priorities = items.compactMap { $0["priority"].int }
    #expect(priorities == priorities.sorted(by: >))
    // A receipt opens what a number opens.
    let (number, receipt) = (items[0]["id"].int ?? 0, items[0]["receipt"].text ?? "")
    let (byReceipt, byNumber) = (try store.run("show", receipt).output, try store.run("show", String(number)).output)
    // Between the two a clock may have gone on by a minute.
    #expect(byReceipt.settled(store: store.path) == byNumber.settled(store: store.path))
    #expect(try store.run("show", "99999").ending == .exited(1))
    #expect(try store.run("queue", "--limit", "0").ending == .exited(2))
  }

  @Test func duplicatesAreATable() throws {
    let store = try StoreUnderTest()
    try store.ingest([try store.corpus("form.jsonl", records: 1000)])
    let rows = try store.run("export", "--duplicates").output.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(rows.first == ["external_id", "kind", "leader_external_id", "score", "differs"])
    #expect(rows.count == 1001)
    for row in rows.dropFirst() {
      #expect(row.count == 5)
      #expect(["none", "exact", "near", "contained"].contains(row[1]))
      #expect(row[1] == "none" ? row[2].isEmpty : !row[2].isEmpty)
    }
    #expect(Set(rows.dropFirst().map { $0[1] }).isSuperset(of: ["none", "exact", "near"]))
  }

  @Test func versionIsTold() throws {
    let run = try CommandRun.of(["--version"])
    #expect(run.ending == .exited(0))
    #expect(run.output.contains("."))
  }
}
