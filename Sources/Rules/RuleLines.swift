extension RuleBook {
  /// A rule as it is written in its file: from the line it begins on to the line before the next one, comments and empty
  /// lines at its end left off. Empty where the file is not among those the book was compiled from.
  package func lines(of rule: Rule) -> String {
    guard let file = files.first(where: { $0.path == rule.file }) else { return "" }
    let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.indices.contains(rule.line - 1) else { return "" }
    let first = lines[rule.line - 1]
    let depth = RuleBook.depth(first)
    let rest = lines[rule.line...].prefix { line in
      let text = line.drop { $0 == " " }
      return text.isEmpty || text.hasPrefix("#") || RuleBook.depth(line) > depth
    }
    var own = [first] + rest
    while let last = own.last?.drop(while: { $0 == " " || $0 == "\r" }), own.count > 1, last.isEmpty || last.hasPrefix("#") {
      own.removeLast()
    }
    return own.map { $0.dropFirst(min(depth, RuleBook.depth($0))) }.joined(separator: "\n")
  }

  private static func depth(_ line: Substring) -> Int { line.prefix { $0 == " " }.count }
}
