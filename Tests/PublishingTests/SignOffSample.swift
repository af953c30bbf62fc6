import Publishing

/// Issues on their way into print, made up.
enum SignOffSample {
  static let now: Int64 = 1_753_000_000
  static let content = SignOffContent(
    hash: hash("a"), storeState: hash("b"), template: hash("c"), editing: hash("d"))
  static let other = SignOffContent(hash: hash("e"))

  static func hash(_ digit: Character) -> String { String(repeating: digit, count: 64) }

  static let opening = SignOffOpening(
    month: "2025-07", template: "monthly", actor: "wang", at: now, content: content)

  static let roles: [SignOffAction: Set<String>] = [
    .revise: ["publisher"], .signEdit: ["publisher"], .signFirst: ["publisher"], .signSecond: ["publisher", "lead"],
    .signThird: ["lead"], .tickSecrecy: ["publisher", "lead"], .tickPersonalData: ["publisher", "lead"],
    .accept: ["publisher"], .sendBack: ["publisher", "lead"], .publish: ["publisher", "lead"],
  ]

  /// Every pair that may be shared at all.
  static let pairs: [SignOffDuties.Pair] = SignOffStep.allCases.flatMap { one in
    SignOffStep.allCases.filter { $0.rawValue > one.rawValue }.compactMap { SignOffDuties.Pair(one, $0) }
  }

  /// As in the article: the editor is the first reviewer.
  static let duties = SignOffDuties(
    roles: roles,
    shared: Set(
      [
        SignOffDuties.Pair(.edit, .firstReview), SignOffDuties.Pair(.secrecy, .personalData),
        SignOffDuties.Pair(.secrecy, .secondReview), SignOffDuties.Pair(.personalData, .secondReview),
      ].compactMap(\.self)))

  static func actor(_ name: String, _ role: String = "publisher") -> SignOffActor {
    SignOffActor(name: name, display: name.uppercased(), role: role)
  }

  static func request(_ action: SignOffAction, _ content: SignOffContent = content) -> SignOffRequest {
    SignOffRequest(
      action, at: now, content: content, hits: [hit], reason: "看过", word: action == .accept ? hit : nil)
  }

  static let hit = SignOffHit(word: "窖井", part: "case 12 text", count: 2)

  /// Who does what in the article's house, in order.
  static let way: [(action: SignOffAction, name: String, role: String)] = [
    (.accept, "wang", "publisher"), (.signEdit, "wang", "publisher"), (.signFirst, "wang", "publisher"),
    (.signSecond, "wen", "publisher"), (.tickSecrecy, "wen", "publisher"), (.tickPersonalData, "wen", "publisher"),
    (.signThird, "zou", "lead"), (.publish, "wang", "publisher"),
  ]

  /// After so many acts of the way.
  static func history(_ count: Int) throws -> SignOffHistory {
    var history = SignOffHistory(opening)
    for (action, name, role) in way.prefix(count) {
      history.append(
        try SignOffLifecycle.outcome(
          of: request(action), on: try history.file(), by: actor(name, role), under: duties).get())
    }
    return history
  }

  /// The way as far as a state.
  static func history(to state: SignOffState) throws -> SignOffHistory {
    for count in 0...way.count {
      let history = try history(count)
      if try history.file().state == state { return history }
    }
    throw SignOffFault(number: 0, fact: .otherState(expected: state))
  }
}
