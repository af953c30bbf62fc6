/// The arguments of a statement that is put together, and the names they have in it.
struct ArgumentList {
  private(set) var values: [SQLValue] = []

  mutating func bind(_ value: SQLValue) -> String {
    values.append(value)
    return "$\(values.count)"
  }

  mutating func bind(_ value: Int) -> String { bind(.integer(value)) }

  /// To stand between the brackets of IN. The numbers are filled up to a power of two by repeating the last: statements
  /// are prepared once for each text, and there must not be one for each length.
  ///
  /// - Parameter numbers: at least one.
  mutating func list(_ numbers: some Collection<Int>) -> String {
    var size = 1
    while size < numbers.count { size *= 2 }
    var names: [String] = []
    var last = 0
    for number in numbers {
      names.append(bind(number))
      last = number
    }
    while names.count < size { names.append(bind(last)) }
    return names.joined(separator: ", ")
  }
}
