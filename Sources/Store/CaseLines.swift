package import Casework
internal import Suggestions

/// A case as a line of a list, with what decides who may see it.
package struct CaseLine: Sendable {
  package var id: Int
  package var receipt: String
  package var title: String
  /// The beginning of the redacted body.
  package var excerpt: String
  package var outline: CaseOutline
}

extension SuggestionStore {
  /// Cases by number, in the order asked for; those that are not there are left out.
  ///
  /// - Parameter regionPath: a region's code, then the codes of what it lies in.
  package func caseLines(of ids: [Int], regionPath: (String) -> [String]) throws(StoreFault) -> [CaseLine] {
    let receipts = ReceiptCode(key: try keys.derived("receipt"))
    return try snapshot { session throws(StoreFault) in
      try withoutActuallyEscaping(regionPath) { path throws(StoreFault) in
        let rows = try CaseRows(session, regionPath: path)
        var lines: [CaseLine] = []
        for id in ids {
          guard let history = try rows.reading(of: id)?.history else { continue }
          let texts = try session.first(
            """
            SELECT s.title, s.body FROM suggestion g JOIN submission s ON s.number = \(ErasedRows.shown) WHERE g.id = $1
            """, [.integer(id)]
          ) { (DisplayText($0.bytes(0)).text, DisplayText($0.bytes(1)).excerpt(SuggestionStore.excerptLength)) }
          guard let texts else { continue }
          let outline: CaseOutline
          do throws(CaseHistoryFault) { outline = try history.outline() } catch { continue }
          lines.append(
            CaseLine(
              id: id, receipt: UInt32(exactly: id).map { receipts.code(of: $0) } ?? "", title: texts.0,
              excerpt: texts.1, outline: outline))
        }
        return lines
      }
    }
  }
}
