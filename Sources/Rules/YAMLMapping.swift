internal import Yams

/// A YAML mapping that remembers file and line and reports what is wrong instead of stopping at the first fault.
struct YAMLMapping {
  let file: String
  let line: Int
  private let mapping: Node.Mapping

  /// Collects problems over all files of a book.
  final class Log {
    var problems: [RuleProblem] = []
    func note(_ file: String, _ line: Int, _ fault: RuleProblem.Fault) {
      problems.append(RuleProblem(file: file, line: line, fault: fault))
    }
  }

  init?(_ source: RuleFile, log: Log) {
    do {
      guard let node = try Yams.compose(yaml: String(decoding: source.bytes, as: UTF8.self)), let mapping = node.mapping
      else {
        log.note(source.path, 1, .wrongType(key: "", expected: "mapping"))
        return nil
      }
      self.init(file: source.path, node: node, mapping: mapping)
    } catch let error as YamlError {
      log.note(source.path, YAMLMapping.line(of: error), .syntax(YAMLMapping.words(of: error)))
      return nil
    } catch {
      log.note(source.path, 1, .syntax("YAML"))
      return nil
    }
  }

  private init(file: String, node: Node, mapping: Node.Mapping) {
    self.file = file
    line = node.mark?.line ?? 1
    self.mapping = mapping
  }

  static func line(of error: YamlError) -> Int {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    default: 1
    }
  }

  static func words(of error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
    default: "YAML"
    }
  }

  func line(of key: String) -> Int { mapping[Node(key)]?.mark?.line ?? line }

  func has(_ key: String) -> Bool { mapping[Node(key)] != nil }

  func string(_ key: String, log: Log) -> String? {
    guard let node = mapping[Node(key)] else { return nil }
    guard let scalar = node.scalar else {
      log.note(file, node.mark?.line ?? line, .wrongType(key: key, expected: "text"))
      return nil
    }
    return scalar.string
  }

  func required(_ key: String, log: Log) -> String? {
    if !has(key) { log.note(file, line, .missingKey(key)) }
    return string(key, log: log)
  }

  func integer(_ key: String, log: Log) -> Int? {
    guard let text = string(key, log: log) else { return nil }
    guard let value = Int(text) else {
      log.note(file, line(of: key), .wrongType(key: key, expected: "whole number"))
      return nil
    }
    return value
  }

  /// A list of texts; a single text counts as a list of one.
  func strings(_ key: String, log: Log) -> [(text: String, line: Int)] {
    guard let node = mapping[Node(key)] else { return [] }
    if let scalar = node.scalar { return [(scalar.string, node.mark?.line ?? line)] }
    guard let sequence = node.sequence else {
      log.note(file, node.mark?.line ?? line, .wrongType(key: key, expected: "list"))
      return []
    }
    return sequence.compactMap { item in
      guard let scalar = item.scalar else {
        log.note(file, item.mark?.line ?? line, .wrongType(key: key, expected: "list of texts"))
        return nil
      }
      return (scalar.string, item.mark?.line ?? line)
    }
  }

  /// An entry of a list that holds texts and, where more is to be said, mappings.
  enum Item {
    case text(String, line: Int)
    case mapping(YAMLMapping)
  }

  /// A list of texts and mappings; a single one counts as a list of one.
  func items(_ key: String, log: Log) -> [Item] {
    guard let node = mapping[Node(key)] else { return [] }
    func item(_ node: Node) -> Item? {
      if let scalar = node.scalar { return .text(scalar.string, line: node.mark?.line ?? line) }
      if let inner = node.mapping { return .mapping(YAMLMapping(file: file, node: node, mapping: inner)) }
      log.note(file, node.mark?.line ?? line, .wrongType(key: key, expected: "list of texts"))
      return nil
    }
    if let sequence = node.sequence { return sequence.compactMap(item) }
    return [node].compactMap(item)
  }

  func flag(_ key: String, log: Log) -> Bool? {
    guard let text = string(key, log: log) else { return nil }
    if text == "true" || text == "false" { return text == "true" }
    log.note(file, line(of: key), .wrongType(key: key, expected: "true or false"))
    return nil
  }

  func mappings(_ key: String, log: Log) -> [YAMLMapping] {
    guard let node = mapping[Node(key)] else { return [] }
    guard let sequence = node.sequence else {
      log.note(file, node.mark?.line ?? line, .wrongType(key: key, expected: "list"))
      return []
    }
    return sequence.compactMap { item in
      guard let inner = item.mapping else {
        log.note(file, item.mark?.line ?? line, .wrongType(key: key, expected: "list of mappings"))
        return nil
      }
      return YAMLMapping(file: file, node: item, mapping: inner)
    }
  }

  func submapping(_ key: String, log: Log) -> YAMLMapping? {
    guard let node = mapping[Node(key)] else { return nil }
    guard let inner = node.mapping else {
      log.note(file, node.mark?.line ?? line, .wrongType(key: key, expected: "mapping"))
      return nil
    }
    return YAMLMapping(file: file, node: node, mapping: inner)
  }

  /// Keys in the order written.
  var keys: [String] { mapping.keys.compactMap(\.string) }

  /// Reports keys nobody reads: a misspelt condition must not silently widen a rule.
  func allow(_ known: Set<String>, log: Log) {
    for (key, _) in mapping {
      guard let name = key.string, !known.contains(name) else { continue }
      log.note(file, key.mark?.line ?? line, .unknownKey(name))
    }
  }
}
