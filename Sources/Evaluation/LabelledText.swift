internal import Foundation

/// A text with the topic people gave it.
package struct LabelledText: Sendable {
  package var id: String
  package var title: String
  package var body: String
  /// Number of the first-level topic in the book.
  package var topic: Int

  package init(id: String, title: String, body: String, topic: Int) {
    self.id = id
    self.title = title
    self.body = body
    self.topic = topic
  }
}

/// One line of a labelled file, as JSON Lines of objects.
package struct LabelledLine: Sendable {
  package var number: Int
  package var id: String
  package var fields: [String: Value]

  package enum Value: Sendable {
    case text(String)
    case spans([(start: Int, end: Int, kind: String)])
  }

  package func text(_ key: String) -> String? {
    if case .text(let text)? = fields[key] { return text }
    return nil
  }
}

/// What is wrong with a labelled file, and where.
package enum LabelledFault: Error, Sendable, Hashable {
  case notAnObject(line: Int)
  case missing(key: String, line: Int)
  case unknownTopic(line: Int)
  case badSpan(line: Int)
  case empty
}

/// Reads JSON Lines of labelled texts. Foundation's parser: a few thousand lines that a person has labelled.
package enum LabelledFile {
  package static func lines(_ bytes: [UInt8]) throws(LabelledFault) -> [LabelledLine] {
    var lines: [LabelledLine] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      guard line.contains(where: { $0 > 0x20 }) else { continue }
      guard let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] else {
        throw .notAnObject(line: index + 1)
      }
      var fields: [String: LabelledLine.Value] = [:]
      for (key, value) in object {
        if let text = value as? String {
          fields[key] = .text(text)
        } else if let number = value as? NSNumber {
          fields[key] = .text(number.stringValue)
        } else if let list = value as? [Any] {
          fields[key] = .spans(try spans(list, line: index + 1))
        }
      }
      var id = "\(index + 1)"
      if case .text(let named)? = fields["id"] { id = named }
      lines.append(LabelledLine(number: index + 1, id: id, fields: fields))
    }
    if lines.isEmpty { throw .empty }
    return lines
  }

  private static func spans(_ list: [Any], line: Int) throws(LabelledFault) -> [(start: Int, end: Int, kind: String)] {
    var spans: [(start: Int, end: Int, kind: String)] = []
    for item in list {
      guard let parts = item as? [Any], parts.count >= 2, let start = parts[0] as? Int, let end = parts[1] as? Int,
        start >= 0, end >= start
      else { throw .badSpan(line: line) }
      spans.append((start, end, parts.count > 2 ? parts[2] as? String ?? "" : ""))
    }
    return spans
  }
}
