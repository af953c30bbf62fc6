/// 错词表: words that are wrong in print wherever they stand, with what is meant. `rules/digest/words.yaml`.
package struct SignOffWords: Sendable, Hashable {
  package struct Word: Sendable, Hashable {
    package var wrong: String
    package var right: String
    package var note: String
    /// Longer words that hold it and are right.
    package var except: [String]

    package init(wrong: String, right: String, note: String = "", except: [String] = []) {
      self.wrong = wrong
      self.right = right
      self.note = note
      self.except = except
    }
  }

  package let words: [Word]
  /// By the first scalar, the longest first; right ones hide the wrong ones inside.
  private let byFirst: [Unicode.Scalar: [(text: [Unicode.Scalar], word: Int?)]]

  package init(_ words: [Word]) {
    self.words = words
    var found: [Unicode.Scalar: [(text: [Unicode.Scalar], word: Int?)]] = [:]
    for (index, word) in words.enumerated() {
      for (text, number) in [(word.wrong, Optional(index))] + word.except.map({ ($0, nil) }) {
        let scalars = Array(text.unicodeScalars)
        if let first = scalars.first { found[first, default: []].append((scalars, number)) }
      }
    }
    byFirst = found.mapValues { $0.sorted { $1.text.count < $0.text.count } }
  }

  package static func == (left: SignOffWords, right: SignOffWords) -> Bool { left.words == right.words }
  package func hash(into hasher: inout Hasher) { hasher.combine(words) }

  /// What of the list stands in the parts of an issue: one hit for a word and a part, in the order of the parts and of
  /// the list.
  ///
  /// - Parameter parts: each with a name that stays, such as `foreword` or `case 12`.
  package func hits(in parts: [(name: String, text: String)]) -> [SignOffHit] {
    parts.flatMap { part in
      let counts = counts(in: Array(part.text.unicodeScalars))
      return words.indices.compactMap { index in
        counts[index].map { SignOffHit(word: words[index].wrong, part: part.name, count: $0) }
      }
    }
  }

  private func counts(in text: [Unicode.Scalar]) -> [Int: Int] {
    var counts: [Int: Int] = [:]
    var place = 0
    while place < text.count {
      let rest = text[place...]
      guard let found = byFirst[text[place]]?.first(where: { rest.starts(with: $0.text) }) else {
        place += 1
        continue
      }
      if let word = found.word { counts[word, default: 0] += 1 }
      place += found.text.count
    }
    return counts
  }

  package func word(_ wrong: String) -> Word? { words.first { $0.wrong == wrong } }
}

/// A word of the list in a part of an issue. It is nobody's words: the word is the list's.
package struct SignOffHit: Sendable, Hashable {
  /// As the list has it, the wrong one.
  package var word: String
  package var part: String
  /// How often it stands there.
  package var count: Int

  package init(word: String, part: String, count: Int) {
    self.word = word
    self.part = part
    self.count = count
  }
}
