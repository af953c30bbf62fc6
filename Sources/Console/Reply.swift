internal import Suggestions

/// What a page answers with, before it is HTTP.
package struct Reply: Sendable {
  package var status: Int
  package var type: String
  package var headers: [(name: String, value: String)] = []
  package var body: [UInt8]
  /// The body gzipped, where that was done once for all answers.
  package var gzipped: [UInt8]?

  package init(status: Int = 200, type: String, body: [UInt8], headers: [(name: String, value: String)] = []) {
    self.status = status
    self.type = type
    self.body = body
    self.headers = headers
  }

  package static func page(_ markup: String, status: Int = 200) -> Reply {
    Reply(status: status, type: "text/html; charset=utf-8", body: Array(markup.utf8))
  }

  package static func json(_ text: String, status: Int = 200) -> Reply {
    Reply(status: status, type: "application/json", body: Array(text.utf8))
  }

  /// RFC 9457.
  package static func problem(_ status: Int, title: String) -> Reply {
    var json = JSONWriter()
    json.object {
      $0.field("status", status)
      $0.field("title", title)
    }
    return Reply(status: status, type: "application/problem+json", body: Array(json.text.utf8))
  }

  /// 303: the page that shows what a form did.
  package static func seeOther(_ place: String) -> Reply {
    Reply(status: 303, type: "text/plain; charset=utf-8", body: [], headers: [("Location", place)])
  }

  /// A file to keep, never to show.
  package static func download(_ bytes: [UInt8], type: String, name: String) -> Reply {
    Reply(type: type, body: bytes, headers: [("Content-Disposition", "attachment; filename=\"\(fileName(name))\"")])
  }

  /// Letters, digits, dots, dashes and underscores: nothing a header or a folder could take for more.
  private static func fileName(_ name: String) -> String {
    let kept = name.unicodeScalars.filter { $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || "._-".unicodeScalars.contains($0)) }
    return kept.isEmpty ? "file" : String(String.UnicodeScalarView(kept))
  }
}

