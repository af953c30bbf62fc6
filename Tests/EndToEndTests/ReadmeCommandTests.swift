import Foundation
import TestSupport
import Testing

/// What the README tells people to type exists.
struct ReadmeCommandTests {
  /// One command of a fenced block, as words; without its output, comment and what is piped on.
  static func commands(in readme: String) -> [[String]] {
    var isCode = false
    var commands: [[String]] = []
    for line in readme.components(separatedBy: "\n") {
      if line.trimmingCharacters(in: .whitespaces).hasPrefix("```") {
        isCode.toggle()
        continue
      }
      guard isCode else { continue }
      var words = line.split(separator: " ").map(String.init)
      if words.first == "$" { words.removeFirst() }
      // Variables may stand in front.
      while let first = words.first, first.contains("="), !first.contains("/golden-ideas") { words.removeFirst() }
      guard let tool = words.first, tool.split(separator: "/").last == "golden-ideas" else { continue }
      let ends = ["|", "#", ">", "<", "&&", ";"]
      commands.append(Array(words.dropFirst().prefix { word in !ends.contains { word.hasPrefix($0) } }))
    }
    return commands
  }

  @Test func everyCommandAndOptionExists() throws {
    let readme = String(decoding: try PackageRoot.bytes("README.md"), as: UTF8.self)
    let commands = ReadmeCommandTests.commands(in: readme)
    #expect(!commands.isEmpty)
    var helps: [[String]: String] = [:]
    for words in commands {
      let known = CommandLineTests.commands.filter { words.starts(with: $0) }.max { $0.count < $1.count } ?? []
      #expect(!known.isEmpty || words.allSatisfy { $0.hasPrefix("-") }, "golden-ideas \(words.joined(separator: " "))")
      let help = try helps[known] ?? CommandRun.of(known + ["--help"]).output
      helps[known] = help
      for option in words.compactMap({ $0.firstMatch(of: /^\[?(--[a-z-]+)/)?.output.1 }) {
        #expect(help.contains(option), "golden-ideas \(words.joined(separator: " ")) has no \(option)")
      }
    }
  }

  @Test func transcriptsAreRead() {
    let text = """
      golden-ideas not code
      ```sh
      $ .build/release/golden-ideas queue --limit 5 | head
      GOLDEN_IDEAS_LANGUAGE=en golden-ideas verify   # checks
      make demo
      ```
      """
    #expect(ReadmeCommandTests.commands(in: text) == [["queue", "--limit", "5"], ["verify"]])
  }
}
