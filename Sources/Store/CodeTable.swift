/// Families of texts that are stored once and referred to by number.
package enum CodeFamily: Int, Sendable {
  case source = 1
  case profile = 2
  case topic = 3
  case region = 4
  case station = 5
  case department = 6
  case rule = 7
  case route = 8
  case ambiguousPlace = 9
  case book = 10
}

/// Numbers of stored texts. Ids are given in the order texts are first met, which the input alone decides.
package final class CodeTable {
  private var numbers: [Int: [String: Int]] = [:]

  package init() {}

  /// The number of a text, given to it inside the current transaction when it is new.
  package func id(_ family: CodeFamily, _ text: String, _ session: any SQLSession) throws(StoreFault) -> Int {
    if let known = numbers[family.rawValue]?[text] { return known }
    if let stored = try session.first(
      "SELECT id FROM code WHERE family = $1 AND text = $2", [.integer(family.rawValue), .text(text)], { $0.integer(0) })
    {
      numbers[family.rawValue, default: [:]][text] = Int(stored)
      return Int(stored)
    }
    let next = Int(try session.integer("SELECT coalesce(max(id), 0) + 1 FROM code"))
    try session.execute(
      "INSERT INTO code (id, family, text) VALUES ($1, $2, $3)",
      [.integer(next), .integer(family.rawValue), .text(text)])
    numbers[family.rawValue, default: [:]][text] = next
    return next
  }

  /// Forgets what a transaction that failed may have added.
  package func reset() { numbers.removeAll() }

  /// All texts by number; 0 stands for none.
  package static func texts(_ session: any SQLSession) throws(StoreFault) -> [Int: String] {
    var texts: [Int: String] = [:]
    try session.each("SELECT id, text FROM code", []) { texts[Int($0.integer(0))] = $0.text(1) }
    return texts
  }
}
