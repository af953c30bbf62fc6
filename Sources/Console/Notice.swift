/// What a page says at its top after a form was sent. A code in the address, never a sentence: an address that somebody
/// is sent must not be able to put words into our mouth.
package enum Notice: String, Sendable, CaseIterable {
  case signedOut = "signed-out"
  case done
  case saved
  case sessionsEnded = "sessions-ended"
  case thanks
  case added
  case passwordSet = "password-set"
  case othersEnded = "others-ended"
  case queued
  case verifying
  case rulesInForce = "rules-in-force"
  case discarded
  case forgotten
  case profileSaved = "profile-saved"
  case emptied
  case nothingDue = "nothing-due"
  case emptiedInPart = "emptied-in-part"
  case emptiedNotWritten = "emptied-not-written"

  package func text(_ say: ConsoleLanguage) -> String {
    switch self {
    case .signedOut: say("已退出登录。", "You are signed out.")
    case .done: say("已记下。", "Recorded.")
    case .saved: say("已保存。", "Saved.")
    case .sessionsEnded: say("已让该用户退出。", "The user was signed out.")
    case .added: say("已添加。", "Added.")
    case .passwordSet: say("口令已设，原有的其他登录都已退出。", "The password is set; other sessions have ended.")
    case .othersEnded: say("其他地方的登录都已退出。", "You are signed out everywhere else.")
    case .queued: say("已排队，稍后发出。", "In line; it leaves shortly.")
    case .verifying: say("正在核对，数据多时要几分钟，请稍后刷新本页。", "Verifying; with much data it takes minutes. Look again later.")
    case .rulesInForce:
      say(
        "新规则已生效。在等的来件仍是旧判定，需要时在下面重判。",
        "The new rules are in force. What waits has its old verdicts; judge it anew below if need be.")
    case .discarded: say("已放弃这条记录。", "The record is given up.")
    case .forgotten: say("已删去，没有收进。", "Deleted; it was not taken in.")
    case .profileSaved: say("表单档案已保存，现在起就能用。", "The form profile is saved and in use from now on.")
    case .emptied: say("到期的已清空，记入了历史。", "What was due is empty, and the history tells of it.")
    case .nothingDue: say("没有到期的。", "Nothing was due.")
    case .emptiedInPart:
      say("一次做不完，还有到期的，请再执行一次。", "Not everything at once: more is due, please do it again.")
    case .emptiedNotWritten:
      say(
        "到期的已清空，但另一个程序正在读旧数据页；请稍后再执行一次补完。",
        "What was due is empty, but something reads the pages of before; do it once more in a while to end it.")
    case .thanks: say("谢谢，已收到您的评价。", "Thank you; your rating has arrived.")
    }
  }
}
