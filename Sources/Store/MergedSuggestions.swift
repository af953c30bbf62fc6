/// Which suggestions people merged, read whole: there are as many as people have pressed a key for.
struct MergedSuggestions {
  /// The suggestion each merged one was put into.
  private(set) var parents: [Int: Int] = [:]
  /// The one each is handled with, which is merged into none.
  private var roots: [Int: Int] = [:]
  private var groups: [Int: [Int]] = [:]

  init(_ session: any SQLSession) throws(StoreFault) {
    try session.each("SELECT id, merged_into, root FROM suggestion WHERE root IS NOT NULL ORDER BY id", []) { row in
      let id = Int(row.integer(0))
      parents[id] = row.optionalInteger(1).map { Int($0) }
      roots[id] = Int(row.integer(2))
      groups[Int(row.integer(2)), default: []].append(id)
    }
  }

  /// From who was merged into whom alone; a circle, which cannot be, leaves its members to themselves.
  init(parents: [Int: Int]) {
    self.parents = parents
    for id in parents.keys.sorted() {
      var root = id
      var steps = 0
      while let next = parents[root], steps <= parents.count {
        root = next
        steps += 1
      }
      guard steps <= parents.count else { continue }
      roots[id] = root
      groups[root, default: []].append(id)
    }
  }

  /// Nil for one that is not merged.
  func root(of id: Int) -> Int? { roots[id] }

  /// All that are handled with it, by number; empty for one that is merged itself.
  func group(of id: Int) -> [Int] { groups[id] ?? [] }

  var allRoots: [Int] { groups.keys.sorted() }

  /// What was merged into it, and into that.
  func below(_ id: Int) -> [Int] {
    parents.keys.filter { candidate in
      var next = parents[candidate]
      var steps = 0
      while let parent = next, steps <= parents.count {
        if parent == id { return true }
        next = parents[parent]
        steps += 1
      }
      return false
    }.sorted()
  }
}
