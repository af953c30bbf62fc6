internal import Suggestions
internal import Yams

extension FormProfile {
  /// Reads a profile. Everything wrong with it is reported at once.
  /// - Parameter file: the file's name, for the report; without its ending it must be the profile's name.
  package init(yaml: [UInt8], file: String) throws(ProfileFault) {
    guard let text = String(validating: yaml, as: UTF8.self) else {
      throw ProfileFault(file: file, problems: [ProfileProblem(line: 1, fact: .notUTF8)])
    }
    let root: Node
    do {
      guard let node = try Yams.compose(yaml: text) else {
        throw ProfileFault(file: file, problems: [ProfileProblem(line: 1, fact: .missingKey("profile"))])
      }
      root = node
    } catch let fault as ProfileFault {
      throw fault
    } catch let error as YamlError {
      throw ProfileFault(file: file, problems: [ProfileReading.problem(error)])
    } catch {
      throw ProfileFault(file: file, problems: [ProfileProblem(line: 1, fact: .notYAML(""))])
    }
    var reading = ProfileReading(root: root, file: file)
    let profile = reading.profile()
    guard let profile, reading.problems.isEmpty else { throw ProfileFault(file: file, problems: reading.problems) }
    self = profile
  }
}

/// One pass over a profile's YAML, gathering problems instead of stopping at the first.
private struct ProfileReading {
  var problems: [ProfileProblem] = []
  private let root: Node
  private let file: String

  private static let keys: Set<String> = [
    "profile", "title", "title_en", "format", "source", "records", "fields", "channel", "zone", "dates", "defaults",
    "values", "required", "volatile", "detect",
  ]
  private static let codes: [String: Set<String>] = [
    "channel": [
      "web-form", "app", "chat", "opinion-book", "hotline", "letter", "visit", "wechat-mini", "kiosk", "api", "other",
    ],
    "kind": ["idea", "fault", "contribution", "praise", "enquiry", "other"],
    "act": ["photo", "help", "spread", "report"],
  ]

  init(root: Node, file: String) {
    self.root = root
    self.file = file
  }

  static func problem(_ error: YamlError) -> ProfileProblem {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ProfileProblem(line: mark.line, fact: .notYAML(problem))
    case .duplicatedKeysInMapping(let names, let context):
      ProfileProblem(line: context.mark.line, fact: .repeatedKey(names.joined(separator: ", ")))
    case .reader(let problem, _, _, _): ProfileProblem(line: 1, fact: .notYAML(problem))
    default: ProfileProblem(line: 1, fact: .notYAML(""))
    }
  }

  mutating func profile() -> FormProfile? {
    guard let mapping = root.mapping else {
      report(root, .wrongType(key: "profile", expected: "mapping"))
      return nil
    }
    for (key, _) in mapping where !ProfileReading.keys.contains(key.string ?? "") {
      report(key, .unknownKey(key.string ?? ""))
    }
    let name = text("profile")
    let title = text("title")
    let titleEnglish = text("title_en")
    let source = text("source")
    if let name, let node = root["profile"] {
      let stem = file.split(separator: "/").last.map { $0.split(separator: ".").first.map(String.init) ?? "" } ?? ""
      if name != stem { report(node, .nameDiffersFromFile(name: name, file: file)) }
    }
    guard let formatName = text("format") else { return nil }
    guard let format = IntakeFormat(rawValue: formatName) else {
      report(root["format"] ?? root, .unknownFormat(formatName))
      return nil
    }
    let places = format == .opinionBook ? [] : self.places(format)
    let mappings = self.mappings(format)
    let channel = text("channel", isRequired: false)
    if let channel { check(code: channel, of: "channel", at: root["channel"] ?? root) }
    let mapped = mappings.reduce(into: FieldSet()) { $0.insert($1.field) }
    let required = fields("required", mapped: format == .opinionBook ? nil : mapped)
    let volatile = fields("volatile", mapped: format == .opinionBook ? nil : mapped)
    let zone = self.zone()
    let dates = self.dates()
    guard let name, let title, let titleEnglish, let source, let zone else { return nil }
    return FormProfile(
      name: name, title: title, titleEnglish: titleEnglish, format: format, source: source, places: places,
      mappings: mappings, channel: channel, zone: zone, dates: dates, required: required, volatile: volatile,
      isDetected: text("detect", isRequired: false) != "false")
  }

  // MARK: parts

  private mutating func places(_ format: IntakeFormat) -> [[String]] {
    guard let node = root["records"] else {
      if format == .xml { report(root, .missingKey("records")) }
      return [[]]
    }
    return list(node, key: "records").compactMap { (text, node) -> [String]? in
      if format == .json {
        let steps = text.isEmpty ? [] : text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if steps.contains("") {
          report(node, .unreadablePath(key: "records", path: text))
          return nil
        }
        return steps
      }
      let steps = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      if !text.hasPrefix("/") || steps.isEmpty || steps.contains("") || text.contains("@") {
        report(node, .unreadablePath(key: "records", path: text))
        return nil
      }
      return steps
    }
  }

  private mutating func mappings(_ format: IntakeFormat) -> [FieldMapping] {
    var paths: [Field: [FieldPath]] = [:]
    let fieldsNode = root["fields"]
    if fieldsNode == nil, format != .opinionBook { report(root, .missingKey("fields")) }
    for (field, node) in entries("fields") {
      paths[field] = list(node, key: field.name).compactMap { (text, node) -> FieldPath? in
        if let path = FieldPath(text, format: format) { return path }
        report(node, .unreadablePath(key: field.name, path: text))
        return nil
      }
    }
    var fallbacks: [Field: String] = [:]
    for (field, node) in entries("defaults") {
      guard let value = node.scalar?.string else {
        report(node, .wrongType(key: field.name, expected: "text"))
        continue
      }
      check(code: value, of: field.name, at: node)
      fallbacks[field] = value
    }
    if let channel = root["channel"]?.scalar?.string, fallbacks[.channel] == nil { fallbacks[.channel] = channel }
    var values: [Field: [(written: String, stored: String)]] = [:]
    for (field, node) in entries("values") {
      guard let table = node.mapping else {
        report(node, .wrongType(key: field.name, expected: "mapping"))
        continue
      }
      for (written, stored) in table {
        guard let from = written.scalar?.string, let to = stored.scalar?.string else {
          report(written, .wrongType(key: field.name, expected: "text"))
          continue
        }
        check(code: to, of: field.name, at: stored)
        values[field, default: []].append((from, to))
      }
    }
    return Field.allCases.compactMap { field in
      guard paths[field] != nil || fallbacks[field] != nil || values[field] != nil else { return nil }
      return FieldMapping(
        field: field, paths: paths[field] ?? [], fallback: fallbacks[field], values: values[field] ?? [])
    }
  }

  private mutating func fields(_ key: String, mapped: FieldSet?) -> FieldSet {
    var result = FieldSet()
    guard let node = root[key] else { return result }
    for (name, node) in list(node, key: key) {
      guard let field = Field(name: name) else {
        report(node, .unknownField(name))
        continue
      }
      if let mapped, !mapped.contains(field) { report(node, .unmappedField(key: key, field: name)) }
      result.insert(field)
    }
    return result
  }

  private mutating func zone() -> DateZone? {
    let name = text("zone", isRequired: false) ?? "Asia/Shanghai"
    if let zone = DateZone(name) { return zone }
    report(root["zone"] ?? root, .unknownZone(name))
    return nil
  }

  private mutating func dates() -> [DatePattern] {
    guard let node = root["dates"] else { return [] }
    return list(node, key: "dates").compactMap { (text, node) -> DatePattern? in
      if let pattern = DatePattern(text) { return pattern }
      report(node, .unreadableDatePattern(text))
      return nil
    }
  }

  // MARK: YAML

  private mutating func text(_ key: String, isRequired: Bool = true) -> String? {
    guard let node = root[key] else {
      if isRequired { report(root, .missingKey(key)) }
      return nil
    }
    guard let value = node.scalar?.string, !value.isEmpty else {
      report(node, .wrongType(key: key, expected: "text"))
      return nil
    }
    return value
  }

  /// A mapping whose keys are standard fields.
  private mutating func entries(_ key: String) -> [(Field, Node)] {
    guard let node = root[key] else { return [] }
    guard let mapping = node.mapping else {
      report(node, .wrongType(key: key, expected: "mapping"))
      return []
    }
    var result: [(Field, Node)] = []
    for (name, value) in mapping {
      guard let field = Field(name: name.string ?? "") else {
        report(name, .unknownField(name.string ?? ""))
        continue
      }
      result.append((field, value))
    }
    return result
  }

  /// One text or a list of texts.
  private mutating func list(_ node: Node, key: String) -> [(String, Node)] {
    if let text = node.scalar?.string { return [(text, node)] }
    guard let sequence = node.sequence else {
      report(node, .wrongType(key: key, expected: "text or list"))
      return []
    }
    var result: [(String, Node)] = []
    for element in sequence {
      if let text = element.scalar?.string {
        result.append((text, element))
      } else {
        report(element, .wrongType(key: key, expected: "text"))
      }
    }
    return result
  }

  private mutating func check(code: String, of key: String, at node: Node) {
    if let known = ProfileReading.codes[key], !known.contains(code) {
      report(node, .unknownCode(key: key, code: code))
    }
  }

  private mutating func report(_ node: Node, _ fact: ProfileProblem.Fact) {
    problems.append(ProfileProblem(line: node.mark?.line ?? 1, fact: fact))
  }
}
