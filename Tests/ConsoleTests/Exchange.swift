import Console
import Foundation
import TestSupport
import Testing

/// A whole exchange over HTTP as a file in `fixtures/console`: what is sent, what comes back, headers and body.
///
/// RECORD=1 writes the files anew and fails, so that no run passes by having agreed with itself; a file that is missing
/// is written and fails too.
struct Exchange {
  let name: String

  private static var isRecording: Bool { ProcessInfo.processInfo.environment["RECORD"] == "1" }
  private static let folder = PackageRoot.path + "/fixtures/console/"

  /// The names of the files there are.
  static var recorded: Set<String> {
    Set(PackageRoot.files(below: "fixtures/console").map { String($0.dropFirst(folder.count)) })
  }

  /// Asks, and compares with the file.
  ///
  /// - Parameters:
  ///   - settling: what else differs from run to run, and what stands in its place.
  /// - Returns: the answer.
  @discardableResult
  func take(
    _ request: VisitRequest, at premises: TestPremises, settling words: [(String, String)] = [],
    at location: SourceLocation = #_sourceLocation
  ) async throws -> Reply {
    let reply = await premises.reception.answer(request)
    var text = Exchange.text(request) + "\n" + Exchange.text(reply)
    for (word, place) in words { text = text.replacing(word, with: place) }
    try compare(Exchange.settled(text), location)
    return reply
  }

  private func compare(_ text: String, _ location: SourceLocation) throws {
    let path = Exchange.folder + name
    guard let bytes = FileManager.default.contents(atPath: path), !Exchange.isRecording else {
      try FileManager.default.createDirectory(atPath: Exchange.folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      Issue.record("fixtures/console/\(name) recorded; read it and run again without RECORD", sourceLocation: location)
      return
    }
    let expected = String(decoding: bytes, as: UTF8.self)
    if Array(expected.utf8) == Array(text.utf8) { return }
    let (old, new) = (expected.components(separatedBy: "\n"), text.components(separatedBy: "\n"))
    let line = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
    Issue.record(
      """
      fixtures/console/\(name):\(line + 1) differs (\(old.count) lines expected, \(new.count) found)
      expected \(old.indices.contains(line) ? old[line] : "the end")
      found    \(new.indices.contains(line) ? new[line] : "the end")
      """, sourceLocation: location)
  }

  // MARK: As text

  private static func text(_ request: VisitRequest) -> String {
    let query = request.query.fields.isEmpty ? "" : "?" + request.query.encoded
    var lines = ["\(request.method.rawValue) \(request.path)\(query)"]
    lines += request.headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    lines.append("")
    if !request.form.fields.isEmpty { lines.append(request.form.encoded) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func text(_ reply: Reply) -> String {
    let lines = ["HTTP \(reply.status)", "Content-Type: \(reply.type)"] + reply.headers.map { "\($0.name): \($0.value)" }
    let body = reply.text
    return (lines + ["", body]).joined(separator: "\n") + (body.isEmpty || body.hasSuffix("\n") ? "" : "\n")
  }

  /// Without what differs from store to store: secrets of sessions, receipts (made with the store's own secret) and the
  /// digests of the rule book and of the files pages are made of; and without what clocks read.
  private static func settled(_ text: String) -> String {
    var text = text
    text.replace(#/session=[A-Za-z0-9_\-.]+/#, with: "session=TOKEN")
    text.replace(#/GI-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/#, with: "GI-0000-0000-0")
    text.replace(#/\/assets\/[0-9a-z]+\//#, with: "/assets/TAG/")
    text.replace(#/([0-9.]+\+)[0-9a-f]{8}/#) { $0.output.1 + "00000000" }
    // Counted from the moment of intake, which is the moment of the test run.
    text.replace(#/<ul class="clocks">.*?<\/ul>/#.dotMatchesNewlines(), with: "<ul class=\"clocks\">…</ul>")
    return text
  }
}
