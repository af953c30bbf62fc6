import Rules
import Store

/// Numbers in the store's code table of a book's topics, places, departments and rules, looked up once each.
struct BookCodes {
  private let book: RuleBook
  private var topics: [Int]
  private var regions: [Int]
  private var stations: [Int]
  private var departments: [Int]
  private var rules: [Int]
  private var routes: [Int]
  private var ambiguous: [Int]

  init(_ book: RuleBook) {
    self.book = book
    topics = Array(repeating: 0, count: book.topics.count)
    regions = Array(repeating: 0, count: book.regions.count)
    stations = Array(repeating: 0, count: book.stations.count)
    departments = Array(repeating: 0, count: book.departments.count)
    rules = Array(repeating: 0, count: book.rules.count)
    routes = Array(repeating: 0, count: book.routes.count)
    ambiguous = Array(repeating: 0, count: book.ambiguous.count)
  }

  mutating func topic(_ index: Int, _ codes: CodeTable, _ session: any SQLSession) throws(StoreFault) -> Int {
    try look(index, .topic, \.topics, codes, session) { $0.topics[index].code }
  }

  mutating func region(_ index: Int, _ codes: CodeTable, _ session: any SQLSession) throws(StoreFault) -> Int {
    try look(index, .region, \.regions, codes, session) { $0.regions[index].code }
  }

  mutating func station(_ index: Int, _ codes: CodeTable, _ session: any SQLSession) throws(StoreFault) -> Int {
    try look(index, .station, \.stations, codes, session) { $0.stations[index].code }
  }

  mutating func department(_ index: Int, _ codes: CodeTable, _ session: any SQLSession) throws(StoreFault) -> Int {
    try look(index, .department, \.departments, codes, session) { $0.departments[index].code }
  }

  mutating func rule(_ index: Int, _ codes: CodeTable, _ session: any SQLSession) throws(StoreFault) -> Int {
    try look(index, .rule, \.rules, codes, session) { $0.rules[index].id }
  }

  mutating func route(_ index: Int, _ codes: CodeTable, _ session: any SQLSession) throws(StoreFault) -> Int {
    try look(index, .route, \.routes, codes, session) { $0.routes[index].id }
  }

  mutating func ambiguous(_ index: Int, _ codes: CodeTable, _ session: any SQLSession) throws(StoreFault) -> Int {
    try look(index, .ambiguousPlace, \.ambiguous, codes, session) { $0.ambiguous[index].name }
  }

  private mutating func look(
    _ index: Int, _ family: CodeFamily, _ memory: WritableKeyPath<BookCodes, [Int]>, _ codes: CodeTable,
    _ session: any SQLSession, _ text: (RuleBook) -> String
  ) throws(StoreFault) -> Int {
    guard index >= 0, index < self[keyPath: memory].count else { return 0 }
    let known = self[keyPath: memory][index]
    if known != 0 { return known }
    let id = try codes.id(family, text(book), session)
    self[keyPath: memory][index] = id
    return id
  }
}
