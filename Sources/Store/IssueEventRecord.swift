internal import Crypto
internal import Foundation
internal import Publishing

/// What was done to an issue as the payload of its event. Keys never change their meaning; a reader passes over keys it
/// does not know.
struct IssueEventRecord: Codable {
  /// Acts on issues are told from other events by the beginning of their name.
  static let prefix = "digest."
  static let opening = "digest.open"

  struct Opening: Codable {
    var month: String
    var template: String
    var corrects: Int?
    var content: Content

    init(_ opening: SignOffOpening) {
      month = opening.month
      template = opening.template
      corrects = opening.corrects
      content = Content(opening.content)
    }

    func value(by actor: String, at moment: Int64) -> SignOffOpening {
      SignOffOpening(
        month: month, template: template, corrects: corrects, actor: actor, at: moment, content: content.value)
    }
  }

  struct Content: Codable {
    var hash: String
    var store: String
    var template: String
    var editing: String

    init(_ content: SignOffContent) {
      (hash, store, template, editing) = (content.hash, content.storeState, content.template, content.editing)
    }

    var value: SignOffContent {
      SignOffContent(hash: hash, storeState: store, template: template, editing: editing)
    }
  }

  struct Word: Codable {
    var word: String
    var part: String
    var count: Int
  }

  /// Digests of what went out.
  struct Print: Codable, Hashable {
    var json: String
    var html: String
    var cases: [Int]

    init(_ print: IssuePrint) {
      json = IssueEventRecord.digest(print.json)
      html = IssueEventRecord.digest(print.html)
      cases = print.cases
    }
  }

  var number: Int
  var role: String
  var display: String
  var before: UInt8
  var after: UInt8
  var hash: String
  var reason: String?
  var alongside: [UInt8]?
  var word: Word?
  var content: Content?
  /// Numbers of events whose editing was emptied by an erasure.
  var emptied: [Int]?
  var print: Print?

  init(_ event: SignOffEvent) {
    (number, role, display) = (event.number, event.role, event.display)
    (before, after, hash, reason) = (event.before.rawValue, event.after.rawValue, event.hash, event.reason)
    alongside = event.alongside.isEmpty ? nil : event.alongside.map(\.rawValue)
    word = event.word.map { Word(word: $0.word, part: $0.part, count: $0.count) }
    content = event.content.map(Content.init)
  }

  /// - Parameters:
  ///   - action: with its prefix.
  ///   - moment: seconds since 1970.
  func event(_ action: String, by actor: String, at moment: Int64) -> SignOffEvent? {
    guard let action = SignOffAction(code: String(action.dropFirst(IssueEventRecord.prefix.count))),
      let before = SignOffState(rawValue: before), let after = SignOffState(rawValue: after)
    else { return nil }
    var event = SignOffEvent(
      number: number, actor: actor, display: display, role: role, at: moment, action: action, before: before,
      after: after, hash: hash, reason: reason)
    let steps = (alongside ?? []).map { SignOffStep(rawValue: $0) }
    guard !steps.contains(nil) else { return nil }
    event.alongside = steps.compactMap(\.self)
    event.word = word.map { SignOffHit(word: $0.word, part: $0.part, count: $0.count) }
    event.content = content?.value
    return event
  }

  static func payload(_ record: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts and numbers always encode.
    return (try? encoder.encode(record)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  static func read<Record: Decodable>(_ type: Record.Type, _ payload: String) -> Record? {
    try? JSONDecoder().decode(type, from: Data(payload.utf8))
  }

  static func digest(_ bytes: [UInt8]) -> String { Hexadecimal.text(SHA256.hash(data: bytes)) }
}
