import Foundation
import Pipeline

/// Progress on standard error: a bar with rate and time left on a terminal, a line every five seconds elsewhere.
final class ProgressBar: @unchecked Sendable {
  // Called from the committer's thread, finished from the main one after that thread has ended.
  private let isQuiet: Bool
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let messages: Messages
  private let began = DispatchTime.now()
  private var shownAt = 0.0
  private var hasLine = false

  init(isQuiet: Bool, messages: Messages) {
    self.isQuiet = isQuiet
    self.messages = messages
  }

  func show(_ progress: IntakeProgress) {
    guard !isQuiet else { return }
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - began.uptimeNanoseconds) / 1e9
    guard seconds - shownAt >= (isTerminal ? 0.1 : 5) else { return }
    shownAt = seconds
    let rate = Int(Double(progress.records) / max(0.001, seconds))
    var parts: [String] = []
    if let total = progress.totalBytes, total > 0 {
      let share = min(1, Double(progress.bytes) / Double(total))
      let cells = Int(share * 24)
      parts.append(String(repeating: "█", count: cells) + String(repeating: "░", count: 24 - cells))
      parts.append("\(Int(share * 100))%")
      if share > 0.001 { parts.append(messages.timeLeft(seconds * (1 - share) / share)) }
    }
    parts.append(messages.rate(records: progress.records, perSecond: rate))
    let line = parts.joined(separator: "  ")
    FileHandle.standardError.write(Data((isTerminal ? "\r\u{1B}[2K\(line)" : line + "\n").utf8))
    hasLine = isTerminal
  }

  func finish() {
    if hasLine { FileHandle.standardError.write(Data("\r\u{1B}[2K".utf8)) }
  }
}
