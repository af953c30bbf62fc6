import TestSupport
import Testing

/// The papers name what the house has.
struct ReadmeTests {
  static let readme = SourceFile.text(of: "README.md")

  /// What stands between two marks on each line that has them.
  static func quoted(after mark: String, in lines: [String]) -> [String] {
    lines.flatMap { line -> [String] in
      var found: [String] = []
      var rest = line[...]
      while let start = rest.firstRange(of: mark) {
        rest = rest[start.upperBound...]
        guard let end = rest.firstRange(of: "\"") else { break }
        found.append(String(rest[..<end.lowerBound]))
        rest = rest[end.upperBound...]
      }
      return found
    }
  }

  @Test func thereIsAReadme() { #expect(ReadmeTests.readme.count > 1_000) }

  @Test func everyCommandIsInTheReadme() {
    let lines = SourceFile.all(below: "Sources/golden-ideas").flatMap(\.lines)
    let commands = Set(ReadmeTests.quoted(after: "commandName: \"", in: lines)).subtracting(["golden-ideas"])
    #expect(!commands.isEmpty)
    for command in commands.sorted() { #expect(ReadmeTests.names(command), "\(command)") }
  }

  /// As a word, not as a part of one.
  private static func names(_ command: String) -> Bool {
    readme.ranges(of: command).contains { range in
      let before = range.lowerBound == readme.startIndex ? " " : readme[readme.index(before: range.lowerBound)]
      let after = range.upperBound == readme.endIndex ? " " : readme[range.upperBound]
      return !isWord(before) && !isWord(after)
    }
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "_")
  }

  @Test func everyDependencyIsInTheReadme() {
    let addresses = ReadmeTests.quoted(after: "url: \"", in: SourceFile.lines(of: "Package.swift"))
    #expect(!addresses.isEmpty)
    for address in addresses {
      let name =
        address.split(separator: "/").last.map { $0.hasSuffix(".git") ? String($0.dropLast(4)) : String($0) } ?? ""
      #expect(ReadmeTests.readme.contains(name), "\(name)")
    }
    for package in ReadmeTests.quoted(after: ".apt([\"", in: SourceFile.lines(of: "Package.swift")) {
      #expect(ReadmeTests.readme.contains(package), "\(package)")
    }
  }

  /// Inputs nobody reads rot.
  @Test func everyFolderOfFixturesIsClaimed() {
    let start = PackageRoot.path + "/fixtures/"
    let folders = Set(
      PackageRoot.files(below: "fixtures").compactMap { path -> String? in
        let parts = path.dropFirst(start.count).split(separator: "/")
        return parts.count > 1 ? String(parts[0]) : nil
      })
    #expect(folders.contains("inbox"))
    let claims = (SourceFile.all(below: "Tests").flatMap(\.lines) + SourceFile.lines(of: "Makefile")).joined(
      separator: "\n")
    for folder in folders.sorted() { #expect(claims.contains("fixtures/\(folder)"), "fixtures/\(folder)") }
  }

  @Test func quotationsAreRead() {
    let lines = ["a(url: \"https://x/y\", b) c(url: \"z\")", "none", "url: \"open"]
    #expect(ReadmeTests.quoted(after: "url: \"", in: lines) == ["https://x/y", "z"])
  }
}
