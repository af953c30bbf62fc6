internal import Casework
internal import Suggestions

/// A filter of a desk as SQL over case file `c` and its suggestion `g`, of which `c` is to be read first: CROSS JOIN.
struct DeskConditions {
  private var terms: [String] = []
  var arguments = ArgumentList()
  /// Whether `g` is spoken of; to count a million cases it had better not be.
  private(set) var readsSuggestion = false

  /// Nil where nothing can pass.
  init?(_ filter: DeskFilter, _ session: any SQLSession) throws(StoreFault) {
    guard !filter.states.isEmpty else { return nil }
    guard let scope = try scope(filter.scopes, session), try take(filter.handler, filter.part, session) else {
      return nil
    }
    // A plus sign keeps a column from choosing the index: where something else finds the cases, their states do not.
    let isFoundElsewhere =
      filter.order == .latest || filter.only != nil
      || (filter.handler == nil ? filter.isDated || filter.isSupervised : filter.part != .lead)
    terms.append(
      (isFoundElsewhere ? "+" : "") + "c.state IN (\(DeskConditions.list(filter.states.map { Int($0.rawValue) })))")
    terms += scope
    if let from = filter.dueFrom { terms.append("c.next_due >= \(arguments.bind(.integer(from)))") }
    if let by = filter.dueBy { terms.append("c.next_due <= \(arguments.bind(.integer(by)))") }
    if filter.isSupervised { terms.append("c.supervised = 1") }
    if let only = filter.only {
      guard !only.isEmpty else { return nil }
      terms.append("c.suggestion IN (\(arguments.list(only)))")
    }
  }

  var sql: String { terms.joined(separator: " AND ") }

  static func list(_ values: some Sequence<Int>) -> String { values.sorted().map(String.init).joined(separator: ", ") }

  // MARK: Whose

  /// - Returns: whether there is such a handler at all.
  private mutating func take(
    _ handler: CaseHandler?, _ part: DeskFilter.Part, _ session: any SQLSession
  ) throws(StoreFault) -> Bool {
    guard let handler else { return true }
    let unit = try number(handler.isStation ? .station : .department, handler.unit, session)
    let district = try handler.district.map { code throws(StoreFault) in try number(.region, code, session) }
    // A unit or a district that no case ever named has none.
    guard unit > 0, district != 0 else { return false }
    let (first, second, third) = (
      arguments.bind(unit), arguments.bind(district ?? 0), arguments.bind(handler.isStation ? 1 : 0)
    )
    let own = "unit = \(first) AND district = \(second) AND keeper = \(third)"
    let helping = "SELECT suggestion FROM case_assistant WHERE \(own)"
    switch part {
    case .lead: terms.append("c.\(own.replacing(" AND ", with: " AND c."))")
    case .helping: terms.append("c.suggestion IN (\(helping))")
    case .either:
      terms.append("c.suggestion IN (SELECT suggestion FROM case_file WHERE \(own) UNION \(helping))")
    }
    return true
  }

  private func number(_ family: CodeFamily, _ text: String, _ session: any SQLSession) throws(StoreFault) -> Int {
    Int(
      try session.integer(
        "SELECT id FROM code WHERE family = $1 AND text = $2", [.integer(family.rawValue), .text(text)]))
  }

  // MARK: Where

  /// Nil where nothing can pass; nothing to ask where all passes.
  private mutating func scope(_ scopes: [DeskScope], _ session: any SQLSession) throws(StoreFault) -> [String]? {
    let everywhere = scopes.filter { $0.regions == nil }.reduce(into: Set<Track>()) { $0.formUnion($1.tracks) }
    let lacking = Set(Track.allCases).subtracting(everywhere)
    if lacking.isEmpty { return [] }
    var alternatives: [String] = []
    if !everywhere.isEmpty {
      // What is not for everybody is little: it is listed, and the many are not looked up.
      let list = DeskConditions.list(lacking.map { Int($0.rawValue) })
      alternatives.append("c.suggestion NOT IN (SELECT id FROM suggestion WHERE track IN (\(list)))")
    }
    for scope in scopes {
      let tracks = scope.tracks.subtracting(everywhere)
      guard let regions = scope.regions, !tracks.isEmpty else { continue }
      let numbers = try DeskConditions.numbers(of: regions, session)
      guard !numbers.isEmpty else { continue }
      readsSuggestion = true
      let list = DeskConditions.list(tracks.map { Int($0.rawValue) })
      alternatives.append("g.track IN (\(list)) AND g.region IN (\(arguments.list(numbers)))")
    }
    return alternatives.isEmpty ? nil : ["(" + alternatives.joined(separator: " OR ") + ")"]
  }

  /// Those that some row has.
  private static func numbers(of regions: Set<String>, _ session: any SQLSession) throws(StoreFault) -> [Int] {
    var numbers: [Int] = []
    try session.each("SELECT id, text FROM code WHERE family = $1", [.integer(CodeFamily.region.rawValue)]) { row in
      if regions.contains(row.text(1)) { numbers.append(Int(row.integer(0))) }
    }
    return numbers
  }
}

extension DeskFilter {
  /// Whether what has no clock is left out.
  var isDated: Bool { dueFrom != nil || dueBy != nil }
}

extension StoredCodes {
  /// A handler by the numbers of a case file; nil where nobody has the case.
  func handler(_ unit: Int64, _ district: Int64, _ keeper: Int64) -> CaseHandler? {
    text(Int(unit)).map { CaseHandler(unit: $0, district: text(Int(district)), isStation: keeper != 0) }
  }
}
