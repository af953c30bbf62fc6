import Suggestions

/// What must be true of matters after any sequence of records and acts, kept as plainly as can be.
struct MatterModel {
  struct Submission {
    /// Which it came to.
    var suggestion: Int
    /// Nil for somebody unknown.
    var writer: String?
    var text: String
    /// All it has ever said.
    var versions: Set<String>
    /// Whoever wrote it is not counted any more, and nothing of it is known but its number and whom it came to.
    var isErased = false
  }

  /// By number, from 1.
  private(set) var submissions: [Submission] = []
  /// Into which each merged suggestion was put.
  var parents: [Int: Int] = [:]
  var states: [Int: CaseState] = [:]
  /// By case that takes a matter up the first case of that.
  var links: [Int: Int] = [:]

  var suggestions: [Int] { submissions.indices.map { $0 + 1 }.filter { submissions[$0 - 1].suggestion == $0 } }

  func state(_ id: Int) -> CaseState { states[id] ?? .pending }

  // MARK: Records

  /// A new submission: joined to the first that says the same, or to whoever has its matter by now.
  mutating func add(_ text: String, writer: String?) {
    let number = submissions.count + 1
    var suggestion = number
    if let same = submissions.first(where: { $0.text == text && !$0.isErased })?.suggestion {
      suggestion = same
      if isOver(same) {
        let open = members(same).filter { !isOver($0) }.max()
        suggestion = open ?? number
        if open == nil { links[number] = first(same) }
      }
    }
    submissions.append(Submission(suggestion: suggestion, writer: writer, text: text, versions: [text]))
  }

  /// A submission with another text; false when it said that before, or was erased.
  mutating func revise(_ number: Int, _ text: String) -> Bool {
    guard !submissions[number - 1].isErased, submissions[number - 1].versions.insert(text).inserted else { return false }
    submissions[number - 1].text = text
    return true
  }

  mutating func erase(_ number: Int) { submissions[number - 1].isErased = true }

  // MARK: Merged ones

  func root(_ id: Int) -> Int { parents[id].map(root) ?? id }

  /// The suggestions of a case; of a merged one itself alone.
  func group(_ id: Int) -> [Int] { parents[id] == nil ? suggestions.filter { root($0) == id } : [id] }

  func counts(_ id: Int) -> (support: Int, submissions: Int) {
    let group = Set(group(id))
    let writers = submissions.filter { group.contains($0.suggestion) && !$0.isErased }.map(\.writer)
    return (Set(writers.compactMap(\.self)).count + writers.count { $0 == nil }, writers.count)
  }

  // MARK: Matters that came again

  func isOver(_ id: Int) -> Bool { [.closed, .archived].contains(state(root(id))) }

  func cases(_ id: Int) -> Set<Int> {
    var found: Set = [root(id)]
    var grew = true
    while grew {
      grew = false
      for (one, other) in links where found.contains(root(one)) != found.contains(root(other)) {
        found.formUnion([root(one), root(other)])
        grew = true
      }
    }
    return found
  }

  func first(_ id: Int) -> Int { cases(id).min() ?? id }

  /// By which its cases are told to be one.
  private func members(_ id: Int) -> [Int] {
    let cases = cases(id)
    return links.flatMap { [$0.key, $0.value] }.filter { cases.contains(root($0)) }
  }

  /// Suggestion, first case and the open one, 0 for none, of all that is done with.
  var ended: [[Int]] {
    suggestions.filter(isOver).map { id in [id, first(id), members(id).filter { !isOver($0) }.max() ?? 0] }
  }
}
