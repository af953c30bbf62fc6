import Store

/// One pass of the scheduler, as `chase` and the console's worker run it. Two of them at a time take each step once: it
/// is noted in the transaction that takes it.
struct ChasePass {
  let store: SuggestionStore
  let rules: CaseworkRules
  /// Asked between parts; what is left waits for the next pass.
  var goesOn: () -> Bool = { true }

  func run(asOf moment: Int64) throws(StoreFault) -> ChaseReport {
    var report = ChaseReport()
    repeat {
      let pass = try store.chase(under: rules, asOf: moment, while: goesOn)
      report.notices += pass.notices
      report.woken += pass.woken
      report.passedOver += pass.passedOver
      report.isMore = pass.isMore
    } while report.isMore && goesOn()
    return report
  }
}
