import TestSupport
import Testing

/// What never stands in the sources: what ends the program on a citizen's input, and what was put off.
struct StyleTests {
  static let forbidden = ["fatalError(", "try!", "TODO", "FIXME", "public "]

  @Test(arguments: forbidden) func isNotInTheSources(_ words: String) {
    for file in NamesTests.files {
      for (number, line) in file.lines.enumerated() where line.contains(words) {
        // `public ` opens a declaration; elsewhere it is a word of a sentence.
        if words == "public " && !line.drop(while: { $0 == " " }).hasPrefix(words) { continue }
        Issue.record("\(file.path):\(number + 1) has \(words)")
      }
    }
  }

  /// The project does not know the machine it was made on.
  @Test func noMachineIsNamed() {
    let names = ["/" + "work/", "/" + "root/", "/" + "Users/"]
    for file in NamesTests.files + SourceFile.all(below: "Tests") {
      for (number, line) in file.lines.enumerated() {
        #expect(!names.contains { line.contains($0) }, "\(file.path):\(number + 1)")
      }
    }
  }
}
