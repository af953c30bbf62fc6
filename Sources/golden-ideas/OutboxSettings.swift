import Delivery
import Foundation

/// Where letters are handed over and what receivers may be, by environment variables: `config` names those that are
/// set and never shows what is in them.
struct OutboxSettings {
  static let variables = [
    "GOLDEN_IDEAS_SMTP", "GOLDEN_IDEAS_MAIL_FROM", "GOLDEN_IDEAS_LINK", "GOLDEN_IDEAS_ALLOW_PRIVATE",
    "GOLDEN_IDEAS_ALLOW_PLAIN", "GOLDEN_IDEAS_CERTIFICATES",
  ]

  var rule: AddressRule
  /// File of the certificates to trust, where a house has its own authority.
  var certificates: String?
  /// Nil when one of the two is not set: letters wait then.
  var mail: (server: MailServer, sender: MailSender)?
  /// Where a case is worked on, `{id}` for its number.
  var link: String?

  init(_ messages: Messages, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    rule = AddressRule(
      allowsPrivate: value("GOLDEN_IDEAS_ALLOW_PRIVATE") == "1", allowsPlain: value("GOLDEN_IDEAS_ALLOW_PLAIN") == "1")
    certificates = value("GOLDEN_IDEAS_CERTIFICATES")
    link = value("GOLDEN_IDEAS_LINK")
    guard let smtp = value("GOLDEN_IDEAS_SMTP") else { return }
    guard let sender = value("GOLDEN_IDEAS_MAIL_FROM").flatMap(MailSender.init) else {
      throw Outcome.notStarted(messages.unknownSender)
    }
    do throws(AddressFault) {
      mail = (try MailServer(try OutboxSettings.text(smtp)), sender)
    } catch {
      throw Outcome.notStarted(messages.mailServer(error))
    }
  }

  var transfer: CurlTransfer { CurlTransfer(rule: rule, certificates: certificates) }

  /// `@FILE` is the file's first line: a password in a file of its own is seen by fewer than one in the environment.
  private static func text(_ value: String) throws(AddressFault) -> String {
    guard value.hasPrefix("@") else { return value }
    guard let bytes = FileManager.default.contents(atPath: String(value.dropFirst())) else { throw .unreadable }
    return String(String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline })
  }
}
