internal import Foundation
internal import Suggestions

/// One letter to one reader: plain text, headed as RFC 5322 and 2047 have it, its body in base64 (RFC 2045), so that
/// Chinese passes every server.
package struct MailMessage: Sendable {
  package var from: MailSender
  package var to: MailAddress
  package var subject: String
  /// Lines end in line feeds.
  package var text: String
  /// Stays the same when the letter is sent again, by which mail programs tell that it is the same.
  package var id: String
  /// Seconds since 1970.
  package var date: Int64

  package init(from: MailSender, to: MailAddress, subject: String, text: String, id: String, date: Int64) {
    self.from = from
    self.to = to
    self.subject = subject
    self.text = text
    self.id = id
    self.date = date
  }

  /// As it goes over the wire; lines end in CR LF and have at most 78 characters.
  package var bytes: [UInt8] {
    let sender = from.name.isEmpty ? from.address.text : MailMessage.header(from.name) + " <\(from.address.text)>"
    var lines = [
      "Date: " + MailMessage.date(date), "From: " + sender, "To: " + to.text,
      "Subject: " + MailMessage.header(subject), "Message-ID: <\(id)@\(from.address.domain)>",
      // RFC 3834: nobody's absence note answers it.
      "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: base64", "",
    ]
    let body = Array(text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n").utf8)
    let encoded = Array(Data(body).base64EncodedString().utf8)
    for start in stride(from: 0, to: encoded.count, by: 76) {
      lines.append(String(decoding: encoded[start..<min(start + 76, encoded.count)], as: UTF8.self))
    }
    return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
  }

  /// A header's text: as it is when it is short and plain, else in encoded words. No control character gets through.
  static func header(_ text: String) -> String {
    let clean = String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    let isPlain = clean.utf8.count <= 60 && !clean.contains("=?")
      && clean.utf8.allSatisfy { (0x20...0x7E).contains($0) && !"\"(),:;<>@[]\\".utf8.contains($0) }
    if isPlain { return clean }
    // An encoded word has at most 75 characters (RFC 2047 §2): 12 around 60 of base64, which are 45 bytes. No
    // character is cut in two. The first line also holds the header's name.
    var words: [String] = []
    var bytes: [UInt8] = []
    for scalar in clean.unicodeScalars {
      let piece = Array(String(Character(scalar)).utf8)
      if bytes.count + piece.count > (words.isEmpty ? 39 : 45) {
        words.append(word(bytes))
        bytes.removeAll()
      }
      bytes += piece
    }
    words.append(word(bytes))
    return words.joined(separator: "\r\n ")
  }

  private static func word(_ bytes: [UInt8]) -> String { "=?utf-8?B?\(Data(bytes).base64EncodedString())?=" }

  /// `Mon, 02 Mar 2026 09:30:00 +0800` (RFC 5322 §3.3).
  static func date(_ seconds: Int64) -> String {
    let time = CivilTime(seconds)
    func padded(_ number: Int, _ width: Int = 2) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][time.weekday - 1]
    let month =
      ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][time.month - 1]
    return "\(day), \(padded(time.day)) \(month) \(padded(time.year, 4)) "
      + "\(padded(time.hour)):\(padded(time.minute)):\(padded(time.second)) +0800"
  }
}
