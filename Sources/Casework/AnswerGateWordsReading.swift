internal import Yams

extension AnswerGateWords {
  /// Reads `rules/answers.yaml`. Everything wrong with it is reported at once.
  package init(yaml: [UInt8], file: String) throws(SettingFault) {
    var reading = try SettingReading(yaml, file: file)
    let root = reading.root
    var lists: [String: [String]] = [:]
    reading.allow(.answers, in: root)
    for key in SettingShape.answers.wordLists { lists[key] = reading.words(key, in: root) }
    var lengths = (empty: 0, said: 0, handedOn: 0)
    if let node = reading.mapping("lengths", in: root, isRequired: true) {
      reading.allow(.answerLengths, in: node)
      lengths.empty = reading.number("empty", in: node, 1...50) ?? 0
      lengths.said = reading.number("said", in: node, 1...200) ?? 0
      lengths.handedOn = reading.number("handed_on", in: node, 1...200) ?? 0
    }
    var never = ""
    var above = ""
    if let node = reading.mapping("places", in: root, isRequired: true) {
      reading.allow(.answerPlaces, in: node)
      for key in SettingShape.answerPlaces.wordLists { lists[key] = reading.words(key, in: node) }
      never = reading.text("never", in: node) ?? ""
      above = reading.text("above", in: node) ?? ""
    }
    let words = AnswerGateWords(lengths: lengths, lists: lists, never: never, above: above)
    self = try reading.finish(words, file: file)
  }
}

extension SettingReading {
  /// Scalars a word may have: each place of a text is looked at as far as the longest word goes.
  private static let longestWord = 24

  /// A list of words that is there, each once and not too long.
  fileprivate mutating func words(_ key: String, in node: Node) -> [String] {
    if node[key] == nil { report(node, .missingKey(key)) }
    var seen: Set<String> = []
    let all = texts(key, in: node)
    for (text, place) in all {
      if !(1...Self.longestWord).contains(text.unicodeScalars.count) {
        report(place, .outOfRange(key: key, text: text))
      } else if !seen.insert(text).inserted {
        report(place, .repeatedName(key: key, name: text))
      }
    }
    return all.map(\.text)
  }
}
