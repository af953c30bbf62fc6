import Foundation
import TestSupport
import Testing
import Yams

import Casework

/// The schemas editors use say what the readers read: on the shipped files, and on samples in which every key stands,
/// with each key taken out, misspelt, and given nonsense.
struct CaseworkSchemaTests {
  /// A file that is right and has every key its schema knows.
  static let samples: [(name: String, text: String)] = [
    (
      "casework",
      """
      returns: {most: 2, then: fallback}
      undo: {default: 10 minutes\(CaseAction.allCases.filter(\.isUndoable).map { ", \($0.code): 1 hour" }.joined())}
      reopen: 30 days
      claim: 20 minutes
      approval: [housing, "0501"]
      """
    ),
    (
      "clocks",
      """
      in_force: [a]
      sets:
        - id: one
          model: a
          title: 甲
          title_en: A
          when: {kind: fault, urgency: [danger, outage], track: ordinary, topic: "01", region: [430703]}
          from: 2025-01-01
          until: 2025-12-31
          clocks:
            answer: {within: 2 hours, start: received, stop: [told, closed], begins: next day, ends: working day, pauses: {writer: 1 day, returned: 1 working day}, extension: {most: 3 working days, times: 2}}
      \(ClockKind.allCases.filter { $0 != .answer }.map { "      \($0.code): {within: 2 hours, start: received, stop: told}" }.joined(separator: "\n"))
      """
    ),
    (
      "calendar",
      """
      hours:
        - {from: 05-01, until: 09-30, open: ["08:00-12:00", "15:00-18:00"]}
        - {open: 08:30-12:00}
      years:
        - year: 2025
          notices: http://www.gov.cn/
          holidays: [{name: 元旦, off: 2025-01-01, work: [2024-12-28..2024-12-29]}]
      overrides: [{days: 2025-08-01..2025-08-02, off: true, name: 台风, region: 430703}]
      """
    ),
    (
      "reminders",
      """
      steps:
        - {code: soon, clocks: [sign, answer], kind: idea, urgency: danger, track: sensitive, share: 80, to: [unit, lead], letter: a}
        - {code: before, clocks: sign, before: 1 hour, to: unit, act: letter, letter: a}
        - {code: late, clocks: sign, after: 1 working day, to: supervisor, act: propose-supervision, letter: a}
      letters:
        a: {title: 甲, title_en: A, text: "{number}", text_en: "{number}"}
      """
    ),
    (
      "retention",
      """
      originals: {closed: 1095 days, rejected: 365 days, archived: 1 day, except: [sensitive, reopened]}
      quarantine: 365 days
      messages: {settled: 30 days, failed: 90 days}
      sessions: 1 day
      """
    ),
    (
      "answers",
      """
      lengths: {empty: 4, said: 12, handed_on: 24}
      \(["greetings", "phrases", "handed_on", "promises", "not_promises", "asked_of_others", "dates", "common",
        "office_numbers", "office_people", "office_accounts", "published", "grounds"].map { "\($0): [甲, 乙]" }.joined(separator: "\n"))
      places:
        never: 的了
        above: 市县
      \(["sites", "areas", "landmarks", "ordinary", "units", "references", "enquiries"].map { "  \($0): [甲, 乙]" }.joined(separator: "\n"))
      """
    ),
  ]

  /// The codes of what the reader reports.
  static func read(_ name: String, _ text: String) -> [String] {
    let bytes = Array(text.utf8)
    do throws(SettingFault) {
      switch name {
      case "casework": _ = try CaseLimits(yaml: bytes, file: name)
      case "clocks": _ = try ClockBook(yaml: bytes, file: name)
      case "calendar": _ = try CalendarBook(yaml: bytes, file: name)
      case "retention": _ = try RetentionPolicy(yaml: bytes, file: name)
      case "answers": _ = try AnswerGateWords(yaml: bytes, file: name)
      case "calendar.local": _ = try CalendarBook(yaml: bytes, file: name, isLocal: true)
      default: _ = try ReminderLadder(yaml: bytes, file: name)
      }
      return []
    } catch { return error.problems.map(\.code) }
  }

  static func schema(_ name: String) throws -> JSONValue {
    try JSONValue(Data(#require(CaseworkSchema.text(name)).utf8))
  }

  static func check(_ name: String, _ text: String) throws -> [String] {
    SchemaCheck.faults(of: try #require(try Yams.compose(yaml: text)), against: try schema(name))
  }

  @Test(arguments: CaseworkSchema.names) func theFilesInTheFolderAreUpToDate(_ name: String) throws {
    let written = try String(decoding: PackageRoot.bytes("rules/schema/\(name).schema.json"), as: UTF8.self)
    // Written by `golden-ideas rules schema`.
    #expect(written == CaseworkSchema.text(name))
  }

  @Test func theShippedFilesAreValid() throws {
    for name in CaseworkSchema.names where name != "calendar.local" {
      let text = try String(decoding: PackageRoot.bytes("rules/\(name).yaml"), as: UTF8.self)
      #expect(try Self.check(name, text) == [], "\(name)")
    }
    let local = "overrides: [{days: 2026-08-01, off: true, name: 台风}]"
    #expect(try Self.check("calendar.local", local) == [] && Self.read("calendar.local", local) == [])
    #expect(try Self.check("calendar", local) == ["/hours: required"])
    #expect(CaseworkSchema.text("stations") == nil)
  }

  @Test func everyKeyHasAWordForTheEditor() throws {
    func look(_ schema: JSONValue, _ path: String) {
      if schema.keys.isEmpty { return }
      for key in schema["properties"].keys {
        let property = schema["properties"][key]
        #expect(property["description"].text?.contains("/ ") ?? false, "\(path)/\(key)")
        look(property, "\(path)/\(key)")
      }
      if !schema["properties"].keys.isEmpty { #expect(schema["additionalProperties"] == .bool(false), "\(path)") }
      for part in [schema["items"], schema["additionalProperties"]] + schema["anyOf"].list { look(part, path) }
    }
    for name in CaseworkSchema.names { look(try Self.schema(name), name) }
  }

  // MARK: Reader and schema

  /// A place in a document: the keys and indices that lead to it.
  typealias Path = [Node]

  static func paths(of node: Node, at path: Path = []) -> [Path] {
    var paths: [Path] = []
    for (key, value) in node.mapping ?? [:] { paths += [path + [key]] + Self.paths(of: value, at: path + [key]) }
    for (index, value) in (node.sequence ?? []).enumerated() { paths += Self.paths(of: value, at: path + [Node("\(index)")]) }
    return paths
  }

  /// The document with the entry at a path changed; nil takes it out.
  static func changing(_ node: Node, at path: Path, _ change: (Node, Node) -> (Node, Node)?) -> Node {
    guard let step = path.first else { return node }
    if let sequence = node.sequence {
      var elements = Array(sequence)
      let index = Int(step.string ?? "") ?? 0
      elements[index] = changing(elements[index], at: Array(path.dropFirst()), change)
      return Node(elements)
    }
    let pairs = (node.mapping ?? [:]).compactMap { key, value -> (Node, Node)? in
      guard key == step else { return (key, value) }
      return path.count == 1 ? change(key, value) : (key, changing(value, at: Array(path.dropFirst()), change))
    }
    return Node(pairs)
  }

  @Test(arguments: samples.map(\.name)) func readerAndSchemaAgree(_ name: String) throws {
    let text = try #require(Self.samples.first { $0.name == name }?.text)
    let root = try #require(try Yams.compose(yaml: text))
    let schema = try Self.schema(name)
    #expect(Self.read(name, text) == [] && SchemaCheck.faults(of: root, against: schema) == [])
    for path in Self.paths(of: root) {
      let words = path.map { $0.string ?? "" }.joined(separator: "/")
      func verdicts(_ change: (Node, Node) -> (Node, Node)?) throws -> (reader: [String], schema: [String]) {
        let changed = Self.changing(root, at: path, change)
        return (
          Self.read(name, try Yams.serialize(node: changed, allowUnicode: true)),
          SchemaCheck.faults(of: changed, against: schema)
        )
      }
      // A season has a first and a last day; the schema does not say so.
      let isSeason = name == "calendar" && ["from", "until"].contains(path.last?.string)
      let without = try verdicts { _, _ in nil }
      let isMissed = without.reader.contains { ["missing-key", "not-one-of"].contains($0) } && !isSeason
      #expect(without.schema.isEmpty != isMissed, "\(words) \(without)")
      let misspelt = try verdicts { (Node("x-" + ($0.string ?? "")), $1) }
      let isFree = name == "reminders" && path.count == 2 && path[0] == "letters"
      #expect(isFree || (!misspelt.reader.isEmpty && !misspelt.schema.isEmpty), "\(words) \(misspelt)")
      // The schema is never stricter than the reader.
      for nonsense in [Node("maybe not"), Node([Node("a"), Node("b")]), Node([(Node("a"), Node("b"))]), Node("99999")] {
        let odd = try verdicts { key, _ in (key, nonsense) }
        #expect(odd.schema.isEmpty || !odd.reader.isEmpty, "\(words) \(nonsense) \(odd)")
      }
    }
  }

  /// The samples leave no key of a schema out.
  @Test(arguments: samples.map(\.name)) func theSamplesHaveEveryKey(_ name: String) throws {
    func keys(_ schema: JSONValue) -> Set<String> {
      if schema.keys.isEmpty { return [] }
      var found = schema["properties"].keys
      for key in schema["properties"].keys { found.formUnion(keys(schema["properties"][key])) }
      for part in [schema["items"], schema["additionalProperties"]] + schema["anyOf"].list { found.formUnion(keys(part)) }
      return found
    }
    let text = try #require(Self.samples.first { $0.name == name }?.text)
    let written = Set(Self.paths(of: try #require(try Yams.compose(yaml: text))).compactMap { $0.last?.string })
    #expect(keys(try Self.schema(name)).isSubset(of: written))
  }
}
