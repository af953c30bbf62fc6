import Foundation
import TestSupport
import Testing

/// The rule book on the command line.
struct RulesCommandTests {
  @Test func theShippedBookHasNoFaults() throws {
    let run = try CommandRun.of(["rules", "check", "--json"])
    #expect(run.ending == .exited(0), "\(run.errors)")
    let report = try JSONValue(run.standardOutput)
    #expect(report["errors"].int == 0)
    #expect((report["rules"].int ?? 0) > 100)
    #expect((report["keywords"].int ?? 0) > 1000)
    #expect(report["warnings"].int == report["problems"].list.count)
    for problem in report["problems"].list {
      #expect(problem.keys == ["file", "line", "severity", "message"])
      #expect(problem["severity"].text == "warning")
    }
  }

  @Test func theShippedExamplesPass() throws {
    let run = try CommandRun.of(["rules", "test", "--json"])
    #expect(run.ending == .exited(0), "\(run.output)")
    let report = try JSONValue(run.standardOutput)
    #expect((report["examples"].int ?? 0) > 100)
    #expect(report["failed"].int == 0)
  }

  @Test func aTextIsExplained() throws {
    let text = "花溪路口电力井盖破了"
    let run = try CommandRun.of(["rules", "explain", text, "--json"])
    #expect(run.ending == .exited(0), "\(run.errors)")
    let report = try JSONValue(run.standardOutput)
    #expect(report["topic"].text == "010301")
    #expect(report["region"].text == "430703")
    #expect(report["track"].text == "ordinary")
    let scalars = Array(text.unicodeScalars)
    #expect(!report["evidence"].list.isEmpty)
    for span in report["evidence"].list {
      let (start, count) = (span["start"].int ?? 0, span["count"].int ?? 0)
      try #require(start + count <= scalars.count)
      var excerpt = String.UnicodeScalarView()
      for scalar in scalars[start..<start + count] { excerpt.append(scalar) }
      #expect(span["text"].text == String(excerpt))
    }
    let people = try CommandRun.of(["rules", "explain", text])
    #expect(people.output.contains("⟦电力井盖⟧"))
    // A rule is where the evidence says it is.
    let named = try #require(people.output.firstMatch(of: /keywords\/[0-9a-z-]+\.yaml:[0-9]+/)).output
    let parts = named.split(separator: ":")
    let lines = String(decoding: try PackageRoot.bytes("rules/" + parts[0]), as: UTF8.self).components(separatedBy: "\n")
    #expect(lines[(Int(parts[1]) ?? 0) - 1].contains("manhole"))
  }

  @Test func aTextMayComeThroughAPipe() throws {
    let store = try StoreUnderTest()
    let text = "花溪路口电力井盖破了"
    let piped = try CommandRun.of(["rules", "explain", "-"], input: try store.write("text", text))
    #expect(piped.output == (try CommandRun.of(["rules", "explain", text]).output))
  }

  @Test func aBrokenBookStartsNothing() throws {
    let store = try StoreUnderTest()
    let rules = try store.copyRules()
    store.rules = rules
    let file = try #require(
      try FileManager.default.contentsOfDirectory(atPath: rules + "/keywords").sorted().first { name in
        let text = try String(contentsOfFile: rules + "/keywords/" + name, encoding: .utf8)
        return name.hasSuffix(".yaml") && text.contains("\n    topic: \"")
      })
    let path = rules + "/keywords/" + file
    var lines = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n")
    let broken = try #require(lines.firstIndex { $0.hasPrefix("    topic: \"") })
    lines[broken] = "    topic: \"999999\""
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))

    let form = try store.write("1.jsonl", WebForm(id: "R-1", content: "花溪路口的井盖破了").json + "\n")
    for (language, words) in [("zh", "没有代码 999999"), ("en", "no code 999999")] {
      let run = try store.run("ingest", form, "--language", language)
      #expect(run.ending == .exited(2))
      #expect(run.errors.contains("keywords/\(file):"), "\(run.errors)")
      #expect(run.errors.contains(words), "\(run.errors)")
      #expect(!store.exists)
    }
    let check = try store.run("rules", "check", "--json")
    #expect(check.ending == .exited(1))
    let problems = try JSONValue(check.standardOutput)["problems"].list.filter { $0["severity"].text == "error" }
    #expect(problems.count == 1)
    #expect(problems.first?["file"].text == "keywords/\(file)")
    // The line of the rule or of the key in it.
    let line = problems.first?["line"].int ?? 0
    #expect((max(1, broken - 12)...broken + 1).contains(line), "\(line), broken in \(broken + 1)")
  }

  @Test func aBookThatIsNoYAMLNamesTheLine() throws {
    let store = try StoreUnderTest()
    let rules = try store.copyRules()
    store.rules = rules
    let topics = rules + "/topics.yaml"
    let text = try String(contentsOfFile: topics, encoding: .utf8)
    try Data((text + "\n  : : [\n").utf8).write(to: URL(fileURLWithPath: topics))
    let form = try store.write("1.jsonl", WebForm(id: "R-1", content: "花溪路口的井盖破了").json + "\n")
    let run = try store.run("ingest", form)
    #expect(run.ending == .exited(2))
    #expect(run.errors.contains(/topics\.yaml:[0-9]+/), "\(run.errors)")
    #expect(!store.exists)
  }

  @Test func aBrokenProfileNamesTheLine() throws {
    let store = try StoreUnderTest()
    let rules = try store.copyRules()
    store.rules = rules
    try store.mend(rules + "/profiles/work-group.yaml", "format: json", "format: papyrus")
    let form = try store.write("1.jsonl", WebForm(id: "R-1", content: "花溪路口的井盖破了").json + "\n")
    let run = try store.run("ingest", form)
    #expect(run.ending == .exited(2))
    #expect(run.errors.contains(/profiles\/work-group\.yaml:[0-9]+/), "\(run.errors)")
    #expect(!store.exists)
  }

  @Test func aFolderWithoutABookIsRefused() throws {
    let store = try StoreUnderTest()
    store.rules = store.folder.path("nothing")
    for command in [["rules", "test"], ["rules", "explain", "路灯"], ["ingest", PackageRoot.path + "/fixtures/inbox"]] {
      let run = try CommandRun.of(store.arguments(command + ["--language", "en"]))
      #expect(run.ending == .exited(2))
      #expect(run.errors.contains(store.folder.path("nothing")), "\(run.errors)")
    }
  }
}
