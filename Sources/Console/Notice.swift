/// What a page says at its top after a form was sent. A code in the address, never a sentence: an address that somebody
/// is sent must not be able to put words into our mouth.
package enum Notice: String, Sendable, CaseIterable {
  case signedOut = "signed-out"
  case done
  case saved
  case sessionsEnded = "sessions-ended"
  case thanks

  package func text(_ say: ConsoleLanguage) -> String {
    switch self {
    case .signedOut: say("已退出登录。", "You are signed out.")
    case .done: say("已记下。", "Recorded.")
    case .saved: say("已保存。", "Saved.")
    case .sessionsEnded: say("已让该用户退出。", "The user was signed out.")
    case .thanks: say("谢谢，已收到您的评价。", "Thank you; your rating has arrived.")
    }
  }
}
