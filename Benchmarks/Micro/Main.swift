import Foundation

/// Measures the parts of the hot path one by one, each beside a plain way of doing the same that must give the same
/// count.
///
///     micro-benchmarks [--records N] [--only NAME] [--texts FILE.jsonl [--profile NAME]] [--book DIR]…
///
/// Texts are those of `golden-ideas bench` unless a file of JSON Lines is given; its form profile is bench-json unless
/// named.
/// NAME is one of automaton, rules, fold, privacy, sketch, duplicates, readers, store. A book is a folder of rules such
/// as convert-rules.py writes, the shipped one unless named; with two of them the last is compared to the first.
@main
enum Main {
  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      FileHandle.standardError.write(Data("micro-benchmarks: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run(_ arguments: [String]) throws {
    var records = 20_000
    var only: String?
    var books: [String] = []
    var file: String?
    var profile = "bench-json"
    var index = 0
    while index < arguments.count {
      guard index + 1 < arguments.count else { throw Texts.Failure(description: "\(arguments[index]) needs a value") }
      let value = arguments[index + 1]
      switch arguments[index] {
      case "--records":
        guard let number = Int(value), number >= 1000 else {
          throw Texts.Failure(description: "--records is a whole number from 1000")
        }
        records = number
      case "--only": only = value
      case "--texts": file = value
      case "--profile": profile = value
      case "--book": books.append(value)
      default: throw Texts.Failure(description: "unknown option \(arguments[index])")
      }
      index += 2
    }
    let texts =
      try file.map { try Texts(file: $0, profile: profile, records: records) } ?? Texts(records: records, seed: 2025)
    let parts: [(String, (Texts) throws -> Void)] = [
      ("automaton", AutomatonBenchmark.run), ("rules", { try RulesBenchmark.run($0, books: books) }),
      ("fold", FoldingBenchmark.run), ("privacy", PrivacyBenchmark.run), ("sketch", SketchBenchmark.run),
      ("duplicates", DuplicatesBenchmark.run), ("readers", ReadersBenchmark.run), ("store", StoreBenchmark.run),
    ]
    if let only, !parts.contains(where: { $0.0 == only }) {
      throw Texts.Failure(description: "--only is one of \(parts.map(\.0).joined(separator: ", "))")
    }
    print("\(texts.count) texts, \(texts.byteCount / texts.count) bytes each; medians of \(Measurement.runs)")
    Measurement.head()
    for (name, body) in parts where only == nil || only == name { try body(texts) }
  }
}
