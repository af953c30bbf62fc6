package import Store

extension SuggestionStore {
  /// Erases submissions, in the same-matter index too; see ``erase(_:act:forgetting:)``. The caller holds the intake lock.
  package func erase(
    _ numbers: [Int], act: StaffAct
  ) throws(StoreFault) -> Result<ErasureReport, ErasureRefusal> {
    let index = SameMatterIndex(self)
    return try erase(numbers, act: act) { number throws(StoreFault) in try index.forget(number) }
  }

  /// Makes a store of a backup, and erases what was erased since; see ``restore(_:as:act:forgetting:)``.
  package static func restore(
    _ file: String, as plan: RestorePlan, act: StaffAct
  ) throws(StoreFault) -> Result<RestoreReport, RestoreRefusal> {
    try restore(file, as: plan, act: act) { store, number throws(StoreFault) in
      try SameMatterIndex(store).forget(number)
    }
  }
}
