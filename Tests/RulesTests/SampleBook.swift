import Rules
import TestSupport

/// The small book of the fixtures, as it is or with some of its files replaced.
enum SampleBook {
  static func files(below folder: String = "fixtures/rules/sample") throws -> [RuleFile] {
    let start = PackageRoot.path + "/" + folder + "/"
    return try PackageRoot.files(below: folder).filter { $0.hasSuffix(".yaml") }.map { path in
      try RuleFile(path: String(path.dropFirst(start.count)), bytes: PackageRoot.bytes(path))
    }
  }

  /// - Parameter replacements: new text by path; nil takes the file away.
  static func files(replacing replacements: [String: String?]) throws -> [RuleFile] {
    try files().filter { replacements[$0.path] == nil }
      + replacements.compactMap { path, text in text.map { RuleFile(path: path, bytes: Array($0.utf8)) } }
  }

  static func book() throws -> RuleBook { try RuleBook(files: files()) }

  /// The sample's gazette with other rules.
  static func book(rules: String) throws -> RuleBook {
    try RuleBook(files: files(replacing: ["keywords/rules.yaml": rules]))
  }

  static func problems(_ files: [RuleFile]) -> [RuleProblem] {
    do {
      return try RuleBook(files: files).warnings
    } catch {
      return error.problems
    }
  }
}

extension RuleBook {
  /// - Parameter day: days since 1970-01-01.
  func explain(
    title: String = "", body: String, context: RuleContext = RuleContext(), on day: Int? = nil
  ) -> Explanation {
    var scratch = RuleScratch(self, on: day)
    return explain(title: title, body: body, context: context, scratch: &scratch)
  }

  /// Ids of the rules that left evidence, in the order of the book.
  func fired(
    title: String = "", body: String, context: RuleContext = RuleContext(), on day: Int? = nil
  ) -> [String] {
    Set(explain(title: title, body: body, context: context, on: day).evidence.map(\.rule)).sorted().map { rules[$0].id }
  }

  func code(ofRegion index: Int?) -> String? { index.map { regions[$0].code } }
}
