package import Casework

/// A matter that was split out of what somebody handed in, as that person may know it.
package struct WriterPart: Sendable, Hashable {
  package var receipt: String
  package var status: WriterStatus
}

extension SuggestionStore {
  /// What has become of the matters a status says were split out; of an erased one nothing is told.
  package func writerParts(
    of status: WriterStatus, under rules: CaseworkRules, asOf moment: Int64
  ) throws(StoreFault) -> [WriterPart] {
    var parts: [WriterPart] = []
    for number in status.parts.map({ Int($0) }) {
      guard let holding = try holding(ofNumber: number) else { continue }
      let status = try writerStatus(of: holding, under: rules, asOf: moment)
      parts.append(WriterPart(receipt: holding.receipt, status: status))
    }
    return parts
  }

  /// What the writer of a submission may know at a moment.
  ///
  /// - Parameters:
  ///   - moment: seconds since 1970.
  ///   - isBrought: whether it is carried to the writer: then an answer that waits to be told is in it.
  package func writerStatus(
    of holding: ReceiptHolding, under rules: CaseworkRules, asOf moment: Int64, isBrought: Bool = false
  ) throws(StoreFault) -> WriterStatus {
    let own = try history(of: holding.suggestion, rules)
    let other = holding.root == holding.suggestion ? nil : try history(of: holding.root, rules)
    do throws(CaseHistoryFault) {
      return try WriterStatus(
        of: own, handledWith: other, received: holding.number == holding.suggestion ? nil : holding.receivedAt,
        isJoined: holding.number != holding.suggestion, isBrought: isBrought, limits: rules.limits, clocks: rules.clocks,
        calendar: rules.calendar, asOf: moment)
    } catch {
      throw .corrupt("suggestion \(holding.root): event \(error.number) does not follow from those before it")
    }
  }

  private func history(of id: Int, _ rules: CaseworkRules) throws(StoreFault) -> CaseHistory {
    guard let history = try caseHistory(of: id, regionPath: rules.regionPath) else {
      throw .corrupt("suggestion \(id) is missing")
    }
    return history
  }
}
