/// What somebody looks for: terms that all have to stand in one title or body, each as it is written.
///
/// It is made of words alone. There is no language of signs in it: quotation marks, stars and the like part terms as
/// any other sign does.
package struct SearchQuery: Sendable {
  /// Units that follow one another.
  struct Term: Sendable {
    var scalars: [UInt32]
    var shapes: [SearchableText.Shape]
  }

  let terms: [Term]
  package let folding: SearchFolding

  private static let mostTerms = 8
  private static let longestTerm = 64

  /// - Parameter text: as it was typed; what stands between white space are terms of their own. Of a very long text the
  ///   beginning.
  package init(_ text: String, folding: SearchFolding) {
    self.folding = folding
    var terms: [Term] = []
    for part in text.split(whereSeparator: \.isWhitespace) {
      var term = Term(scalars: [], shapes: [])
      for scalar in folding.fold(Array(part.utf8)).scalars {
        let shape = SearchableText.shape(scalar)
        if shape == .other || term.scalars.count == SearchQuery.longestTerm {
          terms.append(term)
          term = Term(scalars: [], shapes: [])
        }
        if shape == .other { continue }
        term.scalars.append(scalar)
        term.shapes.append(shape)
      }
      terms.append(term)
    }
    self.terms = Array(terms.filter { !$0.scalars.isEmpty }.prefix(SearchQuery.mostTerms))
  }

  /// Nothing is looked for: there were only signs, or nothing.
  package var isEmpty: Bool { terms.isEmpty }
}

extension SearchQuery.Term {
  /// Where it stands in a text, as ranges of units, none over another.
  ///
  /// A word of letters is found where it begins a word, a number only whole: 12 is not in 120. White space in the text
  /// may stand inside Chinese and between a number and what it counts.
  func places(in units: [SearchableText.Unit], most: Int) -> [Range<Int>] {
    var places: [Range<Int>] = []
    var index = 0
    while index + scalars.count <= units.count, places.count < most {
      if units[index].scalar == scalars[0], stands(at: index, in: units) {
        places.append(index..<index + scalars.count)
        index += scalars.count
      } else {
        index += 1
      }
    }
    return places
  }

  private func stands(at index: Int, in units: [SearchableText.Unit]) -> Bool {
    for step in 1..<scalars.count {
      let unit = units[index + step]
      guard unit.scalar == scalars[step], unit.gap != .cut else { return false }
      if unit.gap == .space, shapes[step] != .ideograph, shapes[step] == shapes[step - 1] { return false }
    }
    if shapes[0] != .ideograph, index > 0, SearchableText.goesOn(units[index], from: units[index - 1].shape) {
      return false
    }
    let end = index + scalars.count
    return shapes[scalars.count - 1] != .digit || end == units.count || !SearchableText.goesOn(units[end], from: .digit)
  }

  /// A word every text with the term is kept under.
  enum Key: Hashable {
    case word([UInt8])
    /// Any word that begins so.
    case beginning([UInt8])
  }

  var keys: [Key] {
    var keys: [Key] = []
    var beginnings: [Key] = []
    var start = 0
    while start < scalars.count {
      let shape = shapes[start]
      var end = start + 1
      while end < scalars.count, shapes[end] == shape { end += 1 }
      let isLast = end == scalars.count
      if shape == .ideograph {
        for place in start..<end - 1 { keys.append(.word(SearchWords.bytes(scalars[place...place + 1]))) }
        if end - start == 1 { beginnings.append(.beginning(SearchWords.bytes(scalars[start..<end]))) }
      } else {
        let bytes = SearchWords.bytes(scalars[start..<min(end, start + SearchWords.longest)])
        keys.append(shape == .letter && isLast ? .beginning(bytes) : .word(bytes))
      }
      start = end
    }
    // One character says little, and is many words.
    return keys.isEmpty ? beginnings : keys
  }
}
