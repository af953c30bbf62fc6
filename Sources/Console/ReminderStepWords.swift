/// A step of the reminders in words: which clocks of which cases, when, whom it tells and what else it does.
package struct ReminderStepWords: Sendable, Hashable {
  package var code: String
  package var clocks: String
  package var cases: String
  package var when: String
  package var to: String
  package var act: String

  package init(code: String, clocks: String, cases: String, when: String, to: String, act: String) {
    self.code = code
    self.clocks = clocks
    self.cases = cases
    self.when = when
    self.to = to
    self.act = act
  }
}
