internal import Suggestions
internal import Yams

extension ReminderLadder {
  /// Reads `rules/reminders.yaml`. Everything wrong with it is reported at once.
  package init(yaml: [UInt8], file: String) throws(SettingFault) {
    var reading = try SettingReading(yaml, file: file)
    let root = reading.root
    reading.allow(.reminders, in: root)
    var letters: [String: ReminderLetter] = [:]
    if let table = reading.mapping("letters", in: root, isRequired: true) {
      for (key, value) in table.mapping ?? [:] {
        let name = key.string ?? ""
        guard value.mapping != nil else {
          reading.report(value, .wrongType(key: name, expected: "mapping"))
          continue
        }
        // A faulty letter is a letter all the same, or each step that sends it would be reported too.
        letters[name] = reading.letter(value)
      }
    }
    var rungs: [ReminderRung] = []
    for node in reading.mappings("steps", in: root, isRequired: true) {
      guard let rung = reading.rung(node, letters: letters) else { continue }
      if rungs.contains(where: { $0.covers(rung) }) { reading.report(node, .neverHappens(rung.code)) }
      rungs.append(rung)
    }
    self = try reading.finish(ReminderLadder(rungs: rungs), file: file)
  }
}

extension SettingReading {
  fileprivate mutating func letter(_ node: Node) -> ReminderLetter {
    allow(.letter, in: node)
    var texts: [String] = []
    for key in ["title", "text", "title_en", "text_en"] {
      let text = text(key, in: node) ?? ""
      for name in ReminderLetter.unknownNames(in: text) {
        report(node[key] ?? node, .unknownCode(key: key, code: "{\(name)}"))
      }
      texts.append(text)
    }
    return ReminderLetter(title: texts[0], text: texts[1], titleEnglish: texts[2], textEnglish: texts[3])
  }

  fileprivate mutating func rung(_ node: Node, letters: [String: ReminderLetter]) -> ReminderRung? {
    allow(.rung, in: node)
    let code = stepCode(in: node)
    for key in ["clocks", "to"] where node[key] == nil { report(node, .missingKey(key)) }
    let clocks = codes("clocks", in: node, of: ClockKind.allCases, \.code)
    let to = codes("to", in: node, of: ReminderRecipient.allCases, \.code)
    let when = when(in: node)
    if case .after = when, !clocks.isEmpty, clocks.allSatisfy(\.isWindow) {
      report(node["after"] ?? node, .neverHappens(code ?? ""))
    }
    let act = text("act", in: node, isRequired: false).flatMap {
      self.code($0, at: node["act"] ?? node, key: "act", of: ReminderRung.Act.allCases, \.code)
    }
    var letter: ReminderLetter?
    if let name = text("letter", in: node) {
      letter = letters[name]
      if letter == nil { report(node["letter"] ?? node, .unknownCode(key: "letter", code: name)) }
    }
    guard let code, !clocks.isEmpty, !to.isEmpty, let when, let letter else { return nil }
    var rung = ReminderRung(
      code, clocks: Set(clocks), when: when, to: to, act: act ?? .letter, letter: letter)
    rung.kinds = Set(codes("kind", in: node, of: Kind.allCases, \.code))
    rung.urgencies = Set(codes("urgency", in: node, of: Urgency.allCases, \.code))
    rung.tracks = Set(codes("track", in: node, of: Track.allCases, \.code))
    return rung
  }

  /// A small letter, then small letters, digits and dashes: it is kept with every step taken.
  private mutating func stepCode(in node: Node) -> String? {
    guard let code = text("code", in: node) else { return nil }
    let isPlain = code.utf8.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || $0 == 0x2D }
    if isPlain, code.utf8.count <= 40, code.utf8.first.map({ 0x61...0x7A ~= $0 }) ?? false { return code }
    report(node["code"] ?? node, .outOfRange(key: "code", text: code))
    return nil
  }

  /// Exactly one of the three.
  private mutating func when(in node: Node) -> ReminderRung.When? {
    let keys = SettingShape.rung.choice.filter { node[$0] != nil }
    guard keys.count == 1, let key = keys.first else {
      report(node, .notOneOf(SettingShape.rung.choice))
      return nil
    }
    switch key {
    case "share": return number(key, in: node, 1...99).map { .share($0) }
    case "before": return allowance(key, in: node).map { .before($0) }
    default: return allowance(key, in: node).map { .after($0) }
    }
  }
}
