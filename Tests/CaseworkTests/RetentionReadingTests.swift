import Casework
import Suggestions
import TestSupport
import Testing

/// `rules/retention.yaml`, right and wrong.
struct RetentionReadingTests {
  private func problems(_ text: String) -> [String] {
    do throws(SettingFault) {
      _ = try RetentionPolicy(yaml: Array(text.utf8), file: "retention.yaml")
      return []
    } catch { return error.problems.map { "\($0.line) \($0.code) \($0.detail)" } }
  }

  @Test func theShippedRuleIsRead() throws {
    let policy = try RetentionPolicy(yaml: PackageRoot.bytes("rules/retention.yaml"), file: "retention.yaml")
    #expect(policy.originals == [.closed: 1095, .rejected: 1095, .archived: 1095])
    #expect(policy.exempt == [.sensitive, .reopened])
    #expect(policy.quarantine == 365 && policy.settledMessages == 30 && policy.failedMessages == 90)
    #expect(policy.sessions == 1)
  }

  @Test func whatIsNotWrittenIsKept() throws {
    let text = "originals: {closed: 30 days}\nmessages: {settled: 1 day, failed: 1 day}\nsessions: 0 days\n"
    let policy = try RetentionPolicy(yaml: Array(text.utf8), file: "retention.yaml")
    #expect(policy.originals == [.closed: 30] && policy.exempt.isEmpty && policy.quarantine == nil)
  }

  @Test func faultsAreToldWithTheirLines() {
    let text = """
      originals: {closed: 3 years, merged: 1 day}
      quarantine: 5 working days
      messages: {settled: 1 day}
      session: 1 day
      """
    #expect(
      Set(problems(text)) == [
        "1 unknown-key merged", "1 unreadable-time closed: 3 years", "2 unreadable-time quarantine: 5 working days",
        "3 missing-key failed", "4 unknown-key session", "1 missing-key sessions",
      ])
    let exempt = "originals: {except: secret}\nmessages: {settled: 1 day, failed: 1 day}\nsessions: 1 day\n"
    #expect(problems(exempt) == ["1 unknown-code except: secret"])
  }
}
