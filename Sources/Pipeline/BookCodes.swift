import Rules
import Store

/// Numbers in the store's code table of all topics, places, departments and rules of one book.
///
/// All of them are looked up when a run writes its first batch (about a thousand texts, once per book version), so that
/// a record's verdict is packed without asking anything. A negative index stands for none and gives 0.
struct BookCodes {
  struct Numbers {
    private let numbers: [Int]

    fileprivate init(
      _ family: CodeFamily, _ texts: [String], _ codes: CodeTable, _ session: any SQLSession
    ) throws(StoreFault) {
      var numbers: [Int] = []
      numbers.reserveCapacity(texts.count)
      for text in texts { numbers.append(try codes.id(family, text, session)) }
      self.numbers = numbers
    }

    @inline(__always)
    subscript(index: Int32) -> Int { index < 0 ? 0 : numbers[Int(index)] }
  }

  let topics: Numbers
  let regions: Numbers
  let stations: Numbers
  let departments: Numbers
  let rules: Numbers
  let routes: Numbers
  let ambiguous: Numbers

  init(_ book: RuleBook, _ codes: CodeTable, _ session: any SQLSession) throws(StoreFault) {
    topics = try Numbers(.topic, book.topics.map(\.code), codes, session)
    regions = try Numbers(.region, book.regions.map(\.code), codes, session)
    stations = try Numbers(.station, book.stations.map(\.code), codes, session)
    departments = try Numbers(.department, book.departments.map(\.code), codes, session)
    rules = try Numbers(.rule, book.rules.map(\.id), codes, session)
    routes = try Numbers(.route, book.routes.map(\.id), codes, session)
    ambiguous = try Numbers(.ambiguousPlace, book.ambiguous.map(\.name), codes, session)
  }
}
