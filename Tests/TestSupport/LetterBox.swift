import Synchronization

/// A mail server that takes letters and passes none on (RFC 5321, as much of it as a client of ours needs).
package final class LetterBox: Sendable {
  package struct Letter: Sendable {
    package var from: String
    package var to: [String]
    /// Header and body as they came, lines with line feeds.
    package var data: String
  }

  private final class Ledger: Sendable {
    let letters = Mutex<[Letter]>([])
    let commands = Mutex<[String]>([])
  }

  private let ledger: Ledger
  private let server: LoopbackServer

  /// - Parameter reply: to a command, in place of the usual one; asked with the whole line.
  package init(_ reply: @escaping @Sendable (String) -> String? = { _ in nil }) throws {
    let ledger = Ledger()
    self.ledger = ledger
    server = try LoopbackServer { caller in
      caller.send("220 box ready\r\n")
      var letter = Letter(from: "", to: [], data: "")
      while let line = caller.line() {
        ledger.commands.withLock { $0.append(line) }
        let word = line.prefix { $0 != " " }.uppercased()
        if let other = reply(line) {
          caller.send(other + "\r\n")
          continue
        }
        switch word {
        case "EHLO": caller.send("250-box\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n")
        case "AUTH":
          // Name and password come with the command or after it.
          if line.split(separator: " ").count < 3 {
            caller.send("334 \r\n")
            if let login = caller.line() { ledger.commands.withLock { $0.append(login) } }
          }
          caller.send("235 known\r\n")
        case "MAIL":
          letter = Letter(from: LetterBox.address(line), to: [], data: "")
          caller.send("250 ok\r\n")
        case "RCPT":
          letter.to.append(LetterBox.address(line))
          caller.send("250 ok\r\n")
        case "DATA":
          caller.send("354 go on\r\n")
          while let text = caller.line(), text != "." {
            // A full stop in front of another is not the letter's own.
            letter.data += (text.hasPrefix(".") ? String(text.dropFirst()) : text) + "\n"
          }
          let taken = letter
          ledger.letters.withLock { $0.append(taken) }
          caller.send("250 taken\r\n")
        case "QUIT":
          caller.send("221 bye\r\n")
          return
        default: caller.send("250 ok\r\n")
        }
      }
    }
  }

  private static func address(_ line: String) -> String {
    String(line.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" })
  }

  package var port: UInt16 { server.port }
  package var letters: [Letter] { ledger.letters.withLock { $0 } }
  /// Lines outside letters.
  package var commands: [String] { ledger.commands.withLock { $0 } }
}
