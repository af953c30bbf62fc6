import Foundation

/// Reads a password where nobody sees it: from the terminal without echo, twice; from anything else its first line.
struct PasswordPrompt {
  let messages: Messages

  /// Longer lines than this are no passwords.
  private static let most = 4096

  func read() throws -> String {
    guard isatty(0) == 1 else { return try line() }
    let first = try typed(messages("新口令：", "New password: "))
    let second = try typed(messages("再输一遍：", "Once more: "))
    // Compared as they were typed: two keyboards are not at work here.
    guard first.unicodeScalars.elementsEqual(second.unicodeScalars) else {
      throw Outcome.notStarted(messages("两遍不一样，口令没有改。", "the two differ; nothing was changed."))
    }
    return first
  }

  private func line() throws -> String {
    var bytes: [UInt8] = []
    while let byte = next(), byte != UInt8(ascii: "\n") {
      bytes.append(byte)
      guard bytes.count <= PasswordPrompt.most else { throw unreadable }
    }
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    return try text(bytes)
  }

  /// The terminal gives each key as it is pressed, so that Ctrl-C can put the echo back before it ends the program.
  private func typed(_ prompt: String) throws -> String {
    FileHandle.standardError.write(Data(prompt.utf8))
    var before = termios()
    guard tcgetattr(0, &before) == 0 else { throw unreadable }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    guard tcsetattr(0, TCSAFLUSH, &silent) == 0 else { throw unreadable }
    defer {
      tcsetattr(0, TCSAFLUSH, &before)
      FileHandle.standardError.write(Data("\n".utf8))
    }
    var bytes: [UInt8] = []
    while let byte = next() {
      switch byte {
      case 0x0A, 0x0D, 0x04: return try text(bytes)
      case 0x03, 0x1C: throw Outcome.interrupted
      case 0x08, 0x7F: erase(&bytes)
      case 0x15: bytes.removeAll()
      default: bytes.append(byte)
      }
      guard bytes.count <= PasswordPrompt.most else { throw unreadable }
    }
    return try text(bytes)
  }

  /// Takes the last character away, with all its bytes.
  private func erase(_ bytes: inout [UInt8]) {
    while let byte = bytes.popLast(), byte & 0xC0 == 0x80 {}
  }

  private func next() -> UInt8? {
    var byte: UInt8 = 0
    var count = Foundation.read(0, &byte, 1)
    while count < 0 && errno == EINTR { count = Foundation.read(0, &byte, 1) }
    return count == 1 ? byte : nil
  }

  private func text(_ bytes: [UInt8]) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw unreadable }
    guard !text.isEmpty else { throw Outcome.notStarted(messages("没有给出口令。", "no password was given.")) }
    return text
  }

  private var unreadable: Outcome {
    .notStarted(messages("口令读不懂：要一行 UTF-8 文字。", "the password cannot be read: one line of UTF-8 is wanted."))
  }
}
