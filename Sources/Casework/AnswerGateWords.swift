internal import Text

/// What the gate knows of words: `rules/answers.yaml`, folded.
package struct AnswerGateWords: Sendable, Hashable {
  /// Letters beyond greetings below which an answer is empty; beyond phrases and the title said again, a template.
  let shortest: Int
  /// Letters beyond all phrases below which it is a template.
  let shortestSaid: Int
  /// The same where a phrase says that the message was handed on: the name of the unit is not enough.
  let shortestHandedOn: Int
  let greetings: AnswerGateWordList
  /// Greetings, phrases and words of handing on together.
  let generic: AnswerGateWordList
  let handedOn: AnswerGateWordList
  /// Promises, and longer words that contain one and are none.
  let promises: AnswerGateWordList
  let notPromises: AnswerGateWordList
  let askedOfOthers: AnswerGateWordList
  let dates: AnswerGateWordList
  let sites: AnswerGateWordList
  let areas: AnswerGateWordList
  let landmarks: AnswerGateWordList
  /// Ordinary words that end like a place, read backward, and those that begin with such an ending.
  let ordinaryBefore: AnswerGateWordList
  let ordinaryBehind: AnswerGateWordList
  /// What makes an office of a place's name.
  let units: AnswerGateWordList
  /// Characters no name contains.
  let never: Set<UInt32>
  /// Characters that end the tier above and belong to no name.
  let above: Set<UInt32>
  let references: AnswerGateWordList
  let enquiries: AnswerGateWordList
  /// Neighbouring characters, and single ones, that say nothing about a matter.
  let commonPairs: Set<UInt64>
  let commonCharacters: Set<UInt32>
  let officeNumbers: AnswerGateWordList
  let officePeople: AnswerGateWordList
  let officeAccounts: AnswerGateWordList
  let published: Set<String>
  let grounds: AnswerGateWordList

  /// - Parameter lists: by the key of the file; a missing one is empty.
  init(lengths: (empty: Int, said: Int, handedOn: Int), lists: [String: [String]], never: String, above: String) {
    func list(_ keys: String...) -> AnswerGateWordList { AnswerGateWordList(keys.flatMap { lists[$0] ?? [] }) }
    (shortest, shortestSaid, shortestHandedOn) = lengths
    greetings = list("greetings")
    generic = list("greetings", "phrases", "handed_on")
    handedOn = list("handed_on")
    promises = list("promises", "not_promises")
    notPromises = list("not_promises")
    askedOfOthers = list("asked_of_others")
    dates = list("dates")
    sites = list("sites")
    areas = list("areas")
    landmarks = list("landmarks")
    ordinaryBefore = AnswerGateWordList(lists["ordinary"] ?? [], backward: true)
    ordinaryBehind = list("ordinary")
    units = list("units")
    references = list("references")
    enquiries = list("enquiries")
    officeNumbers = list("office_numbers")
    officePeople = list("office_people")
    officeAccounts = list("office_accounts")
    published = Set(lists["published"] ?? [])
    grounds = list("grounds")
    self.never = Set(Folding.scalars(never))
    self.above = Set(Folding.scalars(above))
    let sayNothing = ["greetings", "phrases", "handed_on", "common", "promises", "grounds"]
      .flatMap { lists[$0] ?? [] }.map(Folding.scalars)
    commonPairs = sayNothing.reduce(into: []) { $0.formUnion(AnswerGateText.pairs($1)) }
    commonCharacters = sayNothing.reduce(into: self.never.union(self.above)) { $0.formUnion($1) }
  }
}
