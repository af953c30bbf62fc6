import TestSupport

/// A file of the package as the house tests read it.
struct SourceFile: Sendable {
  /// Path below the package's folder.
  var path: String
  var lines: [String]

  var name: String { String(path.split(separator: "/").last ?? "") }

  /// The folder below `Sources` or `Tests`.
  var room: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

  /// Modules it imports, with the line of each.
  var imports: [(module: String, line: Int)] {
    lines.enumerated().compactMap { number, line in
      var words = line.split(separator: " ").map(String.init)
      while let first = words.first, first.hasPrefix("@") || SourceFile.levels.contains(first) { words.removeFirst() }
      guard words.first == "import", words.count >= 2 else { return nil }
      // import struct Foundation.Date names its module behind the kind.
      let named = SourceFile.kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
      return (String(named.prefix { $0 != "." && $0 != ";" }), number + 1)
    }
  }

  private static let levels: Set<String> = ["public", "package", "internal", "fileprivate", "private"]
  private static let kinds: Set<String> = [
    "struct", "class", "enum", "protocol", "func", "var", "let", "typealias", "actor",
  ]

  /// The lines without what stands behind `//`.
  var code: [(text: String, line: Int)] {
    lines.enumerated().map { number, line in
      var kept = line
      if let comment = line.firstRange(of: "//") { kept = String(line[..<comment.lowerBound]) }
      return (kept, number + 1)
    }
  }

  static func all(below folder: String) -> [SourceFile] {
    PackageRoot.files(below: folder).filter { $0.hasSuffix(".swift") }.map { full in
      SourceFile(path: String(full.dropFirst(PackageRoot.path.count + 1)), lines: lines(of: full))
    }
  }

  static func lines(of path: String) -> [String] {
    text(of: path).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Empty when the file is not there.
  static func text(of path: String) -> String {
    guard let bytes = try? PackageRoot.bytes(path) else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }
}
