/// The keywords as a tree with sorted children, the intermediate form the double array is packed from.
struct Trie {
  /// Per node: its children as (code, node), ascending by code.
  private(set) var children: [[(code: UInt16, node: Int)]] = [[]]
  /// Per node: numbers of the keywords that end there (two keywords may fold to the same scalars).
  private(set) var ending: [[UInt32]] = [[]]
  private(set) var lengths: [UInt32]

  init(_ keywords: [[UInt32]], code: (UInt32) -> UInt16) {
    lengths = keywords.map { UInt32($0.count) }
    for (number, keyword) in keywords.enumerated() where !keyword.isEmpty {
      var node = 0
      for scalar in keyword { node = child(of: node, code(scalar)) }
      ending[node].append(UInt32(number))
    }
  }

  private mutating func child(of node: Int, _ code: UInt16) -> Int {
    var low = 0
    var high = children[node].count
    while low < high {
      let middle = (low + high) / 2
      if children[node][middle].code < code { low = middle + 1 } else { high = middle }
    }
    if low < children[node].count, children[node][low].code == code { return children[node][low].node }
    let made = children.count
    children.append([])
    ending.append([])
    children[node].insert((code, made), at: low)
    return made
  }
}
