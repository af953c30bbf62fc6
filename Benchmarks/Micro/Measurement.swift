/// Runs bodies of code and prints what a text costs: medians of five, as a machine shared with others gives no better.
struct Measurement {
  /// Stops the program: two ways of doing the same gave different counts.
  struct Disagreement: Error, CustomStringConvertible {
    var name: String
    var counts: [Int]
    var description: String { "\(name): counts differ: \(counts.map(String.init).joined(separator: ", "))" }
  }

  static let runs = 5

  /// One row of the table.
  struct Row {
    var microseconds: Double
    var count: Int
  }

  static func head() {
    print(line("", "µs/text", "MB/s", "count", "lowest–highest"))
  }

  static func section(_ title: String) { print("\n\(title)") }

  /// Measures a body that handles `texts` texts of `bytes` bytes together and returns a count that must not change from
  /// run to run.
  @discardableResult
  static func row(
    _ name: String, texts: Int, bytes: Int, runs: Int = Measurement.runs, _ body: () throws -> Int
  ) throws -> Row {
    let clock = ContinuousClock()
    var seconds: [Double] = []
    var counts: [Int] = []
    for _ in 0..<runs {
      var count = 0
      let time = try clock.measure { count = try body() }
      seconds.append(Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18)
      counts.append(count)
    }
    guard Set(counts).count == 1 else { throw Disagreement(name: name, counts: counts) }
    seconds.sort()
    let each = seconds.map { $0 / Double(max(1, texts)) * 1e6 }
    let median = seconds[seconds.count / 2]
    print(
      line(
        name, decimal(each[each.count / 2]), decimal(Double(bytes) / median / 1e6), String(counts[0]),
        "\(decimal(each[0]))–\(decimal(each[each.count - 1]))"))
    return Row(microseconds: each[each.count / 2], count: counts[0])
  }

  /// Prints how much faster the first is, and stops when their counts differ.
  static func compare(_ ours: Row, _ baseline: Row, _ name: String) throws {
    guard ours.count == baseline.count else { throw Disagreement(name: name, counts: [ours.count, baseline.count]) }
    ratio("  \(name), same count", baseline.microseconds / ours.microseconds)
  }

  static func ratio(_ name: String, _ value: Double) { print(line(name, "× " + decimal(value), "", "", "")) }

  static func decimal(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let fraction = String(hundredths % 100)
    return "\(hundredths / 100).\(fraction.count < 2 ? "0" : "")\(fraction)"
  }

  private static func line(_ name: String, _ columns: String...) -> String {
    let padded = name + String(repeating: " ", count: max(0, 46 - name.count))
    let widths = [10, 10, 12, 20]
    return zip(columns, widths).reduce(padded) { row, column in
      row + String(repeating: " ", count: max(1, column.1 - column.0.count)) + column.0
    }
  }
}
