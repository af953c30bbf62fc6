import Suggestions
import Testing

import Casework

/// `rules/reminders.yaml`, right and wrong, and its letters.
struct ReminderReadingTests {
  private func problems(_ text: String) -> [String] {
    do throws(SettingFault) {
      _ = try ReminderLadder(yaml: Array(text.utf8), file: "reminders.yaml")
      return []
    } catch { return error.problems.map { "\($0.line) \($0.code) \($0.detail)" } }
  }

  @Test func theShippedLadderReachesEveryClock() throws {
    let rungs = try ReminderSample.ladder().rungs
    for clock in ClockKind.allCases where !clock.isWindow {
      let codes = Set(rungs.filter { $0.clocks.contains(clock) }.map(\.code))
      #expect(codes == ["due-soon", "overdue", "far-overdue"], "\(clock)")
    }
    // Whoever is asked to supervise must be told.
    for rung in rungs where rung.act == .proposeSupervision { #expect(rung.to.contains(.supervisor)) }
  }

  @Test func everyFaultAtOnce() {
    let text = """
      steps:
        - {code: Due Soon, clocks: [sign, lunch], share: 100, to: [unit, mayor], act: shout, letter: a}
        - {code: due, clocks: sign, share: 50, before: 1 hour, to: unit, letter: b}
        - {code: due, clocks: sign, to: unit, letter: a, colour: red}
        - {code: due, clocks: return, after: 1 day, to: unit, letter: a}
        - {code: late, clocks: [sign, answer], after: 1 fortnight, to: unit, letter: a}
        - {code: late, clocks: [sign, answer], kind: [fault, idea], after: 1 day, to: unit, letter: a}
        - {code: late, clocks: answer, kind: fault, urgency: danger, after: 1 hour, to: unit, letter: a}
        - {code: late, clocks: answer, kind: [fault, other], after: 2 hours, to: unit, letter: a}
        - {code: late, before: 1 hour}
      letters:
        a: {title: 甲, title_en: A, text: "{number} {phone}", text_en: "{due", body: x}
        c: 丙
      """
    #expect(
      problems(text) == [
        "2 out-of-range code: Due Soon", "2 unknown-code clocks: lunch", "2 unknown-code to: mayor",
        "2 out-of-range share: 100", "2 unknown-code act: shout", "3 not-one-of share, before, after",
        "3 unknown-code letter: b", "4 unknown-key colour", "4 not-one-of share, before, after",
        "5 never-happens due", "6 unreadable-time after: 1 fortnight", "8 never-happens late",
        "10 missing-key clocks", "10 missing-key to", "10 missing-key letter", "12 unknown-key body",
        "12 unknown-code text: {phone}", "13 wrong-type c: mapping",
      ])
    #expect(problems("{}") == ["1 missing-key letters", "1 missing-key steps"])
  }

  @Test func lettersAreFilled() {
    let values: [ReminderLetter.Placeholder: String] = [.number: "17", .topic: "{unit}", .unit: "住建局"]
    #expect(
      ReminderLetter.filled("{unit}：第 {number} 号（{topic}），{due}，{x}，{", values) == "住建局：第 17 号（{unit}），{due}，{x}，{")
    #expect(ReminderLetter.filled("", values) == "")
  }
}
