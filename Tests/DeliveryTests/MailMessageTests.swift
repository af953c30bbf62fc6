import Delivery
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Letters as RFC 5322, 2045 and 2047 have them, read back by a reader of the tests' own.
struct MailMessageTests {
  private func letter(_ subject: String, _ text: String = "派单：事项 3\n到期：2026-03-02 09:30\n") throws -> [String] {
    let message = MailMessage(
      from: try #require(MailSender("金点子 <ideas@example.cn>")), to: try #require(MailAddress("zhou.min@example.cn")),
      subject: subject, text: text, id: "msg_0a", date: 1_772_415_000)
    let all = String(decoding: message.bytes, as: UTF8.self)
    #expect(all.hasSuffix("\r\n"))
    #expect(!all.replacing("\r\n", with: "").contains { $0 == "\r" || $0 == "\n" })
    return all.components(separatedBy: "\r\n")
  }

  /// A header's text, unfolded and decoded.
  private func header(_ name: String, in lines: [String]) throws -> String {
    let start = try #require(lines.firstIndex { $0.hasPrefix(name + ": ") })
    var text = String(lines[start].dropFirst(name.count + 2))
    for line in lines[(start + 1)...] {
      guard line.hasPrefix(" ") else { break }
      // Blanks between two encoded words are none (RFC 2047 §6.2).
      text += text.hasSuffix("?=") && line.hasPrefix(" =?") ? String(line.dropFirst()) : line
    }
    var decoded = ""
    while let start = text.firstRange(of: "=?utf-8?B?") {
      let rest = text[start.upperBound...]
      let end = try #require(rest.firstRange(of: "?="))
      decoded += text[..<start.lowerBound]
      decoded += String(decoding: try #require(Data(base64Encoded: String(rest[..<end.lowerBound]))), as: UTF8.self)
      text = String(rest[end.upperBound...])
    }
    decoded += text
    return decoded
  }

  private func body(of lines: [String]) throws -> String {
    let start = try #require(lines.firstIndex(of: ""))
    return String(
      decoding: try #require(Data(base64Encoded: lines[start...].joined())), as: UTF8.self)
  }

  static let subjects = [
    "【金点子】派单：事项 3", "plain and short", "a, b", "=?utf-8?B?x?=", String(repeating: "花溪路口的井盖破了", count: 12),
    "🛵骑手🏍️与𠮷", String(repeating: "x", count: 200), "",
  ]

  @Test(arguments: subjects) func subjectsComeBackWhole(_ subject: String) throws {
    let lines = try letter(subject)
    #expect(try header("Subject", in: lines) == subject)
    for line in lines { #expect(line.utf8.count <= 78, "\(line)") }
    #expect(lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
  }

  /// Each encoded word has at most 75 characters and whole characters alone.
  @Test func encodedWordsAreWhole() throws {
    let lines = try letter(String(repeating: "桥南路口𠮷", count: 20))
    let words = lines.flatMap { $0.split(separator: " ") }.filter { $0.hasPrefix("=?") }
    #expect(words.count > 3)
    for word in words {
      #expect(word.utf8.count <= 75)
      let inner = word.dropFirst("=?utf-8?B?".count).dropLast(2)
      #expect(String(validating: try #require(Data(base64Encoded: String(inner))), as: UTF8.self) != nil)
    }
  }

  @Test func nobodyAddsALineToTheHead() throws {
    for subject in ["a\r\nBcc: x@example.com", "a\nX: 1", "a\r\n\r\nbody", "\u{0}\u{7F}"] {
      let lines = try letter(subject)
      #expect(lines.filter { $0.hasPrefix("Bcc") || $0.hasPrefix("X:") }.isEmpty)
      #expect(try body(of: lines).hasPrefix("派单"))
    }
  }

  @Test func theBodyComesBackWhole() throws {
    let text = String(repeating: "一行很长的话，", count: 40) + "\n.\n..两点\r\n完\n"
    let lines = try letter("x", text)
    #expect(try body(of: lines) == text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n"))
    for line in lines { #expect(line.utf8.count <= 78) }
    #expect(!lines.contains { $0.hasPrefix(".") })
  }

  @Test func theHeadIsComplete() throws {
    let lines = try letter("x")
    #expect(lines.first == "Date: Mon, 02 Mar 2026 09:30:00 +0800")
    #expect(try header("From", in: lines) == "金点子 <ideas@example.cn>")
    #expect(lines.contains("To: zhou.min@example.cn"))
    #expect(lines.contains("Message-ID: <msg_0a@example.cn>"))
    #expect(lines.contains("Auto-Submitted: auto-generated"))
    #expect(lines.contains("Content-Type: text/plain; charset=utf-8"))
  }

  @Test(arguments: [
    "", "a", "@b.cn", "a@", "a@b@c", "a b@c.cn", "a@b c.cn", "a\r\n@b.cn", "a@b.cn>", "<a@b.cn", "周@b.cn", "a@例.cn",
    ".a@b.cn", "a.@b.cn", "a..b@c.cn", "a@.cn", "a@b..cn", "a@-b.cn", "a,b@c.cn", "\"a\"@b.cn",
  ]) func noAddressIs(_ text: String) { #expect(MailAddress(text) == nil) }

  @Test(arguments: ["a@b.cn", "zhou.min+ideas@mail.example.gov.cn", "a@localhost"]) func anAddressIs(_ text: String) {
    #expect(MailAddress(text)?.text == text)
  }

  @Test func sendersHaveNames() {
    #expect(MailSender("a@b.cn")?.name == "")
    #expect(MailSender("金点子 <a@b.cn>")?.name == "金点子")
    #expect(MailSender("\"Golden Ideas\" <a@b.cn>")?.name == "Golden Ideas")
    #expect(MailSender("金点子") == nil)
    #expect(MailSender("金点子 <x>") == nil)
  }
}
