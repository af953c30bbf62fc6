internal import Yams

/// One pass over a data file of the sign-off, gathering problems instead of stopping at the first.
struct SignOffReading {
  private var problems: [SignOffSettingFault.Problem] = []
  private let file: String
  let root: Node

  init(_ bytes: [UInt8], file: String) throws(SignOffSettingFault) {
    func refusal(_ line: Int, _ fact: SignOffSettingFault.Fact) -> SignOffSettingFault {
      SignOffSettingFault(file: file, problems: [SignOffSettingFault.Problem(line: line, fact: fact)])
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw refusal(1, .notUTF8) }
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      switch error {
      case .scanner(_, let words, let mark, _), .parser(_, let words, let mark, _),
        .composer(_, let words, let mark, _):
        throw refusal(mark.line, .notYAML(words))
      case .duplicatedKeysInMapping(let names, let context):
        throw refusal(context.mark.line, .repeatedKey(names.joined(separator: ", ")))
      default: throw refusal(1, .notYAML(""))
      }
    } catch {
      throw refusal(1, .notYAML(""))
    }
    guard let node, node.mapping != nil else { throw refusal(1, .wrongType(key: "", expected: "mapping")) }
    self.file = file
    root = node
  }

  mutating func report(_ node: Node, _ fact: SignOffSettingFault.Fact) {
    problems.append(SignOffSettingFault.Problem(line: node.mark?.line ?? 1, fact: fact))
  }

  /// Everything that was wrong, if anything was.
  func finish() throws(SignOffSettingFault) {
    if !problems.isEmpty { throw SignOffSettingFault(file: file, problems: problems) }
  }

  /// Reports keys nobody reads: a misspelt act must not silently become nobody's.
  mutating func allow(_ known: Set<String>, in node: Node) {
    for (key, _) in node.mapping ?? [:] where !known.contains(key.string ?? "") {
      report(key, .unknownKey(key.string ?? ""))
    }
  }

  mutating func text(_ key: String, in node: Node, isRequired: Bool = true) -> String? {
    guard let value = node[key] else {
      if isRequired { report(node, .missingKey(key)) }
      return nil
    }
    if let text = value.scalar?.string, !text.isEmpty { return text }
    report(value, .wrongType(key: key, expected: "text"))
    return nil
  }

  mutating func list(_ key: String, in node: Node, isRequired: Bool = true) -> [Node] {
    guard let value = node[key] else {
      if isRequired { report(node, .missingKey(key)) }
      return []
    }
    if let sequence = value.sequence { return Array(sequence) }
    report(value, .wrongType(key: key, expected: "list"))
    return []
  }

  mutating func texts(_ key: String, in node: Node, isRequired: Bool = true) -> [(text: String, node: Node)] {
    texts(key, list(key, in: node, isRequired: isRequired))
  }

  /// The elements of a list that is under a key.
  mutating func texts(_ key: String, _ nodes: [Node]) -> [(text: String, node: Node)] {
    var found: [(text: String, node: Node)] = []
    for node in nodes {
      if let text = node.scalar?.string, !text.isEmpty {
        found.append((text, node))
      } else {
        report(node, .wrongType(key: key, expected: "text"))
      }
    }
    return found
  }
}

extension SignOffDuties {
  /// Reads `rules/digest/signoff.yaml`. Everything wrong with it is reported at once.
  ///
  /// - Parameter known: codes of the roles there are.
  package init(yaml: [UInt8], file: String, roles known: Set<String>) throws(SignOffSettingFault) {
    var reading = try SignOffReading(yaml, file: file)
    reading.allow(["roles", "same_person"], in: reading.root)
    var roles: [SignOffAction: Set<String>] = [:]
    let acts = SignOffAction.allCases.filter { !$0.isAutomatic }
    if let table = reading.root["roles"], table.mapping != nil {
      reading.allow(Set(acts.map(\.code)), in: table)
      for act in acts {
        // An act that is nobody's would stop every issue: it has to be written, as an empty list if need be.
        for (code, node) in reading.texts(act.code, in: table) {
          if known.contains(code) { roles[act, default: []].insert(code) } else {
            reading.report(node, .unknownCode(key: act.code, code: code))
          }
        }
      }
    } else {
      reading.report(reading.root, .missingKey("roles"))
    }
    var shared: Set<Pair> = []
    for node in reading.list("same_person", in: reading.root) {
      let texts = reading.texts("same_person", node.sequence.map { Array($0) } ?? [])
      guard texts.count == 2 else {
        reading.report(node, .wrongType(key: "same_person", expected: "two steps"))
        continue
      }
      var steps: [SignOffStep] = []
      for (code, node) in texts {
        if let step = SignOffStep.allCases.first(where: { $0.code == code }) { steps.append(step) } else {
          reading.report(node, .unknownCode(key: "same_person", code: code))
        }
      }
      guard steps.count == 2 else { continue }
      if let pair = Pair(steps[0], steps[1]) { shared.insert(pair) } else {
        reading.report(node, .neverShared(steps[0].code, steps[1].code))
      }
    }
    try reading.finish()
    self.init(roles: roles, shared: shared)
  }
}

extension SignOffWords {
  /// Reads `rules/digest/words.yaml`. Everything wrong with it is reported at once.
  package init(yaml: [UInt8], file: String) throws(SignOffSettingFault) {
    var reading = try SignOffReading(yaml, file: file)
    reading.allow(["words"], in: reading.root)
    var words: [Word] = []
    for node in reading.list("words", in: reading.root) {
      guard node.mapping != nil else {
        reading.report(node, .wrongType(key: "words", expected: "mapping"))
        continue
      }
      reading.allow(["wrong", "right", "note", "except"], in: node)
      let wrong = reading.text("wrong", in: node)
      let right = reading.text("right", in: node)
      let note = reading.text("note", in: node, isRequired: false)
      var exceptions: [String] = []
      for (text, place) in reading.texts("except", in: node, isRequired: false) {
        // Another word hides nothing of this one.
        if let wrong, text == wrong || !text.contains(wrong) { reading.report(place, .strayException(text)) }
        exceptions.append(text)
      }
      guard let wrong, let right else { continue }
      if words.contains(where: { $0.wrong == wrong }) { reading.report(node, .repeatedName(key: "wrong", name: wrong)) }
      words.append(Word(wrong: wrong, right: right, note: note ?? "", except: exceptions))
    }
    try reading.finish()
    self.init(words)
  }
}
