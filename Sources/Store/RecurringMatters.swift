/// Which cases are one matter that came again, read whole: who takes up whom, and what people merged.
///
/// A case and what was merged into it are one; a case and the first one of the matter it takes up are of one matter.
/// Both are followed wherever they lead, so that the order in which things were merged, parted and closed does not tell.
struct RecurringMatters {
  private let merged: MergedSuggestions
  /// By case or merged suggestion its matter, which is told by the smallest of its cases; only what came again is here.
  private var matters: [Int: Int] = [:]
  private var groups: [Int: [Int]] = [:]
  /// By matter the suggestions that take it up or are taken up, merged or not.
  private var links: [Int: [Int]] = [:]
  private let taking: Set<Int>

  init(_ session: any SQLSession) throws(StoreFault) {
    merged = try MergedSuggestions(session)
    let told = try session.all("SELECT suggestion, first FROM recurrence ORDER BY suggestion") {
      (Int($0.integer(0)), Int($0.integer(1)))
    }
    taking = Set(told.map(\.0))
    link(told)
  }

  private mutating func link(_ told: [(Int, Int)]) {
    var parents: [Int: Int] = [:]
    func top(_ id: Int) -> Int {
      var id = id
      while let parent = parents[id], parent != id { id = parent }
      return id
    }
    for (suggestion, first) in told {
      let (one, other) = (top(handled(suggestion)), top(handled(first)))
      parents[max(one, other)] = min(one, other)
      parents[min(one, other)] = min(one, other)
    }
    for id in parents.keys.sorted() {
      let matter = top(id)
      matters[id] = matter
      groups[matter, default: []].append(id)
    }
    for id in Set(told.flatMap { [$0.0, $0.1] }).sorted() { links[first(of: id), default: []].append(id) }
  }

  /// The case a suggestion is handled with: itself unless it is merged.
  func handled(_ id: Int) -> Int { merged.root(of: id) ?? id }

  /// The first case of a suggestion's matter: the one it is handled with where the matter never came again.
  func first(of id: Int) -> Int { matters[handled(id)] ?? handled(id) }

  /// The cases of a matter by number; one alone where it never came again.
  func cases(of id: Int) -> [Int] { groups[first(of: id)] ?? [handled(id)] }

  /// Whether it was told to take up a matter, be that merged into it since.
  func takesUp(_ id: Int) -> Bool { taking.contains(id) }

  /// The suggestions of a matter by which its cases are told to be one, by number; those that are merged stay themselves.
  func members(of first: Int) -> [Int] { links[first] ?? [] }

  /// The first cases of all matters that came again.
  var allFirst: [Int] { groups.filter { $0.value.count > 1 }.keys.sorted() }

  /// Suggestions that are merged into others.
  var allMerged: [Int] { merged.allRoots.flatMap { merged.group(of: $0) } }
}
