import TestSupport
import Testing

/// Names that would stop teaching.
struct NamesTests {
  static let files = SourceFile.all(below: "Sources")
  static let empty = ["Utils", "Util", "Utilities", "Common", "Helpers", "Helper", "Manager", "Managers", "Misc"]

  private static let keywords: Set<String> = ["struct", "class", "enum", "actor", "protocol", "typealias"]

  /// Types declared in a file, with their lines.
  static func types(in file: SourceFile) -> [(name: String, line: Int)] {
    file.code.compactMap { text, line in
      let words = text.split(separator: " ").map(String.init)
      guard let keyword = words.firstIndex(where: keywords.contains), keyword + 1 < words.count,
        words[..<keyword].allSatisfy({ $0.allSatisfy { $0.isLetter || "@_()".contains($0) } })
      else { return nil }
      let name = String(words[keyword + 1].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
      return name.isEmpty || name == "func" || name == "var" || name == "let" ? nil : (name, line)
    }
  }

  @Test func noFileOrTypeIsNamedForNothing() {
    for file in NamesTests.files {
      let stem = String(file.name.dropLast(6))
      let names = [stem] + NamesTests.types(in: file).map(\.name)
      for name in names {
        #expect(!NamesTests.empty.contains { name == $0 || name.hasSuffix($0) }, "\(file.path): \(name)")
      }
      let folders = file.path.split(separator: "/").map(String.init)
      #expect(!folders.contains { NamesTests.empty.contains($0) }, "\(file.path)")
    }
  }

  /// A type of its module's name hides the module from everybody who wants to name it.
  @Test func noTypeCarriesAModulesName() {
    let rooms = Set(NamesTests.files.map(\.room))
    for file in NamesTests.files {
      for (name, line) in NamesTests.types(in: file) { #expect(!rooms.contains(name), "\(file.path):\(line) \(name)") }
    }
  }

  @Test func declarationsAreRead() {
    let file = SourceFile(
      path: "Sources/Text/A.swift",
      lines: [
        "package struct FoldTable: Sendable {", "  private enum Part: String { case a }", "// class Ghost",
        "  static let class1 = 2", "@frozen package final class Book<Element> {", "let text = \"a struct Thing\"",
      ])
    #expect(NamesTests.types(in: file).map(\.name) == ["FoldTable", "Part", "Book"])
  }
}
